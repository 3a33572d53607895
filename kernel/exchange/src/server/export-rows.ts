import { type Actor, type AuditLine, type Ctx, sql, systemActor } from '@linli/base/server'
import type { ExportJob } from '../contract/export.ts'
import { ExchangeError } from './errors.ts'
import type { ExportableLists } from './exportable-list.ts'

/** A row of exchange.export_job. */
export interface ExportRow {
  export_id: string
  number: string
  list_key: string
  query: Record<string, string>
  format: 'xlsx' | 'csv'
  lang: 'zh' | 'en'
  columns: string[]
  purpose: string
  account_id: string
  post_id: string
  org_id: string
  area_path: string
  state: ExportJob['state']
  reason: ExportJob['reason']
  held_for: ExportJob['heldFor']
  rows_expected: number
  rows_done: number
  bytes: number | null
  sha256: Buffer | null
  downloads: number
  attempts: number
  lease_id: string | null
  lease_until: Date | null
  asked_at: Date
  started_at: Date | null
  finished_at: Date | null
  link_until: Date | null
  kept_until: Date | null
  file_deleted_at: Date | null
  decision_reason: string | null
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export function jobOf(row: ExportRow, lists: ExportableLists): ExportJob {
  const list = lists.get(row.list_key)
  return {
    exportId: row.export_id,
    number: row.number,
    list: row.list_key,
    title: list?.[row.lang] ?? row.list_key,
    format: row.format,
    purpose: row.purpose,
    state: row.state,
    reason: row.reason,
    heldFor: row.held_for,
    decisionReason: row.decision_reason,
    rowsDone: row.rows_done,
    rowsExpected: row.rows_expected,
    bytes: row.bytes,
    downloads: row.downloads,
    askedAt: row.asked_at.toISOString(),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    linkUntil: iso(row.link_until),
    keptUntil: iso(row.kept_until),
    isFileThere: row.state === 'done' && row.file_deleted_at === null,
  }
}

/** The acting post's own export. Somebody else's and one that never was are the same 404. */
export async function getOwn(ctx: Ctx, exportId: string): Promise<ExportRow> {
  const { actor } = ctx
  const row = await ctx.find(sql<ExportRow>`
    SELECT * FROM exchange.export_job WHERE export_id = ${exportId} AND account_id = ${actor.accountId} AND post_id = ${actor.postId}`)
  if (row) return row
  throw refuse(ctx, exportId, 'not_found', '本岗位没有这次导出')
}

/** That somebody was refused a file, or tried another's, is on the trail. */
export function refuse(ctx: Ctx, exportId: string, code: 'not_found' | 'not_ready' | 'link_expired' | 'file_gone', detail: string): Error {
  ctx.onRefusal(ctx.actor, async (refused) =>
    refused.audit({ action: 'exchange.read_refused', subjectKind: 'export', subjectId: exportId, detail: { code } }),
  )
  return ExchangeError(code, { detail })
}

export const reload = (ctx: Ctx, exportId: string): Promise<ExportRow> =>
  ctx.get(sql<ExportRow>`SELECT * FROM exchange.export_job WHERE export_id = ${exportId}`)

/** A line of the trail about an export: what and how much; never what was searched for. */
export const lineOf = (row: ExportRow, action: string, detail: Record<string, unknown> = {}): AuditLine => ({
  action,
  subjectKind: 'export',
  subjectId: row.export_id,
  areaPath: row.area_path,
  purpose: row.purpose,
  detail: { number: row.number, list: row.list_key, format: row.format, ...detail },
})

/** Open pages of the person, and of the administrator while it is held, read it again. */
export const tellChanged = (ctx: Ctx, row: Pick<ExportRow, 'export_id' | 'account_id'>): void =>
  ctx.emit('exchange.changed', { exportId: row.export_id, accountId: row.account_id })

/** The platform at work for whoever asked: its lines on the trail are theirs. */
export const onBehalfOf = (row: Pick<ExportRow, 'account_id' | 'post_id' | 'org_id'>): Actor => ({
  ...systemActor,
  accountId: row.account_id,
  postId: row.post_id,
  orgId: row.org_id,
})
