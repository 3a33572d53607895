import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportRule } from '../../define/export-rule.ts'
import { type ExportsApp, exportsApp } from '../../testing/exports-app.ts'
import { importTable, lampImport } from '../../testing/lamp-import.ts'
import { ZipFile } from '../write-zip.ts'

let db: TestDatabase
let lamps: ExportsApp
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-hostile-'))
  db = await testDatabase({ through: 'exchange' })
  lamps = await exportsApp(db, [], exportRule, [lampImport()])
  await db.superuser(importTable)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
})

function send(content: Buffer) {
  const boundary = 'lamp'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="x.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return lamps.upload('dispatcher', '/imports', payload, `multipart/form-data; boundary=${boundary}`)
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet with these parts; the sheet's rows as they are given. */
async function workbook(rows: Iterable<string>, more: Record<string, Iterable<string>> = {}): Promise<Buffer> {
  const path = join(folder, crypto.randomUUID())
  const file = await open(path, 'w')
  const zip = new ZipFile(file)
  await zip.add('xl/workbook.xml', [
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ])
  await zip.add('xl/_rels/workbook.xml.rels', ['<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'])
  for (const [name, content] of Object.entries(more)) await zip.add(name, content)
  await zip.add('xl/worksheets/sheet1.xml', between(`<worksheet xmlns="${main}"><sheetData>`, rows, '</sheetData></worksheet>'))
  await zip.end()
  await file.close()
  return readFile(path)
}

function* between(head: string, rows: Iterable<string>, tail: string): Generator<string> {
  yield head
  yield* rows
  yield tail
}
function* times(count: number, text: string): Generator<string> {
  for (let i = 0; i < count; i++) yield text
}
const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
const header = `<row r="1">${cell('A1', '编号')}${cell('B1', '情况')}</row>`

test('a file beyond the limit is refused in words, and nothing of it stays on disk', async () => {
  const before = await lamps.onDisk()
  const answer = await send(Buffer.alloc(60 * 1024 * 1024, '路灯,'))
  expect([answer.status, answer.json<{ code: string }>().code]).toEqual([413, 'exchange.file_too_large'])
  expect(await db.superuser('SELECT FROM exchange.import_batch')).toEqual([])
  expect((await lamps.onDisk()).length).toBeLessThanOrEqual(before.length + 1)
})

test.each([
  [
    'a cell that unpacks to sixty megabytes',
    () => workbook(between(`${header}<row r="2"><c r="A2" t="inlineStr"><is><t>`, times(60, 'a'.repeat(1 << 20)), '</t></is></c></row>')),
  ],
  [
    'texts of all cells that unpack to more than may be held',
    () => workbook([header], { 'xl/sharedStrings.xml': between('<sst>', times(100, ' '.repeat(1 << 20)), '</sst>') }),
  ],
  [
    'styles that unpack to ten megabytes',
    () => workbook([header], { 'xl/styles.xml': between('<styleSheet>', times(10, ' '.repeat(1 << 20)), '</styleSheet>') }),
  ],
  ['rows whose only cell is the farthest', () => workbook(between(header, times(50_000, `<row>${cell('XFD2', 'x')}</row>`), ''))],
  ['entities that stand for entities', () => workbook(['<!DOCTYPE x [<!ENTITY a "b">]>'])],
])('%s: refused in words', async (_, make) => {
  const content = await make()
  expect(content.length).toBeLessThan(2 << 20)
  const before = process.memoryUsage().rss
  const answer = await send(content)
  expect([answer.status, answer.json<{ code: string }>().code]).toEqual([422, 'exchange.file_unreadable'])
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400)
  expect(await db.superuser('SELECT FROM exchange.import_batch')).toEqual([])
})

test('cells far to the right that say nothing are no columns, and fill no rows', async () => {
  const content = await workbook(between(header, times(20_000, `<row>${cell('A2', '1')}<c r="XFD2" s="1"/></row>`), ''))
  const answer = await send(content)
  expect(answer.status).toBe(201)
  expect(answer.json<{ headers: string[] }>().headers).toEqual(['编号', '情况'])
})

test('a packed text that is a thousand times as long when it is unpacked is read in pieces, no farther than it is looked at', async () => {
  const content = gzipSync(Buffer.concat([Buffer.from('编号,情况\n'), Buffer.alloc(200 * 1024 * 1024, '1,亮\n')]), { level: 1 })
  expect(content.length).toBeLessThan(8 << 20)
  const before = process.memoryUsage().rss
  const answer = await send(content)
  expect(answer.status).toBe(201)
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400)
})
