import { createReadStream } from 'node:fs'
import { basename } from 'node:path'

/** One record of a file and the line it begins on, counted from 1. */
export interface CsvRecord {
  line: number
  cells: string[]
}

/** What is wrong with a file or a line of it, in words for whoever made it. */
export class CsvError extends Error {}

/** A record longer than this is a quote that nobody closed. */
const longest = 1_000_000

/**
 * The records of a CSV file (RFC 4180, UTF-8 with or without a mark at its beginning), as they are read: never more than a piece of the
 * file is held. `seen` hears how many bytes came in. Throws CsvError.
 */
export async function* readCsv(file: string, seen: (bytes: number) => void = () => {}): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const name = basename(file)
  let text = ''
  let line = 1
  const take = (isEnd: boolean): CsvRecord[] => {
    const { records, rest, next } = split(text, line, isEnd)
    if (rest.length > longest) throw new CsvError(`${name}:${next}: a quote is not closed`)
    text = rest
    line = next
    return records
  }
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    text += decode(() => decoder.decode(chunk, { stream: true }), name)
    seen(chunk.length)
    yield take(false)
  }
  text += decode(() => decoder.decode(), name)
  yield take(true)
}

function decode(read: () => string, name: string): string {
  try {
    return read()
  } catch {
    throw new CsvError(`${name} is not UTF-8. In a spreadsheet: save as "CSV UTF-8".`)
  }
}

/** Whole records from the beginning of the text; what may go on in the next piece is the rest. Empty lines are no records. */
function split(text: string, firstLine: number, isEnd: boolean): { records: CsvRecord[]; rest: string; next: number } {
  const records: CsvRecord[] = []
  let line = firstLine
  let begin = 0
  while (begin < text.length) {
    const record = readRecord(text, begin, isEnd)
    if (!record) break
    if (record.cells.length > 1 || record.cells[0] !== '') records.push({ line, cells: record.cells })
    line += record.lines
    begin = record.end
  }
  return { records, rest: text.slice(begin), next: line }
}

/** The record at this place and where the next begins, undefined when the text ends before it does. */
function readRecord(text: string, begin: number, isEnd: boolean): { cells: string[]; end: number; lines: number } | undefined {
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
    while (at < text.length && text[at] !== ',' && text[at] !== '\n') at++
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
