import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The words of a portal in one language. */
export interface PortalWords {
  [key: string]: string | PortalWords
}

/** What is wrong with the words of a portal in its two languages; every list is empty when nothing is. */
export interface WordFaults {
  onlyChinese: string[]
  onlyEnglish: string[]
  /** Words that a page asks for by name. */
  asked: string[]
  askedInVain: string[]
  /** Sentences whose blanks are not the same in both languages. */
  otherBlanks: string[]
}

/** Compares the two, and both with what the sources in `folder` ask for. */
export function wordFaults(zh: PortalWords, en: PortalWords, folder: string): WordFaults {
  const chinese = new Map(flat(zh))
  const keys = new Set([...chinese.keys()].map(common))
  const english = new Set(flat(en).map(([key]) => common(key)))
  const asked = sourcesIn(folder).flatMap((source) =>
    [...source.matchAll(/\bt\(\s*(?:[^'")]*\? )?'([a-zA-Z]+\.[a-zA-Z.]+)'/g)].map((match) => match[1] as string),
  )
  return {
    onlyChinese: [...keys].filter((key) => !english.has(key)),
    onlyEnglish: [...english].filter((key) => !keys.has(key)),
    asked,
    askedInVain: asked.filter((key) => !keys.has(key)),
    otherBlanks: flat(en).flatMap(([key, text]) => {
      const other = chinese.get(common(key))
      return other === undefined || key.endsWith('_one') || blanks(other) === blanks(text) ? [] : [key]
    }),
  }
}

/** Plural forms are one word. */
const common = (key: string): string => key.replace(/_(one|other)$/, '')

const blanks = (text: string): string => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join()

const flat = (words: PortalWords, prefix = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|locales/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
