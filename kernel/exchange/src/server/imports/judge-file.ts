import { createHash } from 'node:crypto'
import { type Ctx, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import type { ImportMapping } from '../../contract/import-mapping.ts'
import { cellOf } from '../../define/cell-text.ts'
import type { ImportField } from '../../define/import-field.ts'
import type { RowProblem } from '../../define/row-problem.ts'
import type { Importable, Importables, ImportScope, Judged } from './importable.ts'
import { targetOf } from './importable.ts'
import { type MappedRow, type RowMapper, rowMapper } from './map-rows.ts'
import { openTable, type Table } from './open-table.ts'
import type { CsvRecord } from './read-csv.ts'

/** Rows of one transaction: few enough for a moment of work, enough to make the commit not count. */
export const pieceRows = 500

export interface Counts {
  added: number
  there: number
  changed: number
  refused: number
  agreeing: number
  differing: number
}

export const noCounts = (): Counts => ({ added: 0, there: 0, changed: 0, refused: 0, agreeing: 0, differing: 0 })

/** A mapped row with what becomes of it. */
export interface JudgedRow {
  line: number
  judged: Judged<unknown>
}

/** A file under its mapping, ready to be walked. */
export interface OpenImport {
  table: Table
  target: Importable<unknown>
  fields: readonly ImportField[]
  map: RowMapper
}

/** Opens the file by the mapping. Throws TableError where the two do not fit, and a refusal where nothing of the kind can be imported. */
export async function openImport(
  importables: Importables,
  mapping: ImportMapping,
  path: string,
  seen?: (bytes: number) => void,
): Promise<OpenImport> {
  const { target, variant } = targetOf(importables, mapping)
  const table = await openTable(path, mapping.file, seen)
  return { table, target, fields: variant.fields, map: rowMapper(mapping, variant.fields, table.headers) }
}

/** The rows in pieces of one size, wherever the reader cut them. */
export async function* piecesOf(rows: AsyncIterable<CsvRecord[]>): AsyncGenerator<CsvRecord[]> {
  let waiting: CsvRecord[] = []
  for await (const piece of rows) {
    waiting = waiting.length === 0 ? piece : [...waiting, ...piece]
    while (waiting.length >= pieceRows) yield waiting.splice(0, pieceRows)
  }
  if (waiting.length > 0) yield waiting
}

/** What becomes of the rows of a piece, in their order. Problems say which column they come from. */
export async function judgePiece(
  judge: (rows: MappedRow[]) => Promise<Judged<unknown>[]>,
  mapping: ImportMapping,
  mapped: readonly MappedRow[],
): Promise<JudgedRow[]> {
  const whole = mapped.filter(({ problems }) => problems.length === 0)
  const answers = whole.length > 0 ? await judge(whole) : []
  const byLine = new Map(whole.map(({ line }, i) => [line, answers[i]!]))
  return mapped.map(({ line, problems }) => {
    const judged = byLine.get(line) ?? { outcome: 'refused' as const, problems }
    return { line, judged: 'problems' in judged ? { ...judged, problems: judged.problems.map((one) => named(one, mapping)) } : judged }
  })
}

function named(problem: RowProblem, { fields }: ImportMapping): RowProblem {
  const source = problem.field === null ? undefined : fields[problem.field]
  return problem.column !== null || !source ? problem : { ...problem, column: source.column ?? source.columns?.join(' + ') ?? null }
}

export function count(counts: Counts, rows: readonly JudgedRow[]): void {
  for (const { judged } of rows) {
    counts[judged.outcome]++
    if (judged.outcome === 'added' && judged.agrees !== null) counts[judged.agrees ? 'agreeing' : 'differing']++
  }
}

export interface PreviewProblem {
  code: RowProblem['code']
  field: string | null
  column: string | null
  rows: number
  /** The first of them. */
  examples: { line: number; value: string | null; more: string | null }[]
}

export interface Preview extends Counts {
  rows: number
  /** False where the file has more rows than were looked at. */
  isWhole: boolean
  kind: Table['kind']
  encoding: Table['encoding']
  /** The first rows as they would stand in lists, masked. */
  first: { line: number; values: Record<string, string> }[]
  problems: PreviewProblem[]
}

export interface PreviewOptions {
  mostRows?: number
  seen?: (bytes: number) => void
  /** Hears what becomes of the rows of a piece. */
  judged?: (rows: readonly JudgedRow[]) => void
  /** Asked within each transaction. */
  hold?: (system: Ctx) => Promise<void>
  signal?: AbortSignal
}

const mostFirst = 8
const mostExamples = 5

/** Judges a file as an import would, and writes nothing. */
export async function previewImport(
  deps: TransactionDeps & { importables: Importables },
  scope: ImportScope,
  path: string,
  { mostRows = Number.POSITIVE_INFINITY, seen, judged: hear, hold, signal }: PreviewOptions = {},
): Promise<Preview> {
  const { table, target, fields, map } = await openImport(deps.importables, scope.mapping, path, seen)
  const preview: Preview = { ...noCounts(), rows: 0, isWhole: true, kind: table.kind, encoding: table.encoding, first: [], problems: [] }
  const judgeOnce = withMemory(target)
  for await (const records of piecesOf(table.rows)) {
    if (preview.rows >= mostRows || signal?.aborted) {
      preview.isWhole = false
      break
    }
    const judged = await transact(deps, systemActor, async (system) => {
      await hold?.(system)
      return judgePiece((rows) => judgeOnce(rows, (fresh) => target.judge(system, scope, fresh)), scope.mapping, records.map(map))
    })
    preview.rows += judged.length
    hear?.(judged)
    count(preview, judged)
    note(preview, judged, fields)
  }
  preview.problems.sort((a, b) => b.rows - a.rows)
  return preview
}

/** Nothing is written, so rows of the same key that came before must be remembered. */
function withMemory(target: Importable<unknown>) {
  const seen = new Map<string, string>()
  return async (rows: MappedRow[], judge: (fresh: MappedRow[]) => Promise<Judged<unknown>[]>): Promise<Judged<unknown>[]> => {
    const keyOf = ({ values }: MappedRow): string => target.keyFields.map((field) => String(values[field])).join(' ')
    const fresh = rows.filter((row) => !seen.has(keyOf(row)))
    const answers = new Map((await judge(fresh)).map((judged, i) => [fresh[i]!, judged]))
    return rows.map((row): Judged<unknown> => {
      const said = createHash('sha1').update(JSON.stringify(row.values)).digest('base64')
      const before = seen.get(keyOf(row))
      const judged = answers.get(row)
      if (judged?.outcome === 'added') seen.set(keyOf(row), said)
      if (judged) return judged
      if (before === said) return { outcome: 'there', agrees: null }
      return { outcome: 'changed', problems: [{ code: 'changed', field: target.keyFields[0], column: null, value: keyOf(row) }] }
    })
  }
}

function note(preview: Preview, rows: readonly JudgedRow[], fields: readonly ImportField[]): void {
  for (const { line, judged } of rows) {
    if (judged.outcome === 'added' && preview.first.length < mostFirst) preview.first.push({ line, values: masked(judged.shown, fields) })
    if (!('problems' in judged)) continue
    for (const { code, field, column, value, more = null } of judged.problems) {
      let kind = preview.problems.find((one) => one.code === code && one.field === field && one.column === column)
      if (!kind) {
        kind = { code, field, column, rows: 0, examples: [] }
        preview.problems.push(kind)
      }
      kind.rows++
      if (kind.examples.length < mostExamples) kind.examples.push({ line, value, more })
    }
  }
}

function masked(shown: Readonly<Record<string, string>>, fields: readonly ImportField[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(shown).map(([key, text]) => {
      const field = fields.find((one) => one.key === key)
      const kind = field?.kind === 'text' ? ('text' as const) : ('code' as const)
      const column = { key, zh: '', en: '', kind, width: 1, value: () => text, ...(field?.mask && { mask: field.mask }) }
      return [key, String(cellOf(column, null, 'zh') ?? '')]
    }),
  )
}
