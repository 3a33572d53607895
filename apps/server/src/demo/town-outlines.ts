import slice from './county-slice.json' with { type: 'json' }
import { type CommunityPlan, communityPlans, drawCommunity, round, toLonLat } from './town-places.ts'

/** Meters east and north of the middle of the county. */
type Point = readonly [x: number, y: number]
type Ring = Point[]
export interface DrawnArea {
  boundary: { type: 'Polygon'; coordinates: [number, number][][] }
  center: { lon: number; lat: number }
}

const middle = { lon: 103.488, lat: 30.218 }
const eastPerDegree = 111_320 * Math.cos((middle.lat * Math.PI) / 180)
const toPoint = ([lon, lat]: readonly [number, number]): Point => [(lon - middle.lon) * eastPerDegree, (lat - middle.lat) * 110_540]
const toDegrees = ([x, y]: Point): [number, number] => [round(middle.lon + x / eastPerDegree, 5), round(middle.lat + y / 110_540, 5)]

/** Where each township has its middle. The shapes around them are invented: names are those of the county, its ground is not. */
const seats: Readonly<Record<string, readonly [number, number]>> = {
  '510131001': [103.513, 30.199],
  '510131002': [103.592, 30.252],
  '510131101': [103.583, 30.158],
  '510131103': [103.468, 30.132],
  '510131104': [103.428, 30.266],
  '510131105': [103.352, 30.238],
  '510131106': [103.512, 30.296],
  '510131107': [103.388, 30.165],
}

/** The county, its townships and their communities as outlines that share their edges. The communities in use keep their own plans, as holes in a neighbor. */
export function drawCounty(): { county: DrawnArea; areas: ReadonlyMap<string, DrawnArea> } {
  const county = countyRing()
  const areas = new Map<string, DrawnArea>()
  const townships = slice.townships.map(({ code }) => toPoint(seats[code]!))
  for (const [at, { code, communities }] of slice.townships.entries()) {
    const ring = wander(shareOf(county, townships, at), { from: 2500, step: 650, sway: 0.07 })
    areas.set(code, drawn(ring, townships[at]!))
    const plans = Object.values(communityPlans).filter((plan) => plan.code.startsWith(code))
    const names = communities.map(([community]) => community!).filter((community) => plans.every((plan) => plan.code !== community))
    const sites = spread(ring, names.length, plans)
    for (const [n, community] of names.entries()) {
      const holes = n === 0 ? plans.map((plan) => drawCommunity(plan).coordinates[0]!) : []
      areas.set(community, drawn(wander(shareOf(ring, sites, n), { from: 1000, step: 450, sway: 0.06 }), sites[n]!, holes))
    }
  }
  return { county: drawn(county, [0, 0]), areas }
}

const drawn = (ring: Ring, [x, y]: Point, holes: [number, number][][] = []): DrawnArea => {
  const outer = ring.map(toDegrees)
  const [lon, lat] = toDegrees([x, y])
  return { boundary: { type: 'Polygon', coordinates: [[...outer, outer[0]!], ...holes] }, center: { lon, lat } }
}

function countyRing(): Ring {
  return Array.from({ length: 128 }, (_, n) => {
    const turn = (n / 128) * 2 * Math.PI
    const swell =
      1 +
      0.09 * Math.sin(3 * turn + 0.7) +
      0.05 * Math.sin(5 * turn + 2) +
      0.025 * Math.sin(11 * turn) +
      0.014 * Math.sin(17 * turn + 1) +
      0.006 * Math.sin(41 * turn)
    return [Math.cos(turn) * 15_200 * swell, Math.sin(turn) * 11_800 * swell] as const
  })
}

/** The part of a ring that lies nearer to one site than to any other. */
function shareOf(ring: Ring, sites: readonly Point[], at: number): Ring {
  const own = sites[at]!
  return sites.reduce((share, other, n) => (n === at ? share : nearerPart(share, own, other)), ring)
}

