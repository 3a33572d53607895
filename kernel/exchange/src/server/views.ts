import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { SavedView } from '../contract/view.ts'
import { ExchangeError } from './errors.ts'
import { type ExportableLists, getList, readFilter } from './exportable-list.ts'

/** More would be a list of their own to search through. */
const mostViews = 20

interface ViewRow {
  view_id: string
  list_key: string
  name: string
  query: Record<string, string>
  made_at: Date
}

const viewOf = (row: ViewRow): SavedView => ({
  viewId: row.view_id,
  list: row.list_key,
  name: row.name,
  query: row.query,
  madeAt: row.made_at.toISOString(),
})

/** In the order they were saved. A view of a list that the acting post may not read finds nothing, and is not shown. */
export async function listViews(ctx: Ctx, lists: ExportableLists, list: string): Promise<SavedView[]> {
  const permission = lists.get(list)?.permission
  if (!permission || !ctx.actor.permissions.has(permission)) return []
  const rows = await ctx.rows(sql<ViewRow>`
    SELECT * FROM exchange.saved_view WHERE account_id = ${ctx.actor.accountId} AND list_key = ${list} ORDER BY made_at, view_id LIMIT ${mostViews}`)
  return rows.map(viewOf)
}

/** Gives a filter a name. */
export async function saveView(
  ctx: Ctx,
  lists: ExportableLists,
  { list: key, name, query }: { list: string; name: string; query: Record<string, string> },
): Promise<SavedView> {
  const list = getList(ctx, lists, key)
  readFilter(list, query)
  const { accountId } = ctx.actor
  await ctx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`exchange.view ${accountId}`}, 0))`)
  const { views, taken } = await ctx.get(sql<{ views: number; taken: boolean }>`
    SELECT count(*)::int AS views, coalesce(bool_or(name = ${name}), false) AS taken
    FROM exchange.saved_view WHERE account_id = ${accountId} AND list_key = ${key}`)
  if (taken) {
    const fields = [{ path: 'name', message: '已经有这个名称' }]
    throw ExchangeError('view_name_taken', { fields })
  }
  if (views >= mostViews) throw ExchangeError('too_many_views', { detail: `一个列表最多存 ${mostViews} 个视图，请先删掉不用的` })
  const row = await ctx.get(sql<ViewRow>`
    INSERT INTO exchange.saved_view (view_id, account_id, list_key, name, query, made_at)
    VALUES (${newId(ctx.now.getTime())}, ${accountId}, ${key}, ${name}, ${JSON.stringify(query)}::jsonb, ${ctx.now}) RETURNING *`)
  return viewOf(row)
}

export async function deleteView(ctx: Ctx, viewId: string): Promise<void> {
  const deleted = await ctx.run(sql`DELETE FROM exchange.saved_view WHERE view_id = ${viewId} AND account_id = ${ctx.actor.accountId}`)
  if (deleted === 0) throw ExchangeError('view_unknown')
}
