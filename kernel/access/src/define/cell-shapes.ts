import { difference, intersection, union } from 'polyclip-ts'

/** Longitude and latitude in degrees, CGCS2000. */
export type Corner = readonly [lon: number, lat: number]
/** Closed: the last corner is the first. */
export type Ring = readonly Corner[]

/** GeoJSON geometry of an area: one piece, or several where a road or a river belongs to somebody else. */
export type Boundary =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }

/** Pieces with their holes, in whole units of 1e-7 degrees (a centimeter), so that shared edges are the same to the last digit. */
export type Shape = [number, number][][][]

type Walk = readonly (readonly [number, number])[]

export interface Position {
  readonly lon: number
  readonly lat: number
}

/** Less than this nobody can draw or see on a plan, and corners are kept to the centimeter: along a kilometer of shared edge that adds up. */
const ignoredSquareMeters = 1
const ignoredMeters = 0.05

const unitsPerDegree = 1e7
const toUnits = (degrees: number): number => Math.round(degrees * unitsPerDegree)
const metersPerUnitNorth = 110_540 / unitsPerDegree
const metersPerUnitEast = (lat: number): number => (111_320 * Math.cos((lat / unitsPerDegree) * (Math.PI / 180))) / unitsPerDegree

export function shapeOf(boundary: Boundary | null): Shape {
  if (!boundary) return []
  const pieces = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates
  return pieces.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [toUnits(lon), toUnits(lat)] as [number, number])))
}

/** The shape as it is kept: to the centimeter, without the crumbs that clipping leaves. Null when nothing is left. */
export function boundaryOf(shape: Shape): Boundary | null {
  const pieces = shape
    .filter(([outer]) => outer && !isCrumb(ringSquareMeters(outer), outer))
    .map((rings) => rings.filter((ring) => !isCrumb(ringSquareMeters(ring), ring)).map(ringOf))
  const [only] = pieces
  if (!only) return null
  return pieces.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: pieces }
}

/** Pieces that are left out as crumbs for being thin, though somebody could draw them. */
export const sliversOf = (shape: Shape): Shape =>
  shape.filter(([outer]) => {
    const size = outer ? ringSquareMeters(outer) : 0
    return outer && size >= ignoredSquareMeters && isCrumb(size, outer)
  })

const ringOf = (ring: Walk): Corner[] => ring.map(([x, y]) => [Math.round(x) / unitsPerDegree, Math.round(y) / unitsPerDegree])

type Clipping = (first: Shape, ...rest: Shape[]) => unknown

/** In units: as they are, to the centimeter, to ten. */
const grains = [0, 1, 10]

/** Some outlines whose corners lie closer than the library computes it cannot close; a little coarser it can, and what differs is a crumb. */
function clip(clipping: Clipping, [first, ...rest]: readonly [Shape, ...Shape[]]): Shape {
  for (const grain of grains) {
    try {
      return clipping(rounded(first, grain), ...rest.map((shape) => rounded(shape, grain))) as Shape
    } catch (error) {
      if (grain === grains.at(-1)) throw error
    }
  }
  return first
}

const rounded = (shape: Shape, grain: number): Shape =>
  grain === 0
    ? shape
    : shape.map((rings) =>
        rings.map((ring) => ring.map(([x, y]) => [Math.round(x / grain) * grain, Math.round(y / grain) * grain] as [number, number])),
      )

export const common = (a: Shape, b: Shape): Shape => (a.length === 0 || b.length === 0 ? [] : clip(intersection as Clipping, [a, b]))
export const joined = (shapes: readonly Shape[]): Shape => {
  const [first, ...rest] = shapes.filter((shape) => shape.length > 0)
  return first ? clip(union as Clipping, [first, ...rest]) : []
}
export const without = (shape: Shape, others: readonly Shape[]): Shape => {
  const cut = others.filter((other) => other.length > 0)
  return shape.length === 0 || cut.length === 0 ? shape : clip(difference as Clipping, [shape, ...cut])
}

/** Holes count against the piece they are in. */
export function squareMeters(shape: Shape): number {
  return shape.reduce((sum, [outer, ...holes]) => {
    const hole = holes.reduce((all, ring) => all + ringSquareMeters(ring), 0)
    return sum + (outer ? ringSquareMeters(outer) : 0) - hole
  }, 0)
}

