import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'

/** One record of a file and the line it begins on, counted from 1. */
export interface CsvRecord {
  line: number
  cells: string[]
}

export interface CsvOptions {
  /** Hears how many bytes of the file came in. */
  seen?: (bytes: number) => void
  encoding?: 'utf-8' | 'gb18030'
  delimiter?: ',' | ';' | '\t'
  gzip?: boolean
}

/** What is wrong with a file or a line of it, in words for whoever made it: for the command line, and in Chinese for pages. */
export class TableError extends Error {
  readonly zh: string
  constructor(message: string, zh = '文件读不了，请在表格软件里另存为“CSV UTF-8”再试') {
    super(message)
    this.zh = zh
  }
}

/** Of a table; a file with more was not made for people. */
export const mostColumns = 1000

/** A record longer than this is a quote that nobody closed. */
const longest = 1_000_000

/**
 * The records of a CSV file (RFC 4180, UTF-8 with or without a mark at its beginning unless said otherwise), as they are read: never more
 * than a piece of the file is held. Throws TableError.
 */
export async function* readCsv(file: string, options: CsvOptions = {}): AsyncGenerator<CsvRecord[]> {
  const { encoding = 'utf-8', delimiter = ',' } = options
  const decoder = new TextDecoder(encoding, { fatal: true })
  const name = basename(file)
  let text = ''
  let line = 1
  const take = (isEnd: boolean): CsvRecord[] => {
    const { records, rest, next } = split(text, line, isEnd, delimiter)
    if (rest.length > (isEnd ? 0 : longest))
      throw new TableError(`${name}:${next}: a quote is not closed`, `第 ${next} 行起有一个引号没有合上`)
    text = rest
    line = next
    return records
  }
  for await (const chunk of piecesOf(file, options)) {
    text += decode(() => decoder.decode(chunk, { stream: true }), name, encoding)
    yield take(false)
  }
  text += decode(() => decoder.decode(), name, encoding)
  yield take(true)
}

async function* piecesOf(file: string, { seen, gzip }: CsvOptions): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: 1 << 18 })
  raw.on('data', (chunk) => seen?.(chunk.length))
  if (!gzip) return yield* raw as AsyncIterable<Buffer>
  const unpacked = createGunzip({ chunkSize: 1 << 18 })
  raw.on('error', (error) => unpacked.destroy(error))
  try {
    yield* raw.pipe(unpacked) as AsyncIterable<Buffer>
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
    throw new TableError(`${basename(file)} is damaged or was cut off: it cannot be unpacked.`, '文件损坏或没传完整，解不开')
  } finally {
    raw.destroy()
  }
}

function decode(read: () => string, name: string, encoding: string): string {
  try {
    return read()
  } catch {
    throw new TableError(
      `${name} is not ${encoding.toUpperCase()}. In a spreadsheet: save as "CSV UTF-8".`,
      `不是 ${encoding.toUpperCase()} 编码，请在表格软件里另存为“CSV UTF-8”`,
    )
  }
}

/** Whole records from the beginning of the text; what may go on in the next piece is the rest. Empty lines are no records. */
function split(text: string, firstLine: number, isEnd: boolean, delimiter: string): { records: CsvRecord[]; rest: string; next: number } {
  const records: CsvRecord[] = []
  let line = firstLine
  let begin = 0
  while (begin < text.length) {
    const record = readRecord(text, begin, isEnd, delimiter)
    if (!record) break
    if (record.cells.length > 1 || record.cells[0] !== '') records.push({ line, cells: record.cells })
    line += record.lines
    begin = record.end
  }
  return { records, rest: text.slice(begin), next: line }
}

/** The record at this place and where the next begins, undefined when the text ends before it does. */
function readRecord(
  text: string,
  begin: number,
  isEnd: boolean,
  delimiter: string,
): { cells: string[]; end: number; lines: number } | undefined {
  const cells: string[] = []
  let lines = 1
  for (let at = begin; ; at++) {
    let cell = ''
    if (text[at] === '"') {
      const closing = closingQuote(text, at + 1)
      // A doubled quote at the edge of a piece looks closed.
      if (closing === -1 || (closing === text.length - 1 && !isEnd)) return undefined
      cell = text.slice(at + 1, closing).replaceAll('""', '"')
      lines += cell.includes('\n') ? cell.split('\n').length - 1 : 0
      at = closing + 1
    }
    const from = at
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++
    if (at === text.length && !isEnd) return undefined
    cell += text.slice(from, at)
    const isLast = at >= text.length || text[at] === '\n'
    cells.push(isLast && cell.endsWith('\r') ? cell.slice(0, -1) : cell)
    if (isLast) return { cells, end: at + 1, lines }
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at
  return -1
}
