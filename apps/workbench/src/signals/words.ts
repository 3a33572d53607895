import i18next from 'i18next'
import { signalsZh } from '../locales/signals-zh.ts'

/** English comes whole, in a file of its own; Chinese is in the first load and leaves these pages' words out of it. */
function addWords(): void {
  if (i18next.hasResourceBundle('zh-CN', 'translation')) i18next.addResourceBundle('zh-CN', 'translation', signalsZh, true, true)
}

addWords()
// Chinese may be chosen only later.
i18next.on('languageChanged', addWords)
