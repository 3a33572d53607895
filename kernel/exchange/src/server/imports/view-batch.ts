import { namesOf } from '@linli/access/server'
import { type Ctx, decodeCursor, encodeCursor, sql, sqlIf } from '@linli/base/server'
import type { ImportBatch, ImportTarget } from '../../contract/import.ts'
import { ExchangeError } from '../errors.ts'
import type { BatchRow } from './import-batches.ts'
import type { Importables } from './importable.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

async function viewBatches(ctx: Ctx, rows: readonly BatchRow[]): Promise<ImportBatch[]> {
  const names = await namesOf(ctx, { accounts: rows.flatMap(({ account_id }) => account_id ?? []), orgs: [] })
  return rows.map((row) => ({
    batchId: row.batch_id,
    number: row.number,
    fileName: row.file_name,
    byName: (row.account_id && names.accounts.get(row.account_id)) ?? null,
    source: row.mapping?.source ?? null,
    target: row.mapping?.variant ?? null,
    mapping: row.mapping,
    mode: row.mode,
    state: row.state,
    reason: row.reason,
    reasonDetail: row.reason_detail,
    rowsDone: row.rows_done,
    share: row.state === 'done' ? 1 : Math.min(1, row.bytes_done / row.file_bytes),
    added: row.added,
    there: row.there,
    changed: row.changed,
    refused: row.refused,
    agreeing: row.agreeing,
    differing: row.differing,
    removed: row.removed,
    kept: row.kept,
    keptNumbers: row.kept_numbers ?? [],
    madeAt: row.made_at.toISOString(),
    finishedAt: iso(row.finished_at),
    undoneAt: iso(row.undone_at),
    isFileThere: row.file_deleted_at === null,
  }))
}

export async function viewBatch(ctx: Ctx, row: BatchRow): Promise<ImportBatch> {
  return (await viewBatches(ctx, [row]))[0]!
}

/** The batch, if it is one of the acting post's area. A foreign one and one that never was are the same 404. */
export async function findBatch(ctx: Ctx, batchId: string): Promise<BatchRow> {
  const row = await ctx.find(sql<BatchRow>`SELECT * FROM exchange.import_batch WHERE batch_id = ${batchId}`)
  if (row) return row
  ctx.onRefusal(ctx.actor, async (refused) =>
    refused.audit({ action: 'exchange.read_refused', subjectKind: 'import', subjectId: batchId, detail: { code: 'not_found' } }),
  )
  throw ExchangeError('not_found', { detail: '本区域没有这个导入批次' })
}

/** What came into the area, newest first; drafts are shown to whoever made them. */
export async function listBatches(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const after = cursor ? decodeCursor(cursor, 'instant', 'uuid') : undefined
  const rows = await ctx.rows(sql<BatchRow>`
    SELECT * FROM exchange.import_batch WHERE state <> 'draft'
      ${sqlIf(after, () => sql`AND (made_at, batch_id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`)}
    ORDER BY made_at DESC, batch_id DESC LIMIT ${limit + 1}`)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: await viewBatches(ctx, items), next: last ? encodeCursor(last.made_at.toISOString(), last.batch_id) : null }
}

/** What the acting post may import into, with its fields. */
export function viewTargets({ actor }: Ctx, importables: Importables): ImportTarget[] {
  return [...importables.values()]
    .filter(({ permission }) => actor.permissions.has(permission))
    .map((target) => ({
      key: target.key,
      zh: target.zh,
      en: target.en,
      variants: target.variants().map(({ key, zh, en, fields, options }) => ({
        key,
        zh,
        en,
        fields: fields.map(({ isRequired = false, options: choices = [], calledToo = [], note = null, ...field }) => ({
          key: field.key,
          zh: field.zh,
          en: field.en,
          kind: field.kind,
          isRequired,
          options: [...choices],
          calledToo: [...calledToo],
          note,
        })),
        options: options.map(({ values, ...option }) => ({ ...option, values: [...values] })),
      })),
    }))
}
