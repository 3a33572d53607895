import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as access from '@linli/access/contract'
import * as base from '@linli/base/contract'
import * as cases from '@linli/cases/contract'
import * as exchange from '@linli/exchange/contract'
import * as messages from '@linli/messages/contract'
import * as registry from '@linli/registry/contract'
import * as scene from '@linli/scene/contract'
import * as signals from '@linli/signals/contract'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { fieldProblemsEn } from './field-problems-en.ts'

/** Any endpoint can answer these before its own work begins, so no contract lists them. */
const general = [
  'base.request_invalid',
  'base.request_reused',
  'base.request_too_large',
  'base.media_unsupported',
  'base.not_found',
  'base.rate_limited',
  'base.busy',
  'base.failed',
  'access.unauthenticated',
  'access.forbidden',
  'access.request_foreign',
]
const listed = [access, base, cases, exchange, messages, registry, scene, signals]
  .flatMap((contract) => Object.values(contract) as unknown[])
  .flatMap((part) => (part !== null && typeof part === 'object' && 'errors' in part && Array.isArray(part.errors) ? part.errors : []))
  .map(String)
const known = new Set([...general, ...listed].map((code) => code.replace('.', '_')))

test('every refusal that a contract can answer has English words, and no words are left over; its Chinese comes with the answer', () => {
  expect(known.size).toBeGreaterThan(40)
  const own = new Set(Object.keys(en.problem.code).filter((key) => !key.startsWith('client_')))
  expect([...known].filter((code) => !own.has(code))).toEqual([])
  expect([...own].filter((code) => !known.has(code))).toEqual([])
})

test('no English words for a refusal hold Chinese', () => {
  for (const text of [...Object.values(en.problem.code), ...Object.values(fieldProblemsEn)]) expect(text).not.toMatch(/\p{Script=Han}/u)
})

test('every sentence that the server writes beside a field has English', () => {
  // What only a broken client can cause.
  const notFromPages = ['不是有效的翻页标记', '不是有效的键', '地址写错了', '不是合格的 JSON', '嵌套太深']
  const kernel = join(import.meta.dirname, '../../../../kernel')
  const sources = readdirSync(kernel, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^\w+\/src\/server\/.*\.ts$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(kernel, name), 'utf8'))
  const said = sources.flatMap((source) =>
    [...source.matchAll(/message: '([^']*\p{Script=Han}[^']*)'/gu)].map((match) => match[1] as string),
  )
  expect(said.length).toBeGreaterThan(10)
  expect([...new Set(said)].filter((sentence) => !(sentence in fieldProblemsEn) && !notFromPages.includes(sentence))).toEqual([])
})
