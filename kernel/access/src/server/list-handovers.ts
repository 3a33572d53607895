import { type Ctx, type Statement, sql, sqlIf, systemActor } from '@linli/base/server'
import type { HandoverItem, HandoverParty, HandoverRow } from '../contract/cells.ts'
import { AccountError } from './account-error.ts'
import { listParties, type Party } from './write-handover.ts'

const pageSize = 30

interface Row {
  handover_id: string
  cause: 'cells' | 'post'
  area_name: string
  reason: string
  made_at: Date
  by_name: string | null
  cases: number
  buildings: number
}

/** Handover lists that the acting post may know of, the newest first. */
export async function listHandovers(
  ctx: Ctx,
  { communityId, before }: { communityId?: string; before?: string },
): Promise<{ items: HandoverRow[]; next: string | null }> {
  const seen = await ctx.rows(sql<{ handover_id: string; made_at: Date }>`
    SELECT handover_id, made_at FROM access.handover
    WHERE ${sqlIf(communityId, () => sql`area_id = ${communityId}::uuid AND`)} made_at < ${before ?? 'infinity'}::timestamptz
    ORDER BY made_at DESC, handover_id DESC LIMIT ${pageSize + 1}`)
  const page = seen.slice(0, pageSize)
  const rows = await readRows(
    ctx,
    page.map((row) => row.handover_id),
  )
  return { items: rows, next: seen.length > pageSize ? page.at(-1)!.made_at.toISOString() : null }
}

/** One list with everything that went. */
export async function getHandover(
  ctx: Ctx,
  handoverId: string,
): Promise<HandoverRow & { parties: HandoverParty[]; items: HandoverItem[] }> {
  if (!(await seesHandover(ctx, handoverId))) throw AccountError('handover_unknown')
  const [row] = await readRows(ctx, [handoverId])
  const { parties, items } = await ctx.as(systemActor, (system) => loadHandover(system, handoverId))
  return { ...row!, parties: await ctx.as(systemActor, (system) => listParties(system, parties)), items }
}

export const seesHandover = async (ctx: Ctx, handoverId: string): Promise<boolean> =>
  (await ctx.find(sql`SELECT 1 AS here FROM access.handover WHERE handover_id = ${handoverId}::uuid`)) !== undefined

/** Names a thing within its handover. Names: `i` item. */
export const itemKey: Statement = sql`(i.kind || ' ' || i.item_id)`

/** The sides and the things of one handover, all or these; for a caller that has shown its right to it. As the system. */
export async function loadHandover(
  system: Ctx,
  handoverId: string,
  itemKeys?: readonly string[],
): Promise<{ parties: Party[]; items: HandoverItem[] }> {
  const parties = await system.rows(sql<Party>`
    SELECT side, post_id AS "postId", account_id AS "accountId", area_id AS "areaId", area_path AS "areaPath"
    FROM access.handover_party WHERE handover_id = ${handoverId}::uuid ORDER BY side, post_id`)
  const items = await system.rows(sql<Omit<HandoverItem, 'dueAt'> & { dueAt: Date | null }>`
    SELECT i.kind, i.item_id AS "itemId", i.label, i.note, i.stage, i.due_at AS "dueAt", coming.name AS "fromArea", going.name AS "toArea"
    FROM access.handover_item i JOIN access.area coming ON coming.area_id = i.from_area_id JOIN access.area going ON going.area_id = i.to_area_id
    WHERE i.handover_id = ${handoverId}::uuid ${sqlIf(itemKeys, () => sql`AND ${itemKey} = ANY (${itemKeys}::text[])`)} ORDER BY i.item_no`)
  return { parties, items: items.map((item) => ({ ...item, dueAt: item.dueAt?.toISOString() ?? null })) }
}

/** Of handovers that the acting post was shown to see; names of whoever made them are for everybody who sees the list. */
export async function readRows(ctx: Ctx, ids: readonly string[]): Promise<HandoverRow[]> {
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<Row>`
      SELECT h.handover_id, h.cause, ar.name AS area_name, h.reason, h.made_at, a.display_name AS by_name,
        count(i.*) FILTER (WHERE i.kind = 'case') AS cases, count(i.*) FILTER (WHERE i.kind = 'building') AS buildings
      FROM access.handover h JOIN access.area ar ON ar.area_id = h.area_id LEFT JOIN access.account a ON a.account_id = h.made_by
      LEFT JOIN access.handover_item i ON i.handover_id = h.handover_id
      WHERE h.handover_id = ANY (${ids}::uuid[]) GROUP BY h.handover_id, ar.name, a.display_name ORDER BY h.made_at DESC, h.handover_id DESC`),
  )
  return rows.map((row) => ({
    handoverId: row.handover_id,
    cause: row.cause,
    areaName: row.area_name,
    reason: row.reason,
    madeAt: row.made_at.toISOString(),
    byName: row.by_name ?? '系统',
    cases: row.cases,
    buildings: row.buildings,
  }))
}