function ringSquareMeters(ring: Walk): number {
  return Math.abs(signedUnits(ring)) * metersPerUnitNorth * metersPerUnitEast(ring[0]?.[1] ?? 0)
}

/** So small, or so thin along the way around it, that it is nothing but rounding. */
const isCrumb = (size: number, ring: Walk): boolean => size < Math.max(ignoredSquareMeters, (ignoredMeters * lengthOf(ring)) / 2)

function lengthOf(ring: Walk): number {
  const east = metersPerUnitEast(ring[0]?.[1] ?? 0)
  return ring.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot((x - ring[i]![0]) * east, (y - ring[i]![1]) * metersPerUnitNorth), 0)
}

/** Around the first corner, for products of whole degrees would cost the last digits. */
function signedUnits(ring: Walk): number {
  const [x0, y0] = ring[0] ?? [0, 0]
  let twice = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[i + 1]!
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
  }
  return twice / 2
}

/**
 * Whether an outline crosses itself, or encloses nothing. A ring that crosses itself goes around some of its ground the other way or twice:
 * what it measures as a walk is less or more than what lies inside of it.
 */
export function isTangled(boundary: Boundary): boolean {
  const shape = shapeOf(boundary)
  const outline = shape.flat(2)
  const isBad = shape.flat().some((ring) => {
    const walked = ringSquareMeters(ring)
    return isCrumb(walked, ring) || !isCrumb(Math.abs(squareMeters(joined([[[ring]]])) - walked), ring)
  })
  return isBad || !isCrumb(Math.abs(squareMeters(joined(shape.map((piece) => [piece]))) - squareMeters(shape)), outline)
}

/** Whether a position lies inside. Of two shapes that share an edge, a position on that edge lies in one. */
export function holds(shape: Shape, { lon, lat }: Position): boolean {
  const [x, y] = [toUnits(lon), toUnits(lat)]
  return shape.some((rings) => rings.reduce((isIn, ring) => (isInRing(ring, x, y) ? !isIn : isIn), false))
}

function isInRing(ring: Walk, x: number, y: number): boolean {
  let isIn = false
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[i + 1]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn
  }
  return isIn
}

/** The ground that is nearer to a point than to any of the others, inside of a shape. */
export function groundNearest(point: Position, others: readonly Position[], within: Shape): Shape {
  const east = metersPerUnitEast(toUnits(point.lat)) / metersPerUnitNorth
  // In units of latitude on both axes, so that halfway is halfway.
  const flat = ({ lon, lat }: Position): [number, number] => [toUnits(lon) * east, toUnits(lat)]
  const corners = within.flatMap((rings) => rings[0]!.map(([x, y]) => [x * east, y] as [number, number]))
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const [left, right, bottom, top] = [Math.min(...xs) - 1, Math.max(...xs) + 1, Math.min(...ys) - 1, Math.max(...ys) + 1]
  let ground: [number, number][] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ]
  const [px, py] = flat(point)
  for (const other of others) {
    const [qx, qy] = flat(other)
    if (qx !== px || qy !== py) ground = nearerHalf(ground, [px, py], [qx, qy])
  }
  if (ground.length < 3) return []
  const ring = [...ground, ground[0]!].map(([x, y]) => [Math.round(x / east), Math.round(y)] as [number, number])
  return common([[ring]], within)
}

/** The part of a convex polygon that is nearer to `p` than to `q`. */
function nearerHalf(polygon: readonly [number, number][], p: [number, number], q: [number, number]): [number, number][] {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
  const middle = ((p[0] + q[0]) / 2) * dx + ((p[1] + q[1]) / 2) * dy
  const beyond = ([x, y]: readonly [number, number]): number => x * dx + y * dy - middle
  return polygon.flatMap((here, i) => {
    const next = polygon[(i + 1) % polygon.length]!
    const [a, b] = [beyond(here), beyond(next)]
    const kept = a <= 0 ? [here] : []
    if (a <= 0 === b <= 0) return kept
    const share = a / (a - b)
    return [...kept, [here[0] + (next[0] - here[0]) * share, here[1] + (next[1] - here[1]) * share] as [number, number]]
  })
}
