import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CsvRecord, readCsv } from './read-csv.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-csv-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(content: string | Buffer): Promise<CsvRecord[]> {
  const file = join(folder, 'list.csv')
  await writeFile(file, content)
  const records: CsvRecord[] = []
  for await (const piece of readCsv(file)) records.push(...piece)
  return records
}

test('quotes, line ends inside them, a mark at the beginning, empty lines and Windows line ends', async () => {
  expect(await read('\uFEFFcode,name\r\n1,"柳林, ""旧"""\r\n\r\n2,"两\n行"\n3,\n4,尾')).toEqual([
    { line: 1, cells: ['code', 'name'] },
    { line: 2, cells: ['1', '柳林, "旧"'] },
    { line: 4, cells: ['2', '两\n行'] },
    { line: 6, cells: ['3', ''] },
    { line: 7, cells: ['4', '尾'] },
  ])
})

test('what was written is what is read, wherever the pieces of the file are cut', async () => {
  const cell = fc.array(fc.constantFrom('村', 'a', ',', '"', '\n', ' '), { maxLength: 6 }).map((parts) => parts.join(''))
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), fc.nat(90_000), async (rows, filling) => {
      // Pieces are 256 KiB, so that the cut falls somewhere among the rows.
      const before = `${'甲'.repeat(90_000 - (filling % 4_000))},x\n`
      const records = await read(before + rows.map((row) => row.map(quoted).join(',')).join('\n'))
      expect(records.slice(1).map(({ cells }) => cells)).toEqual(rows)
    }),
    { numRuns: 60 },
  )
})

test('a file in another encoding and a quote that nobody closes are named', async () => {
  await expect(read(Buffer.from([0xc1, 0xf8, 0xc1, 0xd6]))).rejects.toThrow('list.csv is not UTF-8')
  await expect(read(`a,b\n1,"${'x'.repeat(1_300_000)}`)).rejects.toThrow('list.csv:2: a quote is not closed')
  await expect(read('a,b\n1,"x\n2,y')).rejects.toThrow('list.csv:2: a quote is not closed')
})
