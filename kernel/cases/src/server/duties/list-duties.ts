import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { z } from 'zod'
import type { listDuties as contract, DutyFilter, DutyStanding, listDutyChoices } from '../../contract/duty.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { dutyRowOf, inForceOn, namedDuties, type StoredDuty, selectDuties, todayOf } from './duty-rows.ts'

export type DutyQuery = z.output<typeof DutyFilter>
type Page = z.input<typeof contract.result>
type Choices = z.input<typeof listDutyChoices.result>

/** Lines of the lists that hold where the acting post is, above it and below it, by place and clause. */
export async function listDuties(
  ctx: Ctx,
  catalogue: CaseCatalogue,
  query: DutyQuery & { limit: number; cursor?: string | undefined },
): Promise<Page> {
  const today = todayOf(ctx)
  const { standing, ...others } = query
  const where = conditionsOf(ctx, query)
  if (query.cursor) {
    const [dutyId] = decodeCursor(query.cursor, 'uuid')
    where.push(
      sql`(d.area_path, d.clause_order, d.valid_from, d.duty_id) > (SELECT l.area_path, l.clause_order, l.valid_from, l.duty_id FROM cases.duty l WHERE l.duty_id = ${dutyId})`,
    )
  }
  const rows = await ctx.rows(sql<StoredDuty>`${selectDuties} WHERE ${sqlAnd(where)} ORDER BY ${dutyOrder} LIMIT ${query.limit + 1}`)
  const items = rows.slice(0, query.limit).map((row) => dutyRowOf(catalogue, row, today))
  const counted = await ctx.rows(sql<{ standing: DutyStanding; lines: number }>`
    SELECT d.standing, count(*)::int AS lines FROM ${namedDuties} WHERE ${sqlAnd(conditionsOf(ctx, others))} GROUP BY d.standing`)
  const linesOf = (one: DutyStanding): number => counted.find((row) => row.standing === one)?.lines ?? 0
  return {
    items,
    next: rows.length > query.limit ? encodeCursor(items.at(-1)!.dutyId) : null,
    on: query.on ?? today,
    counts: { basic: linesOf('basic'), cooperating: linesOf('cooperating'), withdrawn: linesOf('withdrawn') },
    proposed: await countProposed(ctx),
  }
}

export const dutyOrder: Statement = sql`d.area_path, d.clause_order, d.valid_from, d.duty_id`

/** What a filter asks of the lines `d`, their organization `o` and area `a`. */
export function conditionsOf(ctx: Ctx, { standing, on, ever, q, category, org, area }: DutyQuery): Statement[] {
  const where: Statement[] = [sql`true`]
  if (standing) where.push(sql`d.standing = ${standing}`)
  if (!ever) where.push(inForceOn(on ?? todayOf(ctx)))
  if (category) where.push(sql`d.category = ${category}`)
  if (org) where.push(sql`d.org_id = ${org}`)
  if (area) where.push(sql`starts_with((SELECT l.area_path FROM access.area l WHERE l.area_id = ${area}), d.area_path)`)
  if (q) {
    const words = sql`concat_ws(chr(1), d.clause_no, d.clause, d.document, o.name, a.name, array_to_string(d.words, chr(1)))`
    where.push(sql`strpos(base.search_form(${words}), base.search_form(${q})) > 0`)
  }
  return where
}

/** Null for a post that decides nothing of any place: unknown is not none. */
async function countProposed(ctx: Ctx): Promise<number | null> {
  const { reach } = ctx.actor
  if (reach === 'line' || reach === 'none' || reach === 'public') return null
  const { waiting } = await ctx.get(
    sql<{ waiting: number }>`SELECT count(*)::int AS waiting FROM cases.duty_change WHERE state = 'proposed'`,
  )
  return waiting
}

/** What the filters offer: places and organizations that the lists in sight name, whether their lines are in force or not. */
export async function dutyChoices(ctx: Ctx): Promise<Choices> {
  return ctx.get(sql<Choices>`
    WITH seen AS (SELECT DISTINCT a.area_id, a.area_path, a.name AS area_name, o.org_id, o.name AS org_name FROM ${namedDuties}),
      place AS (SELECT DISTINCT area_id, area_path, area_name FROM seen), unit AS (SELECT DISTINCT org_id, org_name FROM seen)
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('areaId', area_id, 'name', area_name) ORDER BY area_path), '[]') FROM place) AS areas,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('orgId', org_id, 'name', org_name) ORDER BY org_name), '[]') FROM unit) AS organizations`)
}
