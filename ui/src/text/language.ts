import { readStored, writeStored } from './stored.ts'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const key = 'linli.language'

/** `?lang=` first, then what this device remembers, then Chinese: the browser's own language is no wish. */
export function chosenLanguage(search: string = globalThis.location?.search ?? ''): Language {
  return asLanguage(new URLSearchParams(search).get('lang')) ?? asLanguage(readStored(key)) ?? 'zh-CN'
}

export function rememberLanguage(language: Language): void {
  writeStored(key, language)
}

export function asLanguage(text: string | null | undefined): Language | undefined {
  const lower = text?.toLowerCase() ?? ''
  if (lower.startsWith('zh')) return 'zh-CN'
  if (lower.startsWith('en')) return 'en'
  return undefined
}
