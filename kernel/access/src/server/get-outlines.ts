import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { MapArea, Outlines } from '../contract/outlines.ts'
import { placeInside } from './within.ts'

interface OutlineRow extends Omit<MapArea, 'center'> {
  lon: number | null
  lat: number | null
}

const drawn: Statement = sql`a.area_id AS "areaId", a.name, a.level, a.code, a.boundary AS outline, a.center_lon AS lon, a.center_lat AS lat`
const mostBuildings = 2000

/** What a map of the area draws, for whoever's post it lies in; without one, of the post's own area. */
export async function getOutlines(ctx: Ctx, areaId: string | undefined, tiles: readonly string[]): Promise<Outlines> {
  const { areaPath: ownPath } = ctx.actor
  const { area_path: path, area_id: id } = await placeInside(ctx, areaId ?? ctx.actor.areaId)
  const area = await ctx.get(sql<OutlineRow>`SELECT ${drawn} FROM access.area a WHERE a.area_id = ${id}::uuid`)
  const shortIds = path.split('/').filter(Boolean).map(Number)
  return {
    area: mapArea(area),
    above: await ctx.rows(sql<{ areaId: string; name: string }>`
      SELECT a.area_id AS "areaId", a.name FROM access.area a
      WHERE a.short_id = ANY (${shortIds}::bigint[]) AND starts_with(a.area_path, ${ownPath}) AND a.area_id <> ${id}::uuid ORDER BY length(a.area_path)`),
    areas: (
      await ctx.rows(sql<OutlineRow>`
        SELECT ${drawn} FROM access.area a WHERE a.parent_id = ${id}::uuid AND a.valid_to IS NULL AND a.kind <> 'micro_cell' ORDER BY a.code`)
    ).map(mapArea),
    tiles: [...tiles],
    buildings: await listBuildingsOf(ctx, area),
  }
}

const mapArea = ({ lon, lat, ...area }: OutlineRow): MapArea => ({ ...area, center: lon === null || lat === null ? null : { lon, lat } })

async function listBuildingsOf(ctx: Ctx, { areaId, level }: OutlineRow): Promise<Outlines['buildings']> {
  if (level !== 'community' && level !== 'cell') return []
  const here = level === 'cell' ? sql`cell_id = ${areaId}::uuid` : sql`community_id = ${areaId}::uuid`
  return ctx.rows(sql<Outlines['buildings'][number]>`
    SELECT building_id AS "buildingId", name, lon, lat FROM access.building WHERE ${here} ORDER BY building_id LIMIT ${mostBuildings}`)
}
