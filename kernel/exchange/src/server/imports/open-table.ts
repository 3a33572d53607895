import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportMapping } from '../../contract/import-mapping.ts'
import { fromText } from '../../define/cell-text.ts'
import { type CsvRecord, mostColumns, readCsv, TableError } from './read-csv.ts'
import { readXlsx, sheetsOf } from './read-xlsx.ts'

/** A file of rows under a line that names the columns. */
export interface Table {
  kind: 'csv' | 'xlsx'
  encoding: 'utf-8' | 'gb18030'
  headers: string[]
  /** After the header, as they are read. Can be walked once. */
  rows: AsyncGenerator<CsvRecord[]>
}

export type FileOptions = ImportMapping['file']

/** What a file is follows from its content, never from its name. Throws TableError. */
export async function openTable(path: string, options: FileOptions, seen: (bytes: number) => void = () => {}): Promise<Table> {
  const { kind, gzip } = await kindOf(path)
  const encoding = kind === 'csv' ? await encodingOf(path, options.encoding, gzip) : 'utf-8'
  const records =
    kind === 'xlsx' ? readXlsx(path, { sheet: options.sheet, seen }) : readCsv(path, { encoding, delimiter: options.delimiter, gzip, seen })
  const { headers, rows } = await takeHeader(records, options.headerRow, basename(path))
  return { kind, encoding, headers, rows }
}

/** Names of the sheets of a workbook; none for a text file. */
export async function listSheets(path: string): Promise<string[]> {
  return (await kindOf(path)).kind === 'xlsx' ? sheetsOf(path) : []
}

async function kindOf(path: string): Promise<{ kind: 'csv' | 'xlsx'; gzip: boolean }> {
  const head = await headOf(path, 8)
  if (head.length === 0) throw new TableError(`${basename(path)} is empty.`, '文件是空的')
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw new TableError(
      `${basename(path)} is a workbook of the old kind (.xls). Save it as .xlsx or "CSV UTF-8".`,
      '是旧式工作簿（.xls），请另存为 .xlsx 或“CSV UTF-8”',
    )
  if (head[0] === 0xff || head[0] === 0xfe)
    throw new TableError(`${basename(path)} is UTF-16. In a spreadsheet: save as "CSV UTF-8".`, '是 UTF-16 编码，请另存为“CSV UTF-8”')
  return { kind: head.subarray(0, 2).toString('latin1') === 'PK' ? 'xlsx' : 'csv', gzip: head[0] === 0x1f && head[1] === 0x8b }
}

async function headOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const looked = 1 << 20

/** A list from an older Chinese spreadsheet is GB18030; what can be read as UTF-8 is that. */
async function encodingOf(path: string, wanted: FileOptions['encoding'], gzip: boolean): Promise<Table['encoding']> {
  if (wanted !== 'auto') return wanted
  if (gzip) return 'utf-8'
  const head = await headOf(path, looked)
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
      return encoding
    } catch {}
  }
  throw new TableError(
    `${basename(path)} is neither UTF-8 nor GB18030. In a spreadsheet: save as "CSV UTF-8".`,
    '既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8”',
  )
}

async function takeHeader(records: AsyncGenerator<CsvRecord[]>, headerRow: number, name: string): Promise<Pick<Table, 'headers' | 'rows'>> {
  let skip = headerRow - 1
  for await (const piece of keepOpen(records)) {
    if (skip >= piece.length) {
      skip -= piece.length
      continue
    }
    const headers = piece[skip]!.cells.map((header) => fromText(header.trim()))
    if (headers.length > mostColumns)
      throw new TableError(
        `${name} has ${headers.length} columns; ${mostColumns} is the most.`,
        `有 ${headers.length} 列，最多 ${mostColumns} 列`,
      )
    if (headers.every((header) => header === ''))
      throw new TableError(`${name}: line ${headerRow} names no columns.`, `第 ${headerRow} 行没有列名`)
    const rest = piece.slice(skip + 1)
    return { headers, rows: following(rest, records) }
  }
  throw new TableError(`${name} has no line ${headerRow} to name the columns.`, `没有第 ${headerRow} 行作列名`)
}

/** A loop that is left closes what it walks; here the rest is still wanted. */
async function* keepOpen(records: AsyncGenerator<CsvRecord[]>): AsyncGenerator<CsvRecord[]> {
  for (let next = await records.next(); !next.done; next = await records.next()) yield next.value
}

async function* following(first: CsvRecord[], records: AsyncGenerator<CsvRecord[]>): AsyncGenerator<CsvRecord[]> {
  if (first.length > 0) yield first
  yield* records
}
