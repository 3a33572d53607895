import { dayOf, formatDay, newId } from '@linli/base/define'
import { type Actor, type AuditLine, type Ctx, sql, systemActor } from '@linli/base/server'
import type { ImportMapping } from '../../contract/import-mapping.ts'
import type { ImportScope } from './importable.ts'

export type BatchState = 'draft' | 'queued' | 'running' | 'done' | 'failed' | 'canceled' | 'undoing' | 'undone'
export type BatchReason = 'by-person' | 'rows-refused' | 'file-unreadable' | 'post-ended' | 'interrupted' | 'fault'

/** A row of exchange.import_batch. */
export interface BatchRow {
  batch_id: string
  number: string
  file_name: string
  file_bytes: number
  file_sha256: Buffer
  mapping: ImportMapping | null
  mode: 'each' | 'whole'
  account_id: string | null
  post_id: string | null
  org_id: string | null
  area_path: string
  state: BatchState
  reason: BatchReason | null
  reason_detail: string | null
  line_done: number
  rows_done: number
  bytes_done: number
  added: number
  there: number
  changed: number
  refused: number
  agreeing: number
  differing: number
  removed: number
  removed_hash: Buffer | null
  kept: number | null
  kept_numbers: string[] | null
  attempts: number
  lease_id: string | null
  lease_until: Date | null
  made_at: Date
  started_at: Date | null
  finished_at: Date | null
  undo_reason: string | null
  undone_at: Date | null
  file_deleted_at: Date | null
}

/** A batch that somebody works on: nobody else does until the lease runs out or is taken. */
export interface LeasedBatch extends BatchRow {
  lease_id: string
  mapping: ImportMapping
}

export interface NewBatch {
  batchId: string
  file: { name: string; bytes: number; sha256: Buffer }
  by: Pick<Actor, 'accountId' | 'postId' | 'orgId' | 'areaPath'>
  mapping?: ImportMapping
  mode?: BatchRow['mode']
  state: BatchState
}

export const leaseMs = 60_000

export async function addBatch(ctx: Ctx, { batchId, file, by, mapping, mode = 'each', state }: NewBatch): Promise<BatchRow> {
  const day = formatDay(dayOf(ctx.now.getTime())).replaceAll('-', '')
  await ctx.run(sql`
    INSERT INTO exchange.import_batch (batch_id, number, file_name, file_bytes, file_sha256, mapping, mode, account_id, post_id, org_id, area_path, state, made_at)
    VALUES (${batchId}, ${`DR-${day}-`} || lpad(nextval('exchange.import_number')::text, 6, '0'), ${file.name}, ${file.bytes}, ${file.sha256},
      ${mapping ? JSON.stringify(mapping) : null}::jsonb, ${mode}, ${by.accountId}, ${by.postId}, ${by.orgId}, ${by.areaPath ?? ''}, ${state}, ${ctx.now})`)
  return getBatch(ctx, batchId)
}

export const getBatch = (ctx: Ctx, batchId: string): Promise<BatchRow> =>
  ctx.get(sql<BatchRow>`SELECT * FROM exchange.import_batch WHERE batch_id = ${batchId}`)

/** Takes a batch over, whoever held it: he loses it at his next piece. As system. */
export async function leaseBatch(system: Ctx, batchId: string, state: 'running' | 'undoing'): Promise<LeasedBatch> {
  return system.get(sql<LeasedBatch>`
    UPDATE exchange.import_batch SET state = ${state}, lease_id = ${newId(system.now.getTime())}, lease_until = ${leaseEnd(system)},
      attempts = attempts + 1, started_at = coalesce(started_at, ${system.now}), finished_at = NULL, reason = NULL, reason_detail = NULL
    WHERE batch_id = ${batchId} RETURNING *`)
}

export const leaseEnd = (system: Ctx): Date => new Date(system.now.getTime() + leaseMs)

/** Ends the work on it without a word: it was canceled, or somebody else took over. */
export class Superseded extends Error {}

/** Holds the batch for another minute, and until this transaction is through. As system. */
export async function holdBatch(system: Ctx, { batch_id, lease_id, state }: LeasedBatch): Promise<void> {
  const held = await system.run(sql`
    UPDATE exchange.import_batch SET lease_until = ${leaseEnd(system)} WHERE batch_id = ${batch_id} AND lease_id = ${lease_id} AND state = ${state}`)
  if (held === 0) throw new Superseded()
}

export const scopeOf = (row: LeasedBatch): ImportScope => ({ batchId: row.batch_id, mapping: row.mapping, areaPath: row.area_path })

/** The platform at work for whoever imports: its lines on the trail are theirs. */
export const onBehalfOf = (row: Pick<BatchRow, 'account_id' | 'post_id' | 'org_id'>): Actor => ({
  ...systemActor,
  accountId: row.account_id,
  postId: row.post_id,
  orgId: row.org_id,
})

/** A line of the trail about a batch: which file and how much of it; never what stood in it. */
export const batchLine = (row: BatchRow, action: string, detail: Record<string, unknown> = {}): AuditLine => ({
  action,
  subjectKind: 'import',
  subjectId: row.batch_id,
  areaPath: row.area_path || null,
  detail: {
    number: row.number,
    ...(row.mapping && { target: row.mapping.target, variant: row.mapping.variant, source: row.mapping.source }),
    file: row.file_sha256.toString('hex'),
    ...detail,
  },
})

/** Open pages that show it read it again. */
export const tellBatch = (ctx: Ctx, row: Pick<BatchRow, 'batch_id' | 'area_path' | 'account_id'>): void => {
  if (row.account_id) ctx.emit('exchange.imported', { batchId: row.batch_id, areaPath: row.area_path })
}
