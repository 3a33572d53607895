import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportMapping } from '../../contract/import-mapping.ts'
import { listSheets, openTable, type Table } from './open-table.ts'
import { TableError } from './read-csv.ts'
import { noResult } from './read-xlsx.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-table-'))
})
afterAll(() => rm(folder, { recursive: true }))

const usual = ImportMapping.parse({ variant: 'lamps', source: 'lamps', fields: {} }).file

interface Read extends Pick<Table, 'kind' | 'encoding' | 'headers'> {
  cells: string[][]
  lines: number[]
}

async function read(content: string | Buffer, options: Partial<typeof usual> = {}): Promise<Read> {
  const path = join(folder, 'list')
  await writeFile(path, content)
  const { rows, ...table } = await openTable(path, { ...usual, ...options })
  const records = []
  for await (const piece of rows) records.push(...piece)
  return { ...table, cells: records.map(({ cells }) => cells), lines: records.map(({ line }) => line) }
}

/** 编号,事由 / 1,路灯 as an older Chinese spreadsheet writes it. */
const gbk = Buffer.from('b1e0bac52ccac2d3c90a312cc2b7b5c60a', 'hex')

test('what a file is follows from its content: UTF-8 with and without a mark, GBK, packed, a workbook', async () => {
  const wanted = { headers: ['编号', '事由'], cells: [['1', '路灯']] }
  expect(await read('编号,事由\n1,路灯\n')).toMatchObject({ ...wanted, kind: 'csv', encoding: 'utf-8' })
  expect(await read('\uFEFF编号,事由\r\n1,路灯\r\n')).toMatchObject(wanted)
  expect(await read(gbk)).toMatchObject({ ...wanted, encoding: 'gb18030' })
  expect(await read(gzipSync('编号,事由\n1,路灯\n'))).toMatchObject(wanted)
  expect(await read(gzipSync(gbk), { encoding: 'gb18030' })).toMatchObject(wanted)
  expect(await read('编号;事由\n1;"路灯;坏"\n', { delimiter: ';' })).toMatchObject({ cells: [['1', '路灯;坏']] })
  expect(await read('一张表\n\n编号,事由\n1,路灯', { headerRow: 2 })).toMatchObject({ ...wanted, lines: [4] })
  expect(
    await read(
      book({
        表: [
          ['编号', '事由'],
          [1, '路灯'],
        ],
      }),
    ),
  ).toMatchObject({ ...wanted, kind: 'xlsx', lines: [2] })
})

function book(sheets: Record<string, unknown[][]>): Buffer {
  const file = utils.book_new()
  for (const [name, rows] of Object.entries(sheets)) utils.book_append_sheet(file, utils.aoa_to_sheet(rows, { UTC: true }), name)
  return write(file, { type: 'buffer', bookSST: true, cellDates: false }) as Buffer
}

test('cells of a workbook: dates, numbers, long codes, truth, texts; the sheet that is asked for', async () => {
  const at = new Date(Date.UTC(2015, 6, 4, 13, 5, 9))
  const day = new Date(Date.UTC(2016, 1, 29))
  const content = book({
    说明: [['不是这张']],
    明细: [
      ['编号', '时间', '日', '数', '长', '是', '空', '字'],
      ['007', at, day, 0.1 + 0.2, 101001240740, true, null, '  =1+1 '],
    ],
  })
  expect(await read(content, { sheet: '明细' })).toMatchObject({
    headers: ['编号', '时间', '日', '数', '长', '是', '空', '字'],
    cells: [['007', '2015-07-04T13:05:09', '2016-02-29', '0.3', '101001240740', 'TRUE', '', '  =1+1 ']],
  })
  expect(await read(content)).toMatchObject({ headers: ['不是这张'] })
  await expect(read(content, { sheet: '没有' })).rejects.toThrow('has no sheet "没有", but "说明", "明细"')
  await writeFile(join(folder, 'book'), content)
  expect(await listSheets(join(folder, 'book'))).toEqual(['说明', '明细'])
})

test('a formula gives its result, and one that was saved without is no empty cell', async () => {
  const file = utils.book_new()
  const sheet = utils.aoa_to_sheet([
    ['a', 'b', 'c'],
    [1, 2, 3],
  ])
  sheet.A2 = { t: 'n', f: '1+1', v: 2 }
  sheet.B2 = { t: 's', f: '"x"&"y"', v: 'xy' }
  sheet.C2 = { t: 'e', v: 0x17, f: '1/0' }
  utils.book_append_sheet(file, sheet, 's')
  expect((await read(write(file, { type: 'buffer' }) as Buffer)).cells).toEqual([['2', 'xy', noResult]])
})

test('a file that cannot be used says so in words, and is no fault of ours', async () => {
  const wide = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')
  const wrong: [string | Buffer, string, Partial<typeof usual>?][] = [
    ['', 'is empty'],
    ['\n\n', 'no line 1'],
    [',,\n1,2,3', 'names no columns'],
    [wide, 'has 10000 columns; 1000 is the most'],
    ['a,b\n1,"x', 'a quote is not closed'],
    [Buffer.from([0xff, 0xfe, 0x61, 0x00]), 'UTF-16'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xls'],
    [Buffer.from([0x61, 0x2c, 0xff, 0xff, 0xff]), 'neither UTF-8 nor GB18030'],
    [gbk, 'is not UTF-8', { encoding: 'utf-8' }],
    [gzipSync('编号,事由\n1,路灯\n'.repeat(9000)).subarray(0, 200), 'damaged or was cut off'],
    ['PK nothing of the kind', 'no workbook'],
    [book({ a: [['x']] }).subarray(0, 900), 'no workbook'],
  ]
  for (const [content, words, options] of wrong) {
    const refused = await read(content, options).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect([words, refused]).toEqual([words, expect.any(TableError)])
    expect((refused as Error).message).toContain(words)
  }
})

test('whatever bytes a file has, it is read or refused', { timeout: 60_000 }, async () => {
  const whole = book({
    a: [
      ['x', 'y'],
      [1, 'z'],
    ],
  })
  const torn = fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, bytes]) => {
    const copy = Buffer.from(whole)
    copy.set(bytes.subarray(0, copy.length - at), at)
    return copy
  })
  const anything = fc.uint8Array({ minLength: 0, maxLength: 400 }).map((bytes) => Buffer.from(bytes))
  const text = fc
    .string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '灯', '=', '\u0000'), maxLength: 200 })
    .map((one) => Buffer.from(one))
  await fc.assert(
    fc.asyncProperty(fc.oneof(torn, anything, text), async (content) => {
      const refused = await read(content).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (refused) expect(refused).toBeInstanceOf(TableError)
    }),
    { numRuns: 300 },
  )
})
