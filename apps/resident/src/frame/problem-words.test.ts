import { ApiError } from '@linli/ui/client'
import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { en } from '../words/en.ts'
import { zh } from '../words/zh.ts'
import { problemWords, refusalWords } from './problem-words.ts'

const speak = (words: object): TFunction =>
  ((key: string) => {
    const found = key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)?.[part], words)
    if (typeof found !== 'string') throw new Error(`no words for ${key}`)
    return found
  }) as unknown as TFunction
const english = speak(en)
const chinese = speak(zh)

test('what the server explains in Chinese is said in English on an English page', () => {
  const fields = ['what', 'area', 'detail', 'phone', 'name', 'quietTo', 'general']
  for (const field of fields) {
    const said = refusalWords({ code: 'base.request_invalid', message: '不合要求', field }, english)
    expect(said, field).not.toMatch(/\p{Script=Han}/u)
    expect(refusalWords({ code: 'base.request_invalid', message: '不合要求', field }, chinese)).toBe('不合要求')
  }
})

test('a refusal with a code of its own says what to do, in both languages', () => {
  const closed = new ApiError({
    type: 'about:blank',
    title: '',
    status: 422,
    code: 'case.type_unknown',
    detail: '没有这种事项',
    traceId: '',
  })
  expect(problemWords(closed, english)).toBe(en.error.closed)
  expect(problemWords(closed, chinese)).toBe(zh.error.closed)
})

test('a code nobody knows yet is told by its status, never by its code', () => {
  const unheard = (status: number) => new ApiError({ type: 'about:blank', title: '', status, code: 'case.new_one', traceId: '' })
  expect(problemWords(unheard(503), english)).toBe(en.error.busy)
  expect(problemWords(unheard(429), english)).toBe(en.error.tooMany)
  expect(problemWords(unheard(409), english)).toBe(en.error.other)
})
