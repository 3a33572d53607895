import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { type CsvRecord, mostColumns, TableError } from './read-csv.ts'

/** A formula that was saved without its result. */
export const noResult = '\u0000formula'

/** Texts that a workbook keeps once for all cells must be in memory; a bigger one is saved as CSV. */
const mostShared = 96 * 1024 * 1024
const mostSheet = 2 * 1024 * 1024 * 1024
/** Which sheets there are and what cells look like: never much. */
const mostPart = 8 * 1024 * 1024
/** A hundred times what fits into a cell is no cell. */
const longestCell = 3_276_700

/**
 * The rows of one sheet of a workbook (ECMA-376), as they are read: never more than a piece of the sheet is held, beside the texts that
 * it shares. Dates come as ISO text without an offset. `line` is the row's own number. Throws TableError.
 */
export async function* readXlsx(
  file: string,
  options: { sheet?: string | undefined; seen?: (bytes: number) => void },
): AsyncGenerator<CsvRecord[]> {
  const book = await openBook(file)
  try {
    const { path, name } = await findSheet(book, options.sheet)
    const dates = await readDateStyles(book)
    const shared = await readShared(book)
    yield* readRows(book, path, name, { dates, shared, seen: options.seen ?? (() => {}) })
  } finally {
    book.zip.close()
  }
}

/** Names of the sheets, in their order. */
export async function sheetsOf(file: string): Promise<string[]> {
  const book = await openBook(file)
  try {
    return (await readSheets(book)).map(({ name }) => name)
  } finally {
    book.zip.close()
  }
}

interface Book {
  zip: ZipFile
  file: string
  entries: Map<string, Entry>
}

async function openBook(path: string): Promise<Book> {
  const file = basename(path)
  try {
    const zip = await openPromise(path, { autoClose: false })
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) {
      if (entries.size > 10_000) throw new TableError(`${file} has too many parts for a workbook.`)
      entries.set(entry.fileName, entry)
    }
    return { zip, file, entries }
  } catch (error) {
    if (error instanceof TableError || (error as NodeJS.ErrnoException).syscall) throw error
    throw new TableError(`${file} is no workbook that can be read (.xlsx). Save it again, or as "CSV UTF-8".`)
  }
}

type Element = { name: string; attributes: Record<string, string> }

/** Hands every element and text of a part to the reader; `seen` hears the packed bytes as they come. */
async function parse(
  { zip, file, entries }: Book,
  part: string,
  most: number,
  on: { open?: (element: Element) => void; text?: (text: string) => void; close?: (name: string) => void },
  piece?: () => void,
): Promise<boolean> {
  for await (const _ of pieces({ zip, file, entries }, part, most, on)) piece?.()
  return entries.has(part)
}

