import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTown, type Town } from '../testing/index.ts'
import { drawBoundaries } from './draw-boundaries.ts'

let db: TestDatabase
let town: Town
beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  town = await db.system((system) => aTown(system))
})
afterAll(() => db?.close())

const square = (west: number, more: [number, number][] = []) => ({
  type: 'Polygon',
  coordinates: [[[west, 32], [west + 0.1, 32], ...more, [west + 0.1, 32.1], [west, 32.1], [west, 32]]],
})
const draw = (code: string, geometry: unknown) => db.system((system) => drawBoundaries(system, [{ code, geometry }], 'county.geojson'))

test('an outline is drawn once, with its middle; the same again changes nothing', async () => {
  const { code, areaId } = town.areas.xingfu
  expect(await draw(code, square(118))).toEqual({ drawn: 1, same: 0, refused: [] })
  expect(await draw(code, square(118))).toEqual({ drawn: 0, same: 1, refused: [] })
  const [row] = await db.superuser(`SELECT boundary, center_lon, center_lat FROM access.area WHERE area_id = '${areaId}'`)
  expect(row).toEqual({ boundary: square(118), center_lon: 118.05, center_lat: 32.05 })
})

test.each([
  ['a place that is not there', '110101', square(118), /no such area/],
  ['no code', '', square(118), /no code/],
  ['a line', '239999001001', { type: 'LineString', coordinates: [] }, /./],
  [
    'a ring that is open',
    '239999001001',
    {
      type: 'Polygon',
      coordinates: [
        [
          [118, 32],
          [118.1, 32],
          [118.1, 32.1],
          [118, 32.1],
        ],
      ],
    },
    /not closed/,
  ],
  [
    'latitude before longitude',
    '239999001001',
    {
      type: 'Polygon',
      coordinates: [
        [
          [32, 118],
          [32, 118.1],
          [32.1, 118.1],
          [32, 118],
        ],
      ],
    },
    /./,
  ],
  [
    'meters',
    '239999001001',
    {
      type: 'Polygon',
      coordinates: [
        [
          [5e6, 3e6],
          [5.1e6, 3e6],
          [5e6, 3.1e6],
          [5e6, 3e6],
        ],
      ],
    },
    /./,
  ],
  [
    'an outline that crosses itself',
    '239999001001',
    {
      type: 'Polygon',
      coordinates: [
        [
          [118, 32],
          [118.1, 32.1],
          [118.1, 32],
          [118, 32.1],
          [118, 32],
        ],
      ],
    },
    /crosses itself/,
  ],
  ['a cell', '239999001001001', square(118), /redrawn in the workbench/],
] as const)('%s is named and left out', async (_, code, geometry, message) => {
  const { drawn, refused } = await draw(code, geometry)
  expect(drawn).toBe(0)
  expect(refused).toEqual([{ place: 0, message: expect.stringMatching(message) }])
})
