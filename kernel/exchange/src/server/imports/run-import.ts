import { type Ctx, sql, type TransactionDeps, transact } from '@linli/base/server'
import { type BatchReason, batchLine, holdBatch, type LeasedBatch, onBehalfOf, scopeOf, tellBatch } from './import-batches.ts'
import type { Importables } from './importable.ts'
import {
  type Counts,
  count,
  type JudgedRow,
  judgePiece,
  noCounts,
  type OpenImport,
  openImport,
  piecesOf,
  previewImport,
} from './judge-file.ts'
import type { CsvRecord } from './read-csv.ts'

export interface RunDeps extends TransactionDeps {
  importables: Importables
}

export interface RunOptions {
  /** Ends the work after what is on its way; it goes on when it is run again. */
  signal?: AbortSignal
  /** Hears what was read, in bytes of the file, and what was committed, in rows and how long it took. */
  seen?: (bytes: number) => void
  committed?: (rows: number, milliseconds: number) => void
  /** Asked within each transaction: throws when whoever imports may do so no longer. */
  check?: (system: Ctx) => Promise<void>
}

export type Outcome = 'done' | 'stopped' | 'refused'

/**
 * Brings the rows of a file in, piece by piece, each in one transaction with the line that it reached. So after a kill the work goes on
 * behind what was committed, and a row that is there already is known by its key and left alone. Throws Superseded when the batch was
 * canceled or taken over, TableError for what is wrong with the file.
 */
export async function runImport(deps: RunDeps, batch: LeasedBatch, path: string, options: RunOptions = {}): Promise<Outcome> {
  if (batch.mode === 'whole' && batch.line_done === 0 && (await isRefusedWhole(deps, batch, path, options))) return 'refused'
  let bytes = 0
  const open = await openImport(deps.importables, batch.mapping, path, (more) => {
    bytes += more
    options.seen?.(more)
  })
  for await (const records of piecesOf(open.table.rows)) {
    if (options.signal?.aborted) return 'stopped'
    const rest = records.filter(({ line }) => line > batch.line_done)
    if (rest.length === 0) continue
    const startedAt = performance.now()
    await transact(deps, onBehalfOf(batch), (system) => commitPiece(system, batch, open, rest, bytes, options))
    options.committed?.(rest.length, performance.now() - startedAt)
  }
  await finishBatch(deps, batch, 'done')
  return 'done'
}

async function commitPiece(
  system: Ctx,
  batch: LeasedBatch,
  open: OpenImport,
  records: readonly CsvRecord[],
  bytes: number,
  options: RunOptions,
): Promise<void> {
  await holdBatch(system, batch)
  await options.check?.(system)
  // Two files of one system at once: whoever comes second sees what the first one brought.
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`exchange.import ${batch.mapping.source}`}, 0))`)
  const { target } = open
  const scope = scopeOf(batch)
  const rows = await judgePiece((mapped) => target.judge(system, scope, mapped), batch.mapping, records.map(open.map))
  const added = rows.flatMap(({ judged }) => (judged.outcome === 'added' ? [judged.record] : []))
  if (added.length > 0) await target.write(system, scope, added)
  await keepFaults(system, batch, rows)
  const counts = noCounts()
  count(counts, rows)
  await note(system, batch, counts, { line: records.at(-1)!.line, rows: rows.length, bytes })
  tellBatch(system, batch)
}

async function keepFaults(system: Ctx, { batch_id }: LeasedBatch, rows: readonly JudgedRow[]): Promise<void> {
  const faults = rows.flatMap(({ line, judged }) =>
    'problems' in judged ? [{ line, outcome: judged.outcome, problems: judged.problems }] : [],
  )
  if (faults.length === 0) return
  await system.run(sql`
    INSERT INTO exchange.import_fault (batch_id, line, outcome, problems)
    SELECT ${batch_id}::uuid, f.line, f.outcome, f.problems
    FROM jsonb_to_recordset(${JSON.stringify(faults)}::jsonb) AS f(line integer, outcome text, problems jsonb)
    ON CONFLICT (batch_id, line) DO NOTHING`)
}

async function note(system: Ctx, { batch_id }: LeasedBatch, c: Counts, at: { line: number; rows: number; bytes: number }): Promise<void> {
  await system.run(sql`
    UPDATE exchange.import_batch SET line_done = ${at.line}, rows_done = rows_done + ${at.rows}, bytes_done = least(file_bytes, ${at.bytes}::bigint),
      added = added + ${c.added}, there = there + ${c.there}, changed = changed + ${c.changed}, refused = refused + ${c.refused},
      agreeing = agreeing + ${c.agreeing}, differing = differing + ${c.differing}
    WHERE batch_id = ${batch_id}`)
}

/** All or nothing: every row is judged before the first is written, and one that is refused keeps all of them out. */
async function isRefusedWhole(deps: RunDeps, batch: LeasedBatch, path: string, options: RunOptions): Promise<boolean> {
  const rows: JudgedRow[] = []
  const { refused } = await previewImport(deps, scopeOf(batch), path, {
    ...(options.signal && { signal: options.signal }),
    judged: (piece) => rows.push(...piece.filter(({ judged }) => judged.outcome === 'refused')),
    hold: (system) => holdBatch(system, batch),
  })
  if (refused === 0) return false
  await transact(deps, onBehalfOf(batch), async (system) => {
    await holdBatch(system, batch)
    await keepFaults(system, batch, rows)
    await system.run(sql`UPDATE exchange.import_batch SET refused = ${refused} WHERE batch_id = ${batch.batch_id}`)
  })
  await finishBatch(deps, batch, 'failed', 'rows-refused')
  return true
}

/** Ends the work on a batch; nothing when somebody else ended it. */
export async function finishBatch(
  deps: TransactionDeps,
  batch: LeasedBatch,
  state: 'done' | 'failed',
  reason: BatchReason | null = null,
  detail: string | null = null,
): Promise<void> {
  await transact(deps, onBehalfOf(batch), async (system) => {
    const row = await system.find(sql<LeasedBatch>`
      UPDATE exchange.import_batch SET state = ${state}, reason = ${reason}, reason_detail = ${detail}, finished_at = ${system.now},
        lease_id = NULL, lease_until = NULL
      WHERE batch_id = ${batch.batch_id} AND lease_id = ${batch.lease_id} RETURNING *`)
    if (!row) return
    const { added, there, changed, refused } = row
    system.audit(
      batchLine(row, state === 'done' ? 'exchange.imported' : 'exchange.import_failed', {
        ...(reason && { reason }),
        added,
        there,
        changed,
        refused,
      }),
    )
    tellBatch(system, row)
  })
}
