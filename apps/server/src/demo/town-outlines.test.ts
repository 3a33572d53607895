import { expect, test } from 'vitest'
import slice from './county-slice.json' with { type: 'json' }
import { drawCounty } from './town-outlines.ts'
import { communityPlans, drawCommunity } from './town-places.ts'

type Ring = readonly (readonly [number, number])[]
const { county, areas } = drawCounty()

function isInside([x, y]: readonly [number, number], rings: readonly Ring[]): boolean {
  let inside = false
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!]
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
    }
  return inside
}

const squareDegrees = (rings: readonly Ring[]): number =>
  rings.reduce((sum, ring, n) => {
    const area = Math.abs(ring.slice(1).reduce((part, [x, y], i) => part + ring[i]![0] * y - x * ring[i]![1], 0)) / 2
    return n === 0 ? sum + area : sum - area
  }, 0)

test('every township and every community without a plan of its own has a closed outline around its middle', () => {
  const planned = new Set(Object.values(communityPlans).map(({ code }) => code))
  const codes = slice.townships.flatMap(({ code, communities }) => [code, ...communities.map(([community]) => community!)])
  for (const code of codes.filter((one) => !planned.has(one))) {
    const { boundary, center } = areas.get(code)!
    for (const ring of boundary.coordinates) expect(ring[0]).toEqual(ring.at(-1))
    expect(isInside([center.lon, center.lat], [boundary.coordinates[0]!]), code).toBe(true)
  }
})

test('townships share out the county and communities their township, without gaps and without overlaps', () => {
  const whole = squareDegrees(county.boundary.coordinates)
  const townships = slice.townships.map(({ code }) => squareDegrees(areas.get(code)!.boundary.coordinates))
  expect(townships.reduce((sum, part) => sum + part, 0) / whole).toBeCloseTo(1, 2)
  for (const { code, communities } of slice.townships) {
    const plans = Object.values(communityPlans).filter((plan) => plan.code.startsWith(code))
    const parts = [
      ...communities.flatMap(([community]) =>
        areas.get(community!)?.boundary.coordinates.length ? [areas.get(community!)!.boundary.coordinates] : [],
      ),
      ...plans.map((plan) => drawCommunity(plan).coordinates),
    ]
    const sum = parts.reduce((total, rings) => total + squareDegrees(rings), 0)
    expect(sum / squareDegrees(areas.get(code)!.boundary.coordinates), code).toBeCloseTo(1, 2)
  }
})

test('a community in use lies wholly in one neighbor, which leaves it out', () => {
  for (const plan of Object.values(communityPlans)) {
    const corners = drawCommunity(plan).coordinates[0]!
    const around = [...areas].filter(
      ([code, { boundary }]) => code.length === 12 && corners.every((corner) => isInside(corner, [boundary.coordinates[0]!])),
    )
    expect(around).toHaveLength(1)
    const [middle] = [
      corners.reduce(([x, y], [cx, cy]) => [x + cx / corners.length, y + cy / corners.length] as [number, number], [0, 0] as [
        number,
        number,
      ]),
    ]
    expect(isInside(middle, around[0]![1].boundary.coordinates)).toBe(false)
  }
})
