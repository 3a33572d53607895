import { fromLonLat, transform } from 'ol/proj.js'
import { expect, test } from 'vitest'
import { cgcs2000Grid } from './cgcs2000.ts'

const town = [103.5, 30.2]

test('a position of CGCS2000 is where web mercator has it, and comes back', () => {
  const point = transform(town, 'EPSG:4490', 'EPSG:3857')
  expect(point).toEqual(fromLonLat(town))
  const [lon, lat] = transform(point, 'EPSG:3857', 'EPSG:4490')
  expect(lon).toBeCloseTo(103.5, 9)
  expect(lat).toBeCloseTo(30.2, 9)
})

test('tiles of the national matrix set are found by the level, column and row that its services count', () => {
  // At level 1 a tile is 180 degrees wide: the east is column 1, all of the north and south row 0.
  expect(cgcs2000Grid.getTileCoordForCoordAndZ(town, 1)).toEqual([1, 1, 0])
  // At level 10: 360 / 2^10 degrees a tile, counted from 180 west and 90 north.
  expect(cgcs2000Grid.getTileCoordForCoordAndZ(town, 10)).toEqual([
    10,
    Math.floor((103.5 + 180) / (360 / 1024)),
    Math.floor((90 - 30.2) / (360 / 1024)),
  ])
})
