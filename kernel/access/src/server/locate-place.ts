import { type Ctx, sql } from '@linli/base/server'
import type { CellPlan, PlanBuilding } from '../define/cell-plan.ts'
import { holds, shapeOf } from '../define/cell-shapes.ts'
import { findArea, type Place, placeFrom } from './find-area.ts'
import type { Whereabouts } from './handover-slot.ts'
import { getCommunity, readPlan } from './read-plan.ts'

/**
 * Which cell of a plan a place lies in: that of the building it names, else the one its point is drawn in, else the one it counted to.
 * A building is named where the words begin with its name: "东门巷 2 号 3 单元". The longer name wins, for 1 is the beginning of 12.
 */
export function locator(plan: CellPlan, restTo: ReadonlyMap<string, string>): (place: Whereabouts) => string {
  const drawn = plan.cells.map(({ cellId, boundary }) => ({ cellId, shape: shapeOf(boundary) }))
  const named = [...plan.buildings].sort((a, b) => plain(b.name).length - plain(a.name).length)
  return ({ cellId, words, position }) => {
    const building = words && named.find((one) => isNamedBy(one, plain(words)))
    if (building) return building.cellId
    const inside = position && drawn.find(({ shape }) => holds(shape, position))
    if (inside) return inside.cellId
    return restTo.get(cellId) ?? cellId
  }
}

/** Where a place lies in its community as it is divided now; a cell that is no more gives what it had to its
 * successor. Undefined where nothing was ever changed. As the system. */
export async function locateNow(system: Ctx, communityId: string, place: Whereabouts): Promise<Place | undefined> {
  const changed = await system.find(sql`SELECT 1 AS here FROM access.cell_change WHERE community_id = ${communityId}::uuid LIMIT 1`)
  if (!changed) return undefined
  const plan = await readPlan(system, await getCommunity(system, communityId))
  const heir = plan.cells.some(({ cellId }) => cellId === place.cellId) ? undefined : await heirOf(system, place.cellId)
  const cellId = locator(plan, new Map(heir ? [[place.cellId, heir]] : []))(place)
  const area = plan.cells.some((cell) => cell.cellId === cellId) ? await findArea(system, cellId) : undefined
  return area && placeFrom(area)
}

async function heirOf(system: Ctx, cellId: string): Promise<string | undefined> {
  const row = await system.find(sql<{ area_id: string }>`
    WITH RECURSIVE heir AS (
      SELECT new_area_id AS area_id, 1 AS steps FROM access.area_successor WHERE old_area_id = ${cellId}::uuid
      UNION ALL SELECT s.new_area_id, heir.steps + 1 FROM heir JOIN access.area_successor s ON s.old_area_id = heir.area_id WHERE heir.steps < 50
    )
    SELECT area_id FROM heir JOIN access.area USING (area_id) WHERE valid_to IS NULL ORDER BY steps LIMIT 1`)
  return row?.area_id
}

/** "东门巷2号楼" is meant by "东门巷 2 号楼 3 单元", and not by "东门巷 2 号楼1" of a longer number. */
function isNamedBy({ name }: PlanBuilding, words: string): boolean {
  const own = plain(name)
  return words.startsWith(own) && !(/\d$/.test(own) && /^\d/.test(words.slice(own.length)))
}

const plain = (text: string): string => text.replaceAll(/\s+/g, '')
