import { namesOf } from '@linli/access/server'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { HeldExport } from '../contract/export.ts'
import type { ExchangeDeps } from './deps.ts'
import { ExchangeError } from './errors.ts'
import { type ExportRow, jobOf, lineOf, refuse, tellChanged } from './export-rows.ts'

/** What waits for the security administrator of this area, the oldest first. */
export async function listHeldExports(ctx: Ctx, { lists }: ExchangeDeps): Promise<HeldExport[]> {
  const rows = await ctx.rows(sql<ExportRow>`
    SELECT * FROM exchange.export_job WHERE state = 'held' ORDER BY asked_at, export_id LIMIT 200`)
  const names = await namesOf(ctx, { accounts: rows.map((row) => row.account_id), orgs: rows.map((row) => row.org_id) })
  return rows.map((row) => {
    const { exportId, number, list, title, format, purpose, heldFor, rowsExpected, askedAt } = jobOf(row, lists)
    return {
      exportId,
      number,
      list,
      title,
      format,
      purpose,
      heldFor,
      rowsExpected,
      askedAt,
      accountId: row.account_id,
      byName: names.accounts.get(row.account_id) ?? '',
      orgName: names.orgs.get(row.org_id) ?? '',
    }
  })
}

/** Lets a held export go on, or ends it; with a reason that the person reads. */
export async function decideExport(ctx: Ctx, exportId: string, { release, reason }: { release: boolean; reason: string }) {
  const row = await ctx.find(sql<ExportRow>`SELECT * FROM exchange.export_job WHERE export_id = ${exportId} AND held_for IS NOT NULL`)
  if (!row) throw refuse(ctx, exportId, 'not_found', '没有等待决定的这次导出')
  const state = release ? 'queued' : 'canceled'
  const decided = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE exchange.export_job SET state = ${state}, reason = ${release ? null : 'refused'}, finished_at = ${release ? null : ctx.now}::timestamptz,
        decided_by = ${ctx.actor.accountId}, decided_at = ${ctx.now}, decision_reason = ${reason}
      WHERE export_id = ${exportId} AND state = 'held'`),
  )
  if (decided === 0) throw ExchangeError('already_ended', { detail: '这次导出已经有了结果' })
  ctx.audit({ ...lineOf(row, release ? 'exchange.released' : 'exchange.refused'), purpose: reason })
  tellChanged(ctx, row)
  return { exportId, state } as const
}
