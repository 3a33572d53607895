import {
  type Boundary,
  boundaryOf,
  common,
  holds,
  isTangled,
  joined,
  type Position,
  type Shape,
  shapeOf,
  squareMeters,
  without,
} from './cell-shapes.ts'

export interface PlanCell {
  readonly cellId: string
  readonly name: string
  /** Null where nobody drew it: then its list of buildings alone says what belongs to it. */
  readonly boundary: Boundary | null
}

export interface PlanBuilding extends Position {
  readonly buildingId: string
  readonly name: string
  readonly cellId: string
}

/** How a community is divided: its cells in force, and which building belongs to which of them. */
export interface CellPlan {
  readonly outline: Boundary | null
  readonly cells: readonly PlanCell[]
  readonly buildings: readonly PlanBuilding[]
}

/** What is wrong with a plan, or worth a look. Gaps are allowed (a pond belongs to nobody); everything else must be put right before it is carried out. */
export interface PlanFindings {
  /** Cells whose outline crosses itself or encloses nothing. */
  tangled: string[]
  overlaps: { cells: readonly [string, string]; squareMeters: number; boundary: Boundary }[]
  /** Cells that reach beyond the community. */
  outside: { cellId: string; squareMeters: number; boundary: Boundary }[]
  gaps: { squareMeters: number; boundary: Boundary; buildings: string[] }[]
  /** Buildings that are not drawn in exactly the one cell they belong to: in none, in another, or in two. */
  adrift: { buildingId: string; drawnIn: string[] }[]
}

interface DrawnCell {
  cellId: string
  shape: Shape
}

/** Each address belongs to exactly one cell: finds where a plan does not keep that. */
export function surveyPlan({ outline, cells, buildings }: CellPlan): PlanFindings {
  const drawn = cells.flatMap(({ cellId, boundary }): DrawnCell[] => (boundary ? [{ cellId, shape: shapeOf(boundary) }] : []))
  const tangled = cells.filter(({ boundary }) => boundary && isTangled(boundary)).map(({ cellId }) => cellId)
  const sound = drawn.filter(({ cellId }) => !tangled.includes(cellId))
  const whole = shapeOf(outline)
  return {
    tangled,
    overlaps: sound.flatMap((a, i) => sound.slice(i + 1).flatMap((b) => overlapOf(a, b))),
    outside: whole.length === 0 ? [] : sound.flatMap((cell) => outsideOf(cell, whole)),
    gaps: whole.length === 0 || sound.length === 0 || sound.length < cells.length ? [] : gapsIn(whole, sound, buildings),
    adrift: sound.length === 0 ? [] : buildings.flatMap((building) => driftOf(building, drawn)),
  }
}

/** Whether a plan may be carried out. */
export const isSound = ({ tangled, overlaps, outside, adrift }: PlanFindings): boolean =>
  tangled.length + overlaps.length + outside.length + adrift.length === 0

function overlapOf(a: DrawnCell, b: DrawnCell): PlanFindings['overlaps'] {
  return measured(common(a.shape, b.shape)).map((found) => ({ cells: [a.cellId, b.cellId], ...found }))
}

function outsideOf({ cellId, shape }: DrawnCell, whole: Shape): PlanFindings['outside'] {
  return measured(without(shape, [whole])).map((found) => ({ cellId, ...found }))
}

function gapsIn(whole: Shape, cells: readonly DrawnCell[], buildings: readonly PlanBuilding[]): PlanFindings['gaps'] {
  const left = without(
    whole,
    cells.map(({ shape }) => shape),
  )
  return left.flatMap((piece) =>
    measured([piece]).map((gap) => ({
      ...gap,
      buildings: buildings.filter((building) => holds([piece], building)).map(({ buildingId }) => buildingId),
    })),
  )
}

/** Crumbs of clipping are nothing. */
function measured(shape: Shape): { squareMeters: number; boundary: Boundary }[] {
  const boundary = boundaryOf(shape)
  return boundary ? [{ squareMeters: Math.round(squareMeters(shapeOf(boundary))), boundary }] : []
}

function driftOf(building: PlanBuilding, drawn: readonly DrawnCell[]): PlanFindings['adrift'] {
  const { buildingId, cellId } = building
  const drawnIn = drawn.filter(({ shape }) => holds(shape, building)).map((cell) => cell.cellId)
  const wanted = drawn.some((cell) => cell.cellId === cellId) ? [cellId] : []
  return drawnIn.length === wanted.length && drawnIn.every((id) => id === cellId) ? [] : [{ buildingId, drawnIn }]
}

/** The whole ground of a plan: its outline, or what its cells cover where nobody drew one. */
export function groundOf({ outline, cells }: CellPlan): Shape {
  return outline ? shapeOf(outline) : joined(cells.map(({ boundary }) => shapeOf(boundary)))
}
