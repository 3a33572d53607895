import type { Boundary, Corner } from '@linli/access/define'
import { surveyPlan } from '@linli/access/define'
import { expect, test } from 'vitest'
import { addCorner, begin, changeOf, isChanged, moveCorner, removeCorner, ringsOf, step, undo } from './draft.ts'
import type { CommunityCells } from './queries.ts'

const box = (west: number, east: number): Boundary => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 46],
      [east, 46],
      [east, 46.004],
      [west, 46.004],
      [west, 46],
    ],
  ],
})
const base = {
  version: 3,
  boundary: box(128, 128.004),
  cells: [
    { cellId: 'a', name: '一', code: '1', boundary: box(128, 128.002), workers: [] },
    { cellId: 'b', name: '二', code: '2', boundary: box(128.002, 128.004), workers: [] },
  ],
  buildings: [{ buildingId: 'x', name: '1 号楼', cellId: 'a', lon: 128.0019, lat: 46.001 }],
} as unknown as CommunityCells
const shared: Corner = [128.002, 46]

test('a corner that neighbors share moves for both, and a building that comes to lie beyond the line goes along', () => {
  const { now } = begin(base)
  const plan = moveCorner(now.plan, undefined, shared, [128.0015, 46])
  const { overlaps, gaps, adrift } = surveyPlan(plan)
  expect([overlaps, gaps, adrift]).toEqual([[], [], []])
  expect(plan.buildings[0]!.cellId).toBe('b')
  expect(changeOf(base, { plan, ended: [] })).toMatchObject({
    expectedVersion: 3,
    cells: [{ cellId: 'a' }, { cellId: 'b' }],
    buildings: [{ buildingId: 'x', cellId: 'b' }],
  })
})

test('moved for one cell alone it leaves a gap or an overlap, to be seen', () => {
  const { now } = begin(base)
  expect(surveyPlan(moveCorner(now.plan, 'a', shared, [128.001, 46])).gaps).toHaveLength(1)
  expect(surveyPlan(moveCorner(now.plan, 'a', shared, [128.003, 46])).overlaps).toHaveLength(1)
})

test('a corner is put into a side and taken out again on both sides of a line; an outline keeps three', () => {
  const { now } = begin(base)
  const more = addCorner(now.plan, undefined, shared, [128.002, 46.004])
  const corners = (plan: typeof more) => plan.cells.map((cell) => ringsOf(cell)[0]!.length)
  expect(corners(more)).toEqual([5, 5])
  expect(corners(removeCorner(more, undefined, [128.002, 46.002]))).toEqual([4, 4])
  const three = removeCorner(removeCorner(now.plan, 'a', [128, 46]), 'a', [128, 46.004])
  expect(corners(three)[0]).toBe(3)
})

test('each step can be taken back, and what is as it was is no change', () => {
  const history = begin(base)
  const next = step(history, { plan: moveCorner(history.now.plan, undefined, shared, [128.001, 46]), ended: [] })
  expect(isChanged(changeOf(base, next.now))).toBe(true)
  expect(isChanged(changeOf(base, undo(next).now))).toBe(false)
  expect(undo(history)).toBe(history)
})