async function* pieces(
  { zip, file, entries }: Book,
  part: string,
  most: number,
  on: { open?: (element: Element) => void; text?: (text: string) => void; close?: (name: string) => void },
): AsyncGenerator<number> {
  const entry = entries.get(part)
  if (!entry) return
  if (entry.uncompressedSize > most) throw new TableError(`${file}: ${part} is too big. Save the sheet as "CSV UTF-8".`)
  const parser = new SaxesParser({ xmlns: false })
  parser.on('opentag', ({ name, attributes }) => on.open?.({ name: local(name), attributes: attributes as Record<string, string> }))
  parser.on('text', (text) => on.text?.(text))
  parser.on('closetag', ({ name }) => on.close?.(local(name)))
  // Entities are no part of a workbook; one that declares some is up to no good.
  parser.on('doctype', () => {
    throw new TableError(`${file}: ${part} is not what a spreadsheet writes.`)
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const ratio = entry.compressedSize / Math.max(1, entry.uncompressedSize)
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      parser.write(decoder.decode(chunk, { stream: true }))
      yield chunk.length * ratio
    }
    parser.close()
  } catch (error) {
    if (error instanceof TableError) throw error
    throw new TableError(`${file}: ${part} is damaged (${(error as Error).message.split('\n')[0]}).`)
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

async function readSheets(book: Book): Promise<{ name: string; id: string }[]> {
  const sheets: { name: string; id: string }[] = []
  const isThere = await parse(book, 'xl/workbook.xml', mostPart, {
    open: ({ name, attributes }) => {
      if (name === 'sheet') sheets.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' })
    },
  })
  if (!isThere || sheets.length === 0) throw new TableError(`${book.file} is no workbook that can be read (.xlsx).`)
  return sheets
}

async function findSheet(book: Book, wanted: string | undefined): Promise<{ path: string; name: string }> {
  const sheets = await readSheets(book)
  const sheet = wanted === undefined ? sheets[0]! : sheets.find(({ name }) => name === wanted)
  if (!sheet)
    throw new TableError(
      `${book.file} has no sheet "${wanted}", but ${sheets.map(({ name }) => `"${name}"`).join(', ')}.`,
      `没有工作表“${wanted}”`,
    )
  let target: string | undefined
  await parse(book, 'xl/_rels/workbook.xml.rels', mostPart, {
    open: ({ name, attributes }) => {
      if (name === 'Relationship' && attributes.Id === sheet.id) target = attributes.Target
    },
  })
  const path = target?.startsWith('/') ? target.slice(1) : `xl/${target ?? 'worksheets/sheet1.xml'}`
  if (!book.entries.has(path)) throw new TableError(`${book.file}: the sheet "${sheet.name}" is not in the file.`)
  return { path, name: sheet.name }
}

async function readShared(book: Book): Promise<string[]> {
  const shared: string[] = []
  let text = ''
  // Readings of characters (rPh) stand beside the text, and are none of it.
  let depth = 0
  let isText = false
  await parse(book, 'xl/sharedStrings.xml', mostShared, {
    open: ({ name }) => {
      if (name === 'si') text = ''
      if (name === 'rPh') depth++
      isText = name === 't' && depth === 0
    },
    text: (piece) => {
      if (isText) text += piece
    },
    close: (name) => {
      if (name === 'si') shared.push(text)
      if (name === 'rPh') depth--
      if (name === 't') isText = false
    },
  })
  return shared
}

/** For each style of a cell whether it shows a date. */
async function readDateStyles(book: Book): Promise<boolean[]> {
  const custom = new Map<number, string>()
  const styles: boolean[] = []
  let inside = false
  await parse(book, 'xl/styles.xml', mostPart, {
    open: ({ name, attributes }) => {
      if (name === 'numFmt') custom.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inside = true
      if (name === 'xf' && inside) styles.push(isDateFormat(Number(attributes.numFmtId ?? 0), custom))
    },
    close: (name) => {
      if (name === 'cellXfs') inside = false
    },
  })
  return styles
}

function isDateFormat(id: number, custom: ReadonlyMap<number, string>): boolean {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return true
  const code = custom.get(id)?.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  return code !== undefined && /[ymdhs年月日时]/i.test(code) && !/^general$/i.test(code)
}

interface Sheet {
  dates: readonly boolean[]
  shared: readonly string[]
  seen: (bytes: number) => void
}

async function* readRows(book: Book, path: string, name: string, { dates, shared, seen }: Sheet): AsyncGenerator<CsvRecord[]> {
  let rows: CsvRecord[] = []
  let cells: string[] = []
  let line = 0
  let cell = { at: 0, type: 'n', style: 0, value: '', isFormula: false, isRead: false, depth: 0 }
  const on = {
    open: ({ name: tag, attributes }: Element) => {
      if (tag === 'row') {
        cells = []
        line = Number(attributes.r ?? line + 1)
      } else if (tag === 'c') {
        const at = attributes.r ? columnOf(attributes.r) : cells.length
        cell = { at, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '', isFormula: false, isRead: false, depth: 0 }
      } else if (tag === 'f') cell.isFormula = true
      else if (tag === 'rPh') cell.depth++
      else if (tag === 'v' || (tag === 't' && cell.depth === 0)) cell.isRead = true
    },
    text: (piece: string) => {
      if (!cell.isRead) return
      cell.value += piece
      if (cell.value.length > longestCell) throw new TableError(`${book.file}: "${name}" has a cell that no spreadsheet could hold.`)
    },
    close: (tag: string) => {
      if (tag === 'v' || tag === 't') cell.isRead = false
      else if (tag === 'rPh') cell.depth--
      else if (tag === 'c') {
        const value = cellValue(cell, dates, shared)
        // A cell far to the right that says nothing must not fill the row up to it.
        if (value === '') return
        if (cell.at >= mostColumns)
          throw new TableError(`${book.file}: "${name}" has more than ${mostColumns} columns.`, `列太多，最多 ${mostColumns} 列`)
        while (cells.length < cell.at) cells.push('')
        cells[cell.at] = value
      } else if (tag === 'row' && cells.some((one) => one !== '')) rows.push({ line, cells })
    },
  }
  for await (const bytes of pieces(book, path, mostSheet, on)) {
    seen(bytes)
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

/** `BC12` → 54. */
function columnOf(reference: string): number {
  let column = 0
  for (const char of /^[A-Z]+/.exec(reference)?.[0] ?? 'A') column = column * 26 + char.charCodeAt(0) - 64
  return column - 1
}

function cellValue(
  { type, style, value, isFormula }: { type: string; style: number; value: string; isFormula: boolean },
  dates: readonly boolean[],
  shared: readonly string[],
): string {
  if (isFormula && value === '' && type !== 'str') return noResult
  if (type === 's') return shared[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'e') return noResult
  if (type !== 'n' || value === '') return value
  if (dates[style]) return dateOf(Number(value)) ?? value
  // 1.0500000000000001E-2 as a person sees it; a long number keeps its digits.
  return /[.eE]/.test(value) ? String(Number(Number(value).toPrecision(15))) : value
}

/** A day number of a workbook (1900 system) as ISO text to the second. */
function dateOf(serial: number): string | undefined {
  if (!Number.isFinite(serial) || serial < 1 || serial > 2_958_465) return undefined
  // There was no 29 February 1900, but the day is counted.
  const days = serial < 60 ? serial : serial - 1
  const at = new Date(Date.UTC(1900, 0, 0) + Math.round(days * 86_400) * 1000)
  return at.toISOString().slice(0, Number.isInteger(serial) ? 10 : 19)
}
