import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CellValue } from '@linli/base/define'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellOf } from '../define/cell-text.ts'
import { readCsv, readSheet } from '../testing/read-sheet.ts'
import type { Sheet } from './sheet.ts'
import { writeCsv } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-sheet-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function sheetOf(pages: CellValue[][][], columns = 3): Sheet {
  return {
    number: 'DC-20260302-000001',
    title: '路灯/列表[一]',
    watermark: { line: '导出编号 DC-20260302-000001', head: 'A & B', foot: '用途' },
    columns: Array.from({ length: columns }, (_, i) => ({ head: `列${i}`, kind: 'text', width: 10 })),
    pages: (async function* () {
      yield* pages
    })(),
  }
}

async function written(write: typeof writeXlsx, sheet: Sheet): Promise<Buffer> {
  const path = join(folder, crypto.randomUUID())
  const file = await open(path, 'w')
  await write(file, sheet)
  await file.close()
  return readFile(path)
}

const clean = { key: 'x', zh: 'x', en: 'x', kind: 'code', width: 10, value: (row: string) => row } as const
const texts = fc.array(
  fc.array(
    fc
      .oneof(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom('=1+1', '_x0041_', '<&>"\'', 'a,b"c', '两\n行', '\r', ' x ', '123456789012345678'),
      )
      .map((text) => cellOf(clean, text, 'zh') as string),
    { minLength: 3, maxLength: 3 },
  ),
  { maxLength: 20 },
)

test('any text comes back out of an xlsx as it went in, as a text and never as a formula', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (rows) => {
      const sheet = readSheet(await written(writeXlsx, sheetOf([rows])))
      expect(sheet.rows.slice(2, 2 + rows.length).map((row) => row.map(unix))).toEqual(trimmed(rows.map((row) => row.map(unix))))
      expect(sheet.hasFormula).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('any text comes back out of a csv, but for the apostrophe before what looks like a formula', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (rows) => {
      const wanted = rows.filter((row) => row.join('') !== '')
      const read = readCsv((await written(writeCsv, sheetOf([wanted]))).toString('utf8').slice(1)).slice(2)
      expect(read.map((row) => row.map((text) => text.replace(/^'/, '')))).toEqual(
        wanted.map((row) => row.map((text) => text.replace(/^'/, ''))),
      )
    }),
    { numRuns: 60 },
  )
})

test('pages follow each other, numbers are numbers and instants are what a clock in Shanghai shows', async () => {
  const at = new Date('2026-03-01T16:30:00Z')
  const pages = [[['一', 1, at]], [], [['二', 2.5, null]]]
  const { rows, kinds, name } = readSheet(await written(writeXlsx, sheetOf(pages)))
  expect(name).toBe('路灯 列表 一 ')
  expect(rows.slice(2)).toEqual([
    ['一', '1', '2026-03-02 00:30'],
    ['二', '2.5', ''],
  ])
  expect(kinds(3)).toEqual(['s', 'n', 'n'])
  expect(readCsv((await written(writeCsv, sheetOf(pages))).toString('utf8').slice(1)).slice(2)).toEqual([
    ['一', '1', '2026-03-02 00:30'],
    ['二', '2.5', ''],
  ])
})

test('thirty columns have thirty names', async () => {
  const { rows } = readSheet(await written(writeXlsx, sheetOf([[Array.from({ length: 30 }, (_, i) => `${i}`)]], 30)))
  expect(rows[2]).toEqual(Array.from({ length: 30 }, (_, i) => `${i}`))
})

/** XML reads every line end as \n unless it is written as a reference; the reader of this test does not look at those. */
const unix = (text: string): string => text.replace(/\r\n?/g, '\n')
/** A reader does not tell empty rows at the end from none. */
const trimmed = (rows: string[][]): string[][] => rows.slice(0, rows.findLastIndex((row) => row.join('') !== '') + 1)
