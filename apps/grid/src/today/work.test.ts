import { expect, test } from 'vitest'
import type { CaseRow, EpisodeRow } from '../api/queries.ts'
import { byDueAndDistance, countWork, listWork, metersTo, roundMeters } from './work.ts'

const matter = (caseId: string, dueAt: string | null, kind = 'event'): CaseRow =>
  ({ caseId, kind, dueAt, clock: null, place: null }) as CaseRow
const alarm = { episodeId: 'alarm', place: '11 号楼' } as EpisodeRow

test('alarms come first, then what is due first, and what has no deadline last', () => {
  const work = listWork(
    [matter('late', '2026-09-18T00:00:00.000Z'), matter('never', null), matter('soon', '2026-09-16T00:00:00.000Z')],
    [alarm],
  )
  expect(work.map(({ key }) => key)).toEqual(['alarm', 'soon', 'late', 'never'])
})

test('a matter that waits in two queues is one line, and each kind has its own count', () => {
  const work = listWork([matter('a', null), matter('a', null), matter('b', null, 'appeal')], [alarm])
  expect(countWork(work)).toEqual({ event: 1, appeal: 1, callOut: 0, assistance: 0, alarm: 1 })
})

test('the distance is that of the building that a place names, and of no other', () => {
  const buildings = [
    { buildingId: '1', name: '宿舍 1 号楼', lon: 103.5, lat: 30.19 },
    { buildingId: '11', name: '宿舍 11 号楼', lon: 103.5, lat: 30.2 },
  ]
  const here = { lon: 103.5, lat: 30.2 }
  expect(metersTo('宿舍11号楼2单元501室', buildings, here)).toBe(0)
  expect(metersTo('宿舍 1 号楼东侧', buildings, here)).toBeGreaterThan(1000)
  expect(metersTo('河边步道', buildings, here)).toBeUndefined()
  expect([roundMeters(3), roundMeters(184), roundMeters(1240)]).toEqual([
    { unit: 'm', value: 10 },
    { unit: 'm', value: 180 },
    { unit: 'km', value: 1.2 },
  ])
})

test('of two that are due in the same stretch of time the nearer comes first; a later one never passes an earlier stretch, an unknown place comes last', () => {
  const now = Date.parse('2026-09-16T01:00:00.000Z')
  const work = listWork(
    [
      matter('late', '2026-09-16T00:30:00.000Z'),
      matter('far', '2026-09-16T01:30:00.000Z'),
      matter('near', '2026-09-16T02:30:00.000Z'),
      matter('unplaced', '2026-09-16T01:10:00.000Z'),
      matter('tonight', '2026-09-16T12:00:00.000Z'),
      matter('never', null),
    ],
    [alarm],
  )
  const meters = new Map([
    ['late', 5000],
    ['far', 900],
    ['near', 40],
    ['tonight', 1],
    ['never', 2],
  ])
  expect(byDueAndDistance(work, meters, now).map(({ key }) => key)).toEqual([
    'alarm',
    'late',
    'near',
    'far',
    'unplaced',
    'tonight',
    'never',
  ])
})
