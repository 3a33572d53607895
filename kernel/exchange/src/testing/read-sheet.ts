import { inflateRawSync } from 'node:zlib'
import { read, utils } from '@e965/xlsx'

export interface ReadSheet {
  /** Every row as shown, the watermark's first. */
  rows: string[][]
  /** Kind of each cell of a row, `s` text, `n` number; and whether any is a formula. */
  kinds(row: number): string[]
  hasFormula: boolean
  name: string
  /** Head and foot of the printed page, as the file has them. */
  pageXml: string
}

/** Opens a workbook with a reader that shares nothing with the writer. */
export function readSheet(bytes: Buffer): ReadSheet {
  const book = read(bytes, { cellFormula: true, cellNF: true })
  const name = book.SheetNames[0]!
  const sheet = book.Sheets[name]!
  const cells = Object.entries(sheet).filter(([ref]) => !ref.startsWith('!')) as [string, { t: string; f?: string }][]
  return {
    name,
    rows: utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' }),
    kinds: (row) => cells.filter(([ref]) => ref.replace(/^[A-Z]+/, '') === String(row)).map(([, cell]) => cell.t),
    hasFormula: cells.some(([, cell]) => cell.f !== undefined),
    pageXml: /<headerFooter>.*<\/headerFooter>/s.exec(entryOf(bytes, 'xl/worksheets/sheet1.xml'))?.[0] ?? '',
  }
}

/** One entry of a zip whose local heads carry their sizes. */
function entryOf(bytes: Buffer, name: string): string {
  for (let at = 0; bytes.readUInt32LE(at) === 0x0403_4b50; ) {
    const packed = bytes.readUInt32LE(at + 18)
    const from = at + 30 + bytes.readUInt16LE(at + 26)
    const own = bytes.toString('utf8', at + 30, from)
    if (own === name) return inflateRawSync(bytes.subarray(from, from + packed)).toString('utf8')
    at = from + packed
  }
  throw new Error(`no ${name} in the workbook`)
}

/** Fields of a csv (RFC 4180), row by row. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '') break
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '')
}
