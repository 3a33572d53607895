import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { chosenLanguage, type Language, languages, rememberLanguage } from './language.ts'

/** Words of one language by key; nested objects make dotted keys. */
export interface Words {
  [key: string]: string | Words
}

type Source = Words | (() => Promise<Words>)

export interface TextOptions {
  /** The words themselves, or how to fetch them when that language is chosen, so that nobody downloads a language not in use. */
  resources: Record<Language, Source>
  /** Missing: `?lang=`, then what this device remembers, then zh-CN. */
  language?: Language
}

let sources: Record<Language, Source> | undefined

/** Starts i18next with one namespace; resolves when the words of the chosen language are there. */
export async function startText({ resources, language = chosenLanguage() }: TextOptions): Promise<i18n> {
  sources = resources
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: [...languages],
    resources: { [language]: { translation: await wordsOf(resources[language]) } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  })
  markDocument(language)
  if (new URLSearchParams(globalThis.location?.search ?? '').has('lang')) rememberLanguage(language)
  return i18next
}

/** Changes the language of the whole page and remembers it on this device. */
export async function switchLanguage(language: Language): Promise<void> {
  const source = sources?.[language]
  if (source && !i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await wordsOf(source))
  await i18next.changeLanguage(language)
  rememberLanguage(language)
  markDocument(language)
}

async function wordsOf(source: Source): Promise<Words> {
  return typeof source === 'function' ? await source() : source
}

function markDocument(language: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language
}
