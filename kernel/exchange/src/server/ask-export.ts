import { dayOf, formatDay, newId, startOfDay } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { askExport as contract, ExportJob } from '../contract/export.ts'
import { heldFor } from '../define/export-rule.ts'
import type { ExchangeDeps } from './deps.ts'
import { ExchangeError } from './errors.ts'
import { jobOf, lineOf, reload, tellChanged } from './export-rows.ts'
import { getList, readFilter } from './exportable-list.ts'

type Wanted = z.output<typeof contract.body>

/**
 * Takes an export on: counted now, written by a worker. At night, or when it is more than a day's worth, it waits for the security
 * administrator, who is told at once.
 */
export async function askExport(ctx: Ctx, deps: ExchangeDeps, wanted: Wanted): Promise<ExportJob> {
  const { actor, now } = ctx
  const { rule } = deps
  const list = getList(ctx, deps.lists, wanted.list)
  const query = readFilter(list, wanted.query)
  const columns = chooseColumns(
    list.columns.map(({ key }) => key),
    wanted.columns,
  )
  const rows = await list.count(ctx, query, rule.rowsPerFile)
  if (rows > rule.rowsPerFile) {
    throw ExchangeError('too_large', { detail: `一个文件最多 ${rule.rowsPerFile} 行，请先筛选再导出` })
  }
  const before = await lookAtDay(ctx)
  if (before.waiting >= rule.mostWaiting) {
    throw ExchangeError('too_many_waiting', { detail: `已有 ${before.waiting} 个导出在等待，请等它们完成或取消几个` })
  }
  const held = heldFor(rule, now, before.rows, rows)
  const exportId = newId(now.getTime())
  await ctx.run(sql`
    INSERT INTO exchange.export_job (export_id, number, list_key, query, format, lang, columns, purpose, account_id, post_id, org_id, area_path,
      state, held_for, rows_expected, asked_at)
    VALUES (${exportId}, ${`DC-${formatDay(dayOf(now.getTime())).replaceAll('-', '')}-`} || lpad(nextval('exchange.export_number')::text, 6, '0'),
      ${list.key}, ${JSON.stringify(wanted.query)}::jsonb, ${wanted.format}, ${wanted.lang}, ${columns}::text[], ${wanted.purpose},
      ${actor.accountId}, ${actor.postId}, ${actor.orgId}, ${actor.areaPath},
      ${held ? 'held' : 'queued'}, ${held}, ${rows}, ${now})`)
  const row = await reload(ctx, exportId)
  ctx.audit(lineOf(row, held ? 'exchange.held' : 'exchange.asked', { rows, filter: Object.keys(wanted.query), ...(held && { for: held }) }))
  if (held) {
    const { accountId, orgId, areaPath } = actor
    ctx.emit('security.alerted', { alert: `export-${held}`, accountId, orgId, areaPath, count: rows, at: now.toISOString() })
  }
  tellChanged(ctx, row)
  return jobOf(row, deps.lists)
}

/** In the list's own order, each once. */
function chooseColumns(known: readonly string[], wanted: readonly string[] | undefined): string[] {
  if (!wanted) return [...known]
  const unknown = wanted.find((key) => !known.includes(key))
  if (unknown === undefined) return known.filter((key) => wanted.includes(key))
  throw ExchangeError('data_invalid', {
    detail: '没有这一列',
    fields: [{ path: `columns.${wanted.indexOf(unknown)}`, message: '列表里没有这一列' }],
  })
}

/** What this account asked for since midnight, at whatever post. Two requests at once wait for each other, or both would be the last that fits. */
function lookAtDay(ctx: Ctx): Promise<{ rows: number; waiting: number }> {
  const { accountId } = ctx.actor
  const midnight = new Date(startOfDay(dayOf(ctx.now.getTime())))
  return ctx.as(systemActor, async (system) => {
    await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`exchange.ask ${accountId}`}, 0))`)
    return system.get(sql<{ rows: number; waiting: number }>`
      SELECT coalesce(sum(rows_expected) FILTER (WHERE asked_at >= ${midnight} AND state <> 'canceled'), 0)::int AS rows,
        count(*) FILTER (WHERE state IN ('queued', 'held'))::int AS waiting
      FROM exchange.export_job WHERE account_id = ${accountId} AND (asked_at >= ${midnight} OR state IN ('queued', 'held'))`)
  })
}
