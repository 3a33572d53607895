import { readFile, writeFile } from 'node:fs/promises'
import { formatInstant, parseInstant } from '@linli/base/define'
import { isObject, RowInvalid } from './json-lines.ts'

/** Reads JSON Lines whose rows are judged together. A row that cannot be read is said and left out; `bad` counts them. */
export async function readRows<T>(file: string, read: (row: Record<string, unknown>) => T): Promise<{ rows: T[]; bad: number }> {
  const rows: T[] = []
  let bad = 0
  for (const [index, line] of (await readFile(file, 'utf8')).split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      const row: unknown = JSON.parse(line)
      if (!isObject(row)) throw new RowInvalid('row', 'a JSON object')
      rows.push(read(row))
    } catch (error) {
      bad++
      console.error(`line ${index + 1}: ${(error as Error).message}`)
    }
  }
  return { rows, bad }
}

export const writeRows = (file: string, rows: readonly object[]): Promise<void> =>
  writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

/** Milliseconds of a time; without an offset it is Asia/Shanghai. */
export function timeIn(row: Record<string, unknown>, field: string): number {
  const value = row[field]
  const at = typeof value === 'string' ? parseInstant(value) : undefined
  if (at === undefined) throw new RowInvalid(field, 'an ISO 8601 date and time')
  return at
}

export function textIn(row: Record<string, unknown>, field: string): string {
  const value = row[field]
  if (typeof value !== 'string') throw new RowInvalid(field, 'text')
  return value
}

const shanghaiMs = 8 * 3_600_000

/** As the clock on the wall says it, and with its offset: 2011-12-01T10:00:00+08:00. */
export const shanghaiTime = (at: number): string => `${formatInstant(at + shanghaiMs).slice(0, 19)}+08:00`
