import { useCallback } from 'react'
import type { Language } from './language.ts'
import { useLanguage } from './use-text.ts'

/** Words of definitions by flat key (`move.accept`, `field.reply`, `note.<the Chinese sentence>`), as scenes write them. */
export type DefinitionWords = Readonly<Record<string, string>>

const dictionaries = new Map<Language, DefinitionWords>()

/** A portal gives the scenes' words of a language when it loads that language. */
export function addDefinitionWords(language: Language, words: DefinitionWords): void {
  dictionaries.set(language, { ...dictionaries.get(language), ...words })
}

/**
 * Labels of definitions come from the server in plain Chinese; another language has its words in the scenes' locales.
 * What has no translation yet is shown as it came: a Chinese word beats an empty button.
 */
export function useDefinitionText(): (key: string, given: string) => string {
  const words = dictionaries.get(useLanguage())
  return useCallback((key, given) => words?.[key] ?? given, [words])
}
