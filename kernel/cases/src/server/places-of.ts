import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { z } from 'zod'
import type { Place as contract } from '../contract/overview.ts'

export type Place = z.infer<typeof contract>

const place: Statement = sql`a.area_id AS "areaId", a.name, a.level, a.code`

/** The area, those above it as far as the post's own, and those below in force. */
export async function placesOf(ctx: Ctx, ownPath: string): Promise<{ area: Place; above: Place[]; areas: Place[] }> {
  const path = ctx.actor.areaPath ?? ''
  const ids = path.split('/').filter(Boolean).map(Number)
  const line = await ctx.rows(sql<Place>`
    SELECT ${place} FROM access.area a WHERE a.short_id = ANY (${ids}::bigint[]) AND starts_with(a.area_path, ${ownPath}) ORDER BY length(a.area_path)`)
  const area = line.at(-1)
  if (!area) throw new Error(`no area at ${path}`)
  const below =
    area.level === 'province' ? sql`a.level = 'county' AND starts_with(a.area_path, ${path})` : sql`a.parent_id = ${area.areaId}::uuid`
  const areas = await ctx.rows(
    sql<Place>`SELECT ${place} FROM access.area a WHERE ${below} AND a.valid_to IS NULL AND a.kind <> 'micro_cell' ORDER BY a.code`,
  )
  return { area, above: line.slice(0, -1), areas }
}

export function namesOf(ctx: Ctx, areaIds: readonly string[]): Promise<Place[]> {
  return ctx.rows(sql<Place>`SELECT ${place} FROM access.area a WHERE a.area_id = ANY (${areaIds}::uuid[]) ORDER BY a.code`)
}
