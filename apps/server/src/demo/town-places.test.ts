import { appeals } from '@linli/scene-appeals/pack'
import { gridEvents } from '@linli/scene-grid-events/pack'
import { expect, test } from 'vitest'
import slice from './county-slice.json' with { type: 'json' }
import { duties } from './town-duties.ts'
import { offices } from './town-offices.ts'
import { people } from './town-people.ts'
import { communityPlans, drawCells, drawCommunity, placeCodes } from './town-places.ts'

function isInside([x, y]: readonly [number, number], ring: readonly (readonly [number, number])[]): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

test.each(Object.entries(communityPlans))('in the %s every building lies in its own cell and in no other', (_, plan) => {
  const cells = drawCells(plan)
  expect(cells).toHaveLength(4)
  for (const cell of cells) {
    expect(cell.buildings.length).toBeGreaterThanOrEqual(8)
    expect(cell.buildings.length).toBeLessThanOrEqual(20)
    for (const { lon, lat } of cell.buildings) {
      expect(cells.filter(({ boundary }) => isInside([lon, lat], boundary.coordinates[0]!)).map(({ name }) => name)).toEqual([cell.name])
      expect(isInside([lon, lat], drawCommunity(plan).coordinates[0]!)).toBe(true)
    }
  }
})

test('places in use are real divisions of the county', () => {
  const codes = new Set([
    slice.county[0],
    ...slice.townships.flatMap(({ code, communities }) => [code, ...communities.map(([community]) => community)]),
  ])
  expect(Object.values(placeCodes).filter((code) => !codes.has(code))).toEqual([])
})

test('every category has somebody who answers for it in the whole county or in every township in use', () => {
  for (const { key } of [...appeals.categories, ...gridEvents.categories]) {
    const held = duties.filter((duty) => duty.category === key && duty.standing === 'basic').map(({ area }) => area)
    expect(held.includes('county') || ['subdistrict', 'otherSubdistrict', 'town'].every((area) => held.includes(area as 'town')), key).toBe(
      true,
    )
  }
})

test('who is given duties has somebody to handle them', () => {
  const staffed = new Set(people.filter(({ role }) => /Clerk|Worker/.test(role)).map(({ office }) => office))
  expect(
    duties.filter(({ standing, office }) => standing !== 'withdrawn' && !staffed.has(office)).map(({ office }) => offices[office].name),
  ).toEqual([])
})
