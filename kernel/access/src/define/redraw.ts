import { type CellPlan, groundOf, type PlanBuilding, type PlanCell } from './cell-plan.ts'
import {
  type Boundary,
  boundaryOf,
  common,
  groundNearest,
  holds,
  joined,
  type Ring,
  type Shape,
  shapeOf,
  sliversOf,
  without,
} from './cell-shapes.ts'

/** Buildings change hands by list; the ground around each goes along, so that drawing and list say the same. */
export function moveBuildings(plan: CellPlan, buildingIds: readonly string[], toCellId: string): CellPlan {
  return buildingIds.reduce((next, buildingId) => moveBuilding(next, buildingId, toCellId), plan)
}

function moveBuilding(plan: CellPlan, buildingId: string, toCellId: string): CellPlan {
  const building = plan.buildings.find((one) => one.buildingId === buildingId)
  if (!building || building.cellId === toCellId) return plan
  const buildings = plan.buildings.map((one) => (one === building ? { ...one, cellId: toCellId } : one))
  const moved = { ...plan, buildings }
  return isDrawn(plan) ? giveGround(moved, groundAround(plan, building, toCellId), toCellId) : moved
}

/** A community is drawn as soon as one of its cells is. */
const isDrawn = ({ cells }: CellPlan): boolean => cells.some(({ boundary }) => boundary !== null)

/** What lies nearest to a building, of the ground of its own cell and of what is nobody's; and where it is drawn in others too, that as well. */
function groundAround(plan: CellPlan, building: PlanBuilding, toCellId: string): Shape {
  const others = plan.buildings.filter((one) => one !== building)
  const ground = groundNearest(building, others, groundOf(plan))
  const kept = plan.cells.filter(({ cellId, boundary }) => {
    const isThirdParty = cellId !== building.cellId && cellId !== toCellId
    return isThirdParty && !holds(shapeOf(boundary), building)
  })
  return without(
    ground,
    kept.map(({ boundary }) => shapeOf(boundary)),
  )
}

/** One cell gets this ground and no other has any of it; slivers that the others would be left with go along, or they were nobody's. */
function giveGround(plan: CellPlan, ground: Shape, cellId: string): CellPlan {
  const left = new Map<string, Shape>()
  for (const { cellId: other, boundary } of plan.cells) {
    const own = shapeOf(boundary)
    if (other !== cellId && boundaryOf(common(own, ground))) left.set(other, without(own, [ground]))
  }
  const slivers = [...left.values()].flatMap(sliversOf)
  return mapCells(plan, (cell) => {
    if (cell.cellId === cellId) return boundaryOf(joined([shapeOf(cell.boundary), ground, slivers]))
    const rest = left.get(cell.cellId)
    // Who loses nothing keeps the very corners he had.
    return rest ? boundaryOf(rest) : cell.boundary
  })
}

const mapCells = (plan: CellPlan, boundaryFor: (cell: PlanCell) => Boundary | null): CellPlan => ({
  ...plan,
  cells: plan.cells.map((cell) => ({ ...cell, boundary: boundaryFor(cell) })),
})

/** The cell is no more: its buildings and its ground go to another one. */
export function endCell(plan: CellPlan, cellId: string, restTo: string): CellPlan {
  const ended = plan.cells.find((cell) => cell.cellId === cellId)
  if (!ended || cellId === restTo) return plan
  const left: CellPlan = {
    ...plan,
    cells: plan.cells.filter((cell) => cell !== ended),
    buildings: plan.buildings.map((building) => (building.cellId === cellId ? { ...building, cellId: restTo } : building)),
  }
  return ended.boundary ? giveGround(left, shapeOf(ended.boundary), restTo) : left
}

/** The cell becomes what was drawn, as far as it lies in the community; the others give what it takes. What it leaves is nobody's. */
export function drawCell(plan: CellPlan, cellId: string, ring: Ring): CellPlan {
  const drawn = shapeOf({ type: 'Polygon', coordinates: [ring] })
  const beyond = plan.outline ? without(drawn, [shapeOf(plan.outline)]) : []
  const ground = without(drawn, [beyond])
  const cleared = mapCells(plan, (cell) => (cell.cellId === cellId ? null : cell.boundary))
  return settleBuildings(giveGround(cleared, ground, cellId))
}

/** A building that is drawn in exactly one cell belongs to it; one drawn in none or in two stays where it was, to be looked at. */
export function settleBuildings(plan: CellPlan): CellPlan {
  const drawn = plan.cells.map(({ cellId, boundary }) => ({ cellId, shape: shapeOf(boundary) }))
  const buildings = plan.buildings.map((building) => {
    const inside = drawn.filter(({ shape }) => holds(shape, building))
    return inside.length === 1 && inside[0]!.cellId !== building.cellId ? { ...building, cellId: inside[0]!.cellId } : building
  })
  return { ...plan, buildings }
}
