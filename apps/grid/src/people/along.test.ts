import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { along, keepOnlyOf, leaveAll, mostAlong, type PersonFile, peopleAlong, takeAlong } from './along.ts'

const file = (personId: string): PersonFile =>
  ({
    personId,
    seq: 3,
    status: 'here',
    home: null,
    community: { areaId: 'c', name: '幸福社区' },
    values: [
      { field: 'name', masked: '吴*兰' },
      { field: 'idNumber', masked: '239999********0024' },
      { field: 'birthDate', masked: '1951' },
      { field: 'phone', masked: '199****0021' },
    ],
    careGroups: [
      { key: 'elder.lives-alone', to: null },
      { key: 'left-behind', to: '2026-01-01' },
    ],
    contacts: [{ contactId: 'a', to: '2026-01-01' }],
    consents: [{ consentId: 'x' }],
  }) as unknown as PersonFile

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-22T02:00:00Z') }))
afterEach(() => {
  leaveAll()
  vi.useRealTimers()
})

test('of a file only what a visit needs is taken along: no number, no birth, nothing that has ended', () => {
  takeAlong('zhou', [file('a')])
  const [taken] = peopleAlong(along.get(), 'zhou')
  expect(taken?.values.map(({ field }) => field)).toEqual(['name', 'phone'])
  expect(taken).toMatchObject({ careGroups: [{ key: 'elder.lives-alone' }], contacts: [] })
  expect(JSON.stringify(along.get())).not.toMatch(/239999|1951|consent/)
})

test('forty are the most, and the newest reading of a file counts', () => {
  takeAlong(
    'zhou',
    Array.from({ length: mostAlong }, (_, at) => file(String(at))),
  )
  takeAlong('zhou', [{ ...file('7'), seq: 9 }, file('new')])
  const people = peopleAlong(along.get(), 'zhou')
  expect(people).toHaveLength(mostAlong)
  expect(people.find(({ personId }) => personId === '7')?.seq).toBe(9)
})

test('it is gone with the day and with somebody else, on the phone and not only on the page', () => {
  takeAlong('zhou', [file('a')])
  expect(peopleAlong(along.get(), 'wang')).toEqual([])
  const stop = keepOnlyOf('zhou')
  expect(along.get()).not.toBeNull()
  vi.setSystemTime(new Date('2026-11-22T16:01:00Z'))
  expect(peopleAlong(along.get(), 'zhou')).toEqual([])
  vi.advanceTimersByTime(10 * 60_000)
  expect(along.get()).toBeNull()
  stop()
  takeAlong('zhou', [file('a')])
  keepOnlyOf('wang')()
  expect(along.get()).toBeNull()
})
