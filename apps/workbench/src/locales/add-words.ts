import i18next from 'i18next'

/** Adds a page's Chinese when the page is loaded: the first load leaves it out. English comes whole, in a file of its own. */
export function addWords(words: object): void {
  const add = (): void => {
    if (i18next.hasResourceBundle('zh-CN', 'translation')) i18next.addResourceBundle('zh-CN', 'translation', words, true, true)
  }
  add()
  // Chinese may be chosen only later.
  i18next.on('languageChanged', add)
}
