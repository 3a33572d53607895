import { AccountError } from '@linli/access/server'
import { type Actor, type Ctx, type Reach, sql } from '@linli/base/server'

/** Posts that see a place as a whole. One of a line sees files, not places: a narrower place would show it more. */
const territories: ReadonlySet<Reach> = new Set(['cell', 'community', 'township', 'county', 'prefecture', 'province'])

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
  const area = await ctx.find(sql<PlaceRow>`SELECT area_id, area_path, level FROM access.area WHERE area_id = ${areaId}::uuid`)
  if (!area || !actor.areaPath || !territories.has(actor.reach) || !area.area_path.startsWith(actor.areaPath)) {
    throw AccountError('area_forbidden', { detail: '这个地方不在您的辖区', fields: [{ path: 'area', message: '请选本辖区的地方' }] })
  }
  const narrowed: Actor = { ...actor, reach: area.level, areaId: area.area_id, areaPath: area.area_path }
  return ctx.as(narrowed, work)
}
