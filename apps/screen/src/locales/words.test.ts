import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

type Words = { [key: string]: string | Words }

/** All keys, plural forms under their common name. */
function keysOf(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key.replace(/_(one|other)$/, '')}`] : keysOf(value, `${prefix}${key}.`),
  )
}

const chinese = new Set(keysOf(zh))
const english = new Set(keysOf(en))
const folder = join(import.meta.dirname, '..')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|locales/.test(name))
  .map((name) => readFileSync(join(folder, name), 'utf8'))

test('English has every word that Chinese has, and no other', () => {
  expect([...chinese].filter((key) => !english.has(key))).toEqual([])
  expect([...english].filter((key) => !chinese.has(key))).toEqual([])
})

test('every word that a page asks for by name is there', () => {
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/\bt\(\s*(?:[^'")]*\? )?'([a-zA-Z]+\.[a-zA-Z.]+)'/g)].map((match) => match[1] as string),
  )
  expect(asked.length).toBeGreaterThan(40)
  expect(asked.filter((key) => !chinese.has(key))).toEqual([])
})

test('placeholders are the same in both languages', () => {
  const flat = (words: Words, prefix = ''): [string, string][] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : flat(value, `${prefix}${key}.`),
    )
  const blanks = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort().join()
  const inChinese = new Map(flat(zh))
  const differing = flat(en).filter(([key, text]) => {
    const other = inChinese.get(key.replace(/_(one|other)$/, ''))
    return other !== undefined && blanks(other) !== blanks(text) && !key.endsWith('_one')
  })
  expect(differing.map(([key]) => key)).toEqual([])
})
