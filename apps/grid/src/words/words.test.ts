import { join } from 'node:path'
import { wordFaults } from '@linli/ui/testing'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

const faults = wordFaults(
  { ...zh, problem: { ...zh.problem, code: {} } },
  { ...en, problem: { ...en.problem, code: {} } },
  join(import.meta.dirname, '..'),
)

test('every sentence is there in both languages, and no other', () => {
  expect([faults.onlyChinese, faults.onlyEnglish]).toEqual([[], []])
})

test('every word that a page asks for by name is there', () => {
  expect(faults.asked.length).toBeGreaterThan(40)
  expect(faults.askedInVain).toEqual([])
})

test('blanks are the same in both languages', () => {
  expect(faults.otherBlanks).toEqual([])
})
