import { accountsMeant, asPlatform } from '@linli/access/server'
import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, decodeCursor, encodeCursor, type ListSource, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { z } from 'zod'
import type { countLooks as figures, Look, LookFilter } from '../contract/look.ts'

interface LookRow extends Omit<Look, 'at'> {
  at: Date
}

const pageSize = 50
const daysBack = 14

const lookOrder: Statement = sql`v.viewed_at DESC, v.view_id DESC`

const selectLooks = (views: Statement): Statement<LookRow> => sql<LookRow>`
  SELECT v.view_id AS "viewId", v.viewed_at AS at, v.kind, v.fields, v.reason, v.account_id AS "accountId", coalesce(a.display_name, v.by_name) AS "accountName",
    r.name AS "roleName", r.name_en AS "roleNameEn", o.name AS "orgName", v.person_id AS "personId", coalesce(p.masked ->> 'name', '') AS name, c.name AS community
  FROM (${views}) v JOIN registry.person p USING (person_id) JOIN access.area c ON c.area_id = p.community_id
    LEFT JOIN access.account a ON a.account_id = v.account_id LEFT JOIN access.organization o ON o.org_id = v.org_id
    LEFT JOIN access.post t ON t.post_id = v.post_id LEFT JOIN access.role r ON r.role_key = t.role_key
  ORDER BY ${lookOrder}`

/** Every look at the files of the administrator's county, the latest first. Reading it is on the trail as well. */
export async function listLooks(
  ctx: Ctx,
  { cursor, ...filter }: LookFilter & { cursor?: string | undefined },
): Promise<{ items: Look[]; next: string | null }> {
  const { from, where } = await looksSource(ctx, filter)
  const conditions = [where]
  if (cursor) {
    const [at, id] = decodeCursor(cursor, 'instant', 'uuid')
    conditions.push(sql`(v.viewed_at, v.view_id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  noteReading(ctx, filter)
  return asPlatform(ctx, async (system) => {
    const rows = await system.rows(
      selectLooks(sql`SELECT v.* FROM ${from} WHERE ${sqlAnd(conditions)} ORDER BY ${lookOrder} LIMIT ${pageSize + 1}`),
    )
    const last = rows.length > pageSize ? rows[pageSize - 1] : undefined
    return { items: rows.slice(0, pageSize).map(lookOf), next: last ? encodeCursor(last.at.toISOString(), last.viewId) : null }
  })
}

/** How often files were opened and values looked at, day by day, the latest first; a day without any is none. */
export async function countLooks(ctx: Ctx, filter: Pick<LookFilter, 'account' | 'person'>): Promise<z.output<typeof figures.result>> {
  const { from, where } = await looksSource(ctx, filter)
  const first = dayOf(ctx.now.getTime()) - (daysBack - 1)
  noteReading(ctx, filter)
  const rows = await asPlatform(ctx, (system) =>
    system.rows(sql<{ day: string; kind: Look['kind']; looks: number }>`
      SELECT (v.viewed_at AT TIME ZONE 'Asia/Shanghai')::date::text AS day, v.kind, count(*)::int AS looks FROM ${from}
      WHERE ${where} AND v.viewed_at >= ${startOf(formatDay(first))} GROUP BY 1, 2`),
  )
  const found = new Map(rows.map(({ day, kind, looks }) => [`${day} ${kind}`, looks]))
  const days = Array.from({ length: daysBack }, (_, back) => formatDay(first + daysBack - 1 - back))
  return {
    days: days.map((day) => ({ day, profile: found.get(`${day} profile`) ?? 0, reveal: found.get(`${day} reveal`) ?? 0 })),
    asOf: ctx.now.toISOString(),
  }
}

/** The looks that a filter means, of the county of whoever asks; to be read by the platform, for an administrator sees no person. */
export async function looksSource(ctx: Ctx, { account, person, day, kind }: LookFilter): Promise<ListSource> {
  const conditions = [ctx.actor.areaPath === null ? sql`false` : sql`starts_with(f.area_path, ${ctx.actor.areaPath})`]
  if (account) conditions.push(sql`v.account_id = ANY (${await accountsMeant(ctx, account)}::uuid[])`)
  if (person) conditions.push(sql`v.person_id = ${person}::uuid`)
  if (day) conditions.push(sql`v.viewed_at >= ${startOf(day)} AND v.viewed_at < ${startOf(day)} + interval '1 day'`)
  if (kind) conditions.push(sql`v.kind = ${kind}`)
  return {
    id: sql`v.view_id`,
    from: sql`registry.person_view v JOIN registry.person f USING (person_id)`,
    where: sqlAnd(conditions),
    orderBy: lookOrder,
  }
}

/** These looks, for a file. */
export const loadLooks = (ctx: Ctx, ids: readonly string[]): Promise<Look[]> =>
  asPlatform(ctx, async (system) => {
    const rows = await system.rows(selectLooks(sql`SELECT * FROM registry.person_view WHERE view_id = ANY (${ids}::uuid[])`))
    return rows.map(lookOf)
  })

const startOf = (day: string): Statement => sql`(${`${day}T00:00:00+08:00`}::timestamptz)`

const lookOf = ({ at, ...row }: LookRow): Look => ({ ...row, at: at.toISOString() })

function noteReading(ctx: Ctx, filter: LookFilter): void {
  const by = Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [key]))
  ctx.audit({ action: 'registry.looks_read', subjectKind: 'audit', detail: { by } })
}
