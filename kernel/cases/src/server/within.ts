import { placeInside } from '@linli/access/server'
import { type Ctx, type Statement, sql } from '@linli/base/server'

/** The files `f` of an area inside of the acting post's own: for a list that is narrowed and else stays what it is. */
export async function filesInside(ctx: Ctx, areaId: string): Promise<Statement> {
  const { level, area_path } = await placeInside(ctx, areaId)
  switch (level) {
    case 'cell':
      return sql`f.cell_id = ${areaId}`
    case 'community':
      return sql`f.community_id = ${areaId}`
    case 'township':
      return sql`f.township_id = ${areaId}`
    case 'county':
      return sql`f.county_id = ${areaId}`
    default:
      return sql`starts_with(f.area_path, ${area_path})`
  }
}
