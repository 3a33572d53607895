/** Longitude and latitude in degrees (CGCS2000, which is WGS 84 to within centimeters). */
export interface Position {
  lon: number
  lat: number
}

/** Meters east and south of the origin of a plan: y grows downwards, as in SVG. */
export interface Point {
  x: number
  y: number
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const metersPerLat = 110_540
const metersPerLon = (lat: number): number => 111_320 * Math.cos((lat * Math.PI) / 180)

/** Flat meters around an origin: good to centimeters within a community. */
export interface Projection {
  toPoint(position: Position): Point
  toPosition(point: Point): Position
}

export function projectionAround(origin: Position): Projection {
  const east = metersPerLon(origin.lat)
  return {
    toPoint: ({ lon, lat }) => ({ x: (lon - origin.lon) * east, y: (origin.lat - lat) * metersPerLat }),
    toPosition: ({ x, y }) => ({ lon: round(origin.lon + x / east), lat: round(origin.lat - y / metersPerLat) }),
  }
}

/** Seven decimals are a centimeter; more would be noise in a request. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7

export function metersBetween(a: Position, b: Position): number {
  const { x, y } = projectionAround(a).toPoint(b)
  return Math.hypot(x, y)
}

/** The smallest box around points, with a margin in meters. */
export function boxAround(points: readonly Point[], margin: number): Box {
  const xs = points.map((p) => p.x)
  const ys = points.map((p) => p.y)
  const left = Math.min(...xs) - margin
  const top = Math.min(...ys) - margin
  return { x: left, y: top, width: Math.max(...xs) + margin - left, height: Math.max(...ys) + margin - top }
}

/** The box grown on one axis so that it has the wanted shape, its middle kept. */
export function shapeBox(box: Box, widthToHeight: number): Box {
  const { width, height } = box
  if (width / height < widthToHeight) {
    const wide = height * widthToHeight
    return { ...box, x: box.x - (wide - width) / 2, width: wide }
  }
  const high = width / widthToHeight
  return { ...box, y: box.y - (high - height) / 2, height: high }
}

export interface Building extends Position {
  buildingId: string
  name: string
}

export type Side = 'at' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw' | 'near'

/** The building next to a position and on which side of it: what a person would say at the spot. Undefined when all are farther than `farthest` meters. */
export function nearestBuilding<B extends Building>(
  buildings: readonly B[],
  position: Position,
  farthest = 400,
): { building: B; side: Side; meters: number } | undefined {
  let best: { building: B; meters: number } | undefined
  for (const building of buildings) {
    const meters = metersBetween(building, position)
    if (meters <= farthest && (!best || meters < best.meters)) best = { building, meters }
  }
  return best && { ...best, side: sideOf(best.building, position, best.meters) }
}

const compass: Side[] = ['e', 'se', 's', 'sw', 'w', 'nw', 'n', 'ne']

function sideOf(from: Position, to: Position, meters: number): Side {
  if (meters < 12) return 'at'
  if (meters > 70) return 'near'
  const { x, y } = projectionAround(from).toPoint(to)
  return compass[Math.round((Math.atan2(y, x) / Math.PI) * 4 + 8) % 8]!
}
