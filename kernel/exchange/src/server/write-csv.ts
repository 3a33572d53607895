import type { FileHandle } from 'node:fs/promises'
import type { CellValue } from '@linli/base/define'
import { asText } from '../define/cell-text.ts'
import { localMinute, type Sheet } from './sheet.ts'

/**
 * RFC 4180 in UTF-8 with the mark by which spreadsheets know it. The first line begins with `#` and says who took the list along: at the
 * end of a file it would be what is cut off first. The second line is the header.
 */
export async function writeCsv(file: FileHandle, sheet: Sheet): Promise<void> {
  await file.write(`\ufeff# ${oneField(sheet.watermark.line)}\r\n${sheet.columns.map(({ head }) => quote(head)).join(',')}\r\n`)
  for await (const page of sheet.pages) {
    if (page.length > 0) await file.write(page.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join(''))
  }
}

function csvCell(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return localMinute(value)
  return quote(asText(value))
}

/** Unquoted, or the line would no longer begin with its `#`; so nothing in it may end the field. */
const oneField = (text: string): string => text.replaceAll('"', '”').replaceAll(',', '，').replace(/\s+/g, ' ')

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
