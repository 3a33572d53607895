import { join } from 'node:path'
import { wordFaults } from '@linli/ui/testing'
import { expect, test } from 'vitest'
import { auditZh } from './audit-zh.ts'
import { backlogZh } from './backlog-zh.ts'
import { cellsZh } from './cells-zh.ts'
import { deliveriesZh } from './deliveries-zh.ts'
import { deputiesZh } from './deputies-zh.ts'
import { en } from './en.ts'
import { importsZh } from './imports-zh.ts'
import { personsZh } from './persons-zh.ts'
import { reachZh } from './reach-zh.ts'
import { refusals } from './refusals-en.ts'
import { scenesZh } from './scenes-zh.ts'
import { signalsZh } from './signals-zh.ts'
import { statisticsZh } from './statistics-zh.ts'
import { topicsZh } from './topics-zh.ts'
import { zh as firstZh } from './zh.ts'

const zh = {
  ...firstZh,
  ...auditZh,
  ...backlogZh,
  ...cellsZh,
  ...deliveriesZh,
  ...deputiesZh,
  ...importsZh,
  ...personsZh,
  ...reachZh,
  ...scenesZh,
  ...signalsZh,
  ...statisticsZh,
  ...topicsZh,
}

const faults = wordFaults(zh, en, join(import.meta.dirname, '..'))

test('English has every word that Chinese has, and no other', () => {
  // What the server says in Chinese itself.
  const onlyEnglish = faults.onlyEnglish.filter((key) => !(key.replace('problem.code.', '') in refusals))
  expect([faults.onlyChinese, onlyEnglish]).toEqual([[], []])
})

test('every word that a page asks for by name is there', () => {
  expect(faults.asked.length).toBeGreaterThan(100)
  expect(faults.askedInVain).toEqual([])
})

test('placeholders are the same in both languages', () => {
  expect(faults.otherBlanks).toEqual([])
})
