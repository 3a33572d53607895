import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

export interface LineCount {
  rows: number
  bad: number
}

/** A row that cannot be judged; `field` is where it went wrong. */
export class RowInvalid extends Error {
  readonly field: string
  constructor(field: string, expected: string) {
    super(`${field}: expected ${expected}`)
    this.name = 'RowInvalid'
    this.field = field
  }
}

/**
 * Streams JSON Lines through `judge`, in order, in constant memory. A line that it throws for becomes `{id, error}` (with its line
 * number where it has no id) and the rest goes on: a file of a million rows is not lost to one of them.
 */
export async function mapJsonLines(input: string, output: string, judge: (row: Record<string, unknown>) => object): Promise<LineCount> {
  const count: LineCount = { rows: 0, bad: 0 }
  const answers = async function* () {
    let number = 0
    for await (const line of linesOf(input)) {
      number += 1
      if (line.trim() === '') continue
      count.rows += 1
      const answer = judgeLine(line, number, judge)
      if ('error' in answer) count.bad += 1
      yield `${JSON.stringify(answer)}\n`
    }
  }
  await pipeline(answers, createWriteStream(output))
  return count
}

/** Split at line feeds only: node:readline also splits at U+2028, which JSON text may hold unescaped. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of createReadStream(file)) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  yield rest + decoder.decode()
}

function judgeLine(line: string, number: number, judge: (row: Record<string, unknown>) => object): object {
  let row: unknown
  try {
    row = JSON.parse(line)
  } catch {
    return { id: null, line: number, error: 'not JSON' }
  }
  if (!isObject(row)) return { id: null, line: number, error: 'expected a JSON object' }
  const hasId = typeof row.id === 'string' || typeof row.id === 'number'
  const place = hasId ? { id: row.id } : { id: null, line: number }
  if (!hasId) return { ...place, error: 'id: expected text or a number' }
  try {
    return { ...place, ...judge(row) }
  } catch (error) {
    return { ...place, error: error instanceof Error ? error.message : String(error) }
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
