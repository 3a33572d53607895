import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { asLanguage, type Language } from './language.ts'
import { type TimeWords, timeWords } from './time-words.ts'

/** The language of the page as drawn now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return asLanguage(i18n.language) ?? 'zh-CN'
}

export function useTimeWords(options: { elder?: boolean } = {}): TimeWords {
  const language = useLanguage()
  const elder = options.elder ?? false
  return useMemo(() => timeWords(language, { elder }), [language, elder])
}
