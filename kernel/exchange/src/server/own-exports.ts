import type { Readable } from 'node:stream'
import { type Ctx, decodeCursor, type Exchange, encodeCursor, sql, sqlIf, systemActor } from '@linli/base/server'
import type { ExportJob } from '../contract/export.ts'
import type { ExchangeDeps } from './deps.ts'
import { ExchangeError } from './errors.ts'
import { type ExportRow, getOwn, jobOf, lineOf, refuse, reload, tellChanged } from './export-rows.ts'

/** What the acting post took along, newest first. */
export async function listExports(
  ctx: Ctx,
  { lists }: ExchangeDeps,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: ExportJob[]; next: string | null }> {
  const after = cursor ? decodeCursor(cursor, 'instant', 'uuid') : undefined
  const rows = await ctx.rows(sql<ExportRow>`
    SELECT * FROM exchange.export_job WHERE account_id = ${ctx.actor.accountId} AND post_id = ${ctx.actor.postId}
      ${sqlIf(after, () => sql`AND (asked_at, export_id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`)}
    ORDER BY asked_at DESC, export_id DESC LIMIT ${limit + 1}`)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items: items.map((row) => jobOf(row, lists)), next: last ? encodeCursor(last.asked_at.toISOString(), last.export_id) : null }
}

/** Ends an export that is not there yet; the worker that writes it sees so at its next page and leaves nothing. */
export async function cancelExport(ctx: Ctx, { lists }: ExchangeDeps, exportId: string): Promise<ExportJob> {
  const row = await getOwn(ctx, exportId)
  const ended = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE exchange.export_job SET state = 'canceled', reason = 'by-person', finished_at = ${ctx.now}, lease_id = NULL, lease_until = NULL
      WHERE export_id = ${exportId} AND state IN ('queued', 'running', 'held')`),
  )
  if (ended === 0) throw ExchangeError('already_ended', { detail: '这次导出已经结束，不能再取消' })
  ctx.audit(lineOf(row, 'exchange.canceled'))
  tellChanged(ctx, row)
  return jobOf(await reload(ctx, exportId), lists)
}

const hourMs = 3_600_000

/** Hands the file out for another day, as long as it is kept. */
export async function renewExport(ctx: Ctx, deps: ExchangeDeps, exportId: string): Promise<ExportJob> {
  const row = await getDone(ctx, deps, exportId)
  const until = new Date(Math.min(ctx.now.getTime() + deps.rule.linkHours * hourMs, row.kept_until!.getTime()))
  await ctx.as(systemActor, (system) => system.run(sql`UPDATE exchange.export_job SET link_until = ${until} WHERE export_id = ${exportId}`))
  ctx.audit(lineOf(row, 'exchange.renewed'))
  tellChanged(ctx, row)
  return jobOf(await reload(ctx, exportId), deps.lists)
}

/** The file itself, to whoever asked for it, at the same post. Counted and on the trail before the first byte leaves. */
export async function readExportFile(ctx: Ctx, deps: ExchangeDeps, exportId: string, { reply }: Exchange): Promise<Readable> {
  const row = await getDone(ctx, deps, exportId)
  if (row.link_until! <= ctx.now) throw refuse(ctx, exportId, 'link_expired', '下载期限过了，请在下载中心点“再开放一天”')
  const file = await deps.store.read(exportId)
  if (!file) throw refuse(ctx, exportId, 'file_gone', '文件已经删除，请重新导出')
  await ctx.as(systemActor, (system) =>
    system.run(sql`UPDATE exchange.export_job SET downloads = downloads + 1 WHERE export_id = ${exportId}`),
  )
  ctx.audit(lineOf(row, 'exchange.downloaded', { rows: row.rows_done, bytes: row.bytes, address: ctx.address }))
  tellChanged(ctx, row)
  const title = deps.lists.get(row.list_key)?.[row.lang] ?? row.list_key
  reply
    .header('content-type', mediaTypes[row.format])
    .header('content-length', file.bytes)
    .header(
      'content-disposition',
      `attachment; filename="${row.number}.${row.format}"; filename*=UTF-8''${encodeURIComponent(`${title}-${row.number}.${row.format}`)}`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
  return file.stream
}

const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** A right to the list that was withdrawn meanwhile is a right to its files withdrawn. */
async function getDone(ctx: Ctx, { lists }: ExchangeDeps, exportId: string): Promise<ExportRow> {
  const row = await getOwn(ctx, exportId)
  if (!ctx.actor.permissions.has(lists.get(row.list_key)?.permission ?? '')) throw refuse(ctx, exportId, 'not_found', '本岗位没有这次导出')
  if (row.state !== 'done') throw refuse(ctx, exportId, 'not_ready', '文件还没有导好')
  if (row.file_deleted_at || row.kept_until! <= ctx.now) throw refuse(ctx, exportId, 'file_gone', '文件已经到期删除，请重新导出')
  return row
}