function nearerPart(ring: Ring, own: Point, other: Point): Ring {
  const lead = (point: Point): number => distance2(point, other) - distance2(point, own)
  return ring.flatMap((point, n) => {
    const next = ring[(n + 1) % ring.length]!
    const [here, there] = [lead(point), lead(next)]
    const kept: Ring = here >= 0 ? [point] : []
    if (here >= 0 === there >= 0) return kept
    const share = here / (here - there)
    return [...kept, [point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share]]
  })
}

const distance2 = ([ax, ay]: Point, [bx, by]: Point): number => (ax - bx) ** 2 + (ay - by) ** 2

/** Long straight edges wind a little, as brooks and field paths do; both neighbors of an edge get the same bends. */
function wander(ring: Ring, { from, step, sway }: { from: number; step: number; sway: number }): Ring {
  return ring.flatMap((point, n) => {
    const next = ring[(n + 1) % ring.length]!
    const length = Math.sqrt(distance2(point, next))
    if (length < from) return [point]
    const isForward = point[0] + point[1] / 7 < next[0] + next[1] / 7
    const [a, b] = isForward ? [point, next] : [next, point]
    const phase = Math.round((a[0] + b[0]) / 40) * 0.37 + Math.round((a[1] + b[1]) / 40) * 0.61
    const count = Math.floor(length / step)
    const bends = Array.from({ length: count }, (_, i): Point => {
      const t = (i + 1) / (count + 1)
      const side = length * sway * Math.sin(Math.PI * t) * (0.6 * Math.sin(phase + 5 * t) + 0.4 * Math.sin(2 * phase + 13 * t))
      const [dx, dy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
      return [a[0] + (b[0] - a[0]) * t - dy * side, a[1] + (b[1] - a[1]) * t + dx * side]
    })
    return [point, ...(isForward ? bends : bends.reverse())]
  })
}

/** Sites spread evenly over a township. The first one is where the plans in use lie, and the others keep away from it, so that the plans lie within its share. */
function spread(ring: Ring, count: number, plans: readonly CommunityPlan[]): Point[] {
  const corners = plans.flatMap((plan) => [toLonLat(plan, 0, 0), toLonLat(plan, plan.width, plan.height)]).map(toPoint)
  const anchor = corners.length > 0 ? middleOf(corners) : undefined
  const apart = anchor ? 2.3 * Math.max(...corners.map((corner) => Math.sqrt(distance2(corner, anchor)))) : 0
  const start = anchor ?? middleOf(ring)
  const reach = Math.min(...ring.map((corner) => Math.sqrt(distance2(corner, start)))) * 0.9
  let sites = Array.from({ length: count }, (_, n): Point => {
    const [turn, out] = [n * 2.399963, reach * Math.sqrt(n / count)]
    return [start[0] + Math.cos(turn) * out, start[1] + Math.sin(turn) * out]
  })
  for (let round = 0; round < 12; round++) {
    sites = sites.map((site, n) => {
      if (anchor && n === 0) return site
      const share = shareOf(ring, sites, n)
      return away(share.length > 2 ? centerOf(share) : site, anchor, apart)
    })
  }
  return sites
}

function away(site: Point, anchor: Point | undefined, apart: number): Point {
  const far = anchor ? Math.sqrt(distance2(site, anchor)) : apart
  if (!anchor || far >= apart) return site
  return [anchor[0] + ((site[0] - anchor[0]) * apart) / far, anchor[1] + ((site[1] - anchor[1]) * apart) / far]
}

function middleOf(points: readonly Point[]): Point {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
}

/** Center of gravity. */
function centerOf(ring: Ring): Point {
  let [area, x, y] = [0, 0, 0]
  for (const [n, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[(n + 1) % ring.length]!
    const cross = ax * by - bx * ay
    area += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x / (3 * area), y / (3 * area)]
}
