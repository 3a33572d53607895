import { type Ctx, sql } from '@linli/base/server'
import type { CellPlan, PlanBuilding, PlanCell } from '../define/cell-plan.ts'
import type { Boundary } from '../define/cell-shapes.ts'
import { AccountError } from './account-error.ts'
import { type AreaRow, findArea } from './find-area.ts'

export interface CurrentCell extends PlanCell {
  readonly code: string
  readonly validFrom: string
  readonly areaPath: string
  readonly hasMicroCells: boolean
}

/** A community as it is divided now. */
export interface CurrentPlan extends CellPlan {
  readonly community: AreaRow
  readonly cells: readonly CurrentCell[]
  /** How often its cells were changed. */
  readonly version: number
}

const byName = new Intl.Collator('zh-CN', { numeric: true })

/** The community of this id, when it is one. */
export async function getCommunity(ctx: Ctx, communityId: string): Promise<AreaRow> {
  const community = await findArea(ctx, communityId)
  if (community?.level !== 'community') throw AccountError('area_unknown', { detail: '没有这个社区（村）' })
  return community
}

export async function readPlan(ctx: Ctx, community: AreaRow): Promise<CurrentPlan> {
  const { areaId } = community
  const { outline, version } = await ctx.get(sql<{ outline: Boundary | null; version: number }>`
    SELECT a.boundary AS outline, (SELECT coalesce(max(c.version), 0) FROM access.cell_change c WHERE c.community_id = a.area_id) AS version
    FROM access.area a WHERE a.area_id = ${areaId}::uuid`)
  const cells = await ctx.rows(sql<CurrentCell>`
    SELECT a.area_id AS "cellId", a.code, a.name, a.boundary, a.valid_from AS "validFrom", a.area_path AS "areaPath",
      EXISTS (SELECT FROM access.area micro WHERE micro.parent_id = a.area_id AND micro.valid_to IS NULL) AS "hasMicroCells"
    FROM access.area a WHERE a.parent_id = ${areaId}::uuid AND a.level = 'cell' AND a.valid_to IS NULL ORDER BY a.code`)
  const buildings = await ctx.rows(sql<PlanBuilding>`
    SELECT building_id AS "buildingId", cell_id AS "cellId", name, lon, lat FROM access.building WHERE community_id = ${areaId}::uuid`)
  return { community, outline, version, cells, buildings: buildings.sort((a, b) => byName.compare(a.name, b.name)) }
}

/** The plan of the community of this id. */
export const readCommunityPlan = async (ctx: Ctx, communityId: string): Promise<CurrentPlan> =>
  readPlan(ctx, await getCommunity(ctx, communityId))
