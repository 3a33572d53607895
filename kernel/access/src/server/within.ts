import { type Actor, type Ctx, type Reach, sql } from '@linli/base/server'
import { AccountError } from './account-error.ts'

/** Posts that see a place as a whole. One of a line sees files, not places: a narrower place would show it more. */
const territories: ReadonlySet<Reach> = new Set(['cell', 'community', 'township', 'county', 'prefecture', 'province'])
export const isTerritory = ({ reach }: Actor): boolean => territories.has(reach)

interface PlaceRow {
  area_id: string
  area_path: string
  level: Extract<Reach, 'cell' | 'community' | 'township' | 'county' | 'prefecture' | 'province'>
}

/**
 * Work as the acting post, but for one area inside of its own, as if its post were there: the same figures and lists, under the policies
 * of that area. Without an area, or with the own one, as the post is.
 */
export async function within<T>(ctx: Ctx, areaId: string | undefined, work: (narrowed: Ctx) => Promise<T>): Promise<T> {
  const { actor } = ctx
  if (areaId === undefined || areaId === actor.areaId) return work(ctx)
  if (!territories.has(actor.reach)) throw outside()
  const area = await placeInside(ctx, areaId)
  const narrowed: Actor = { ...actor, reach: area.level, areaId: area.area_id, areaPath: area.area_path }
  return ctx.as(narrowed, work)
}

/** The area, where it lies inside of the acting post's own. */
export async function placeInside(ctx: Ctx, areaId: string | null): Promise<PlaceRow> {
  const area =
    areaId === null
      ? undefined
      : await ctx.find(sql<PlaceRow>`SELECT area_id, area_path, level FROM access.area WHERE area_id = ${areaId}::uuid`)
  if (!area || !ctx.actor.areaPath || !area.area_path.startsWith(ctx.actor.areaPath)) throw outside()
  return area
}

const outside = () =>
  AccountError('area_forbidden', { detail: '这个地方不在您的辖区', fields: [{ path: 'area', message: '请选本辖区的地方' }] })
