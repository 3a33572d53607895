import { expect, test } from 'vitest'
import { rulerMarks } from './clock.tsx'

const at = (hour: number): string => new Date(Date.UTC(2026, 8, 16, hour)).toISOString()
const clock = (change = {}) => ({
  state: 'onTime' as const,
  startedAt: at(0),
  dueAt: at(10),
  stoppedAt: null,
  pausedUntil: null,
  pauseReason: null,
  ...change,
})
const time = (hour: number): number => Date.parse(at(hour))

test('the dot stands where now is between the start and the bar', () => {
  const marks = rulerMarks(clock(), time(4))
  expect(marks).toMatchObject({ due: 1, now: 0.4, late: undefined })
  expect(marks.runs).toEqual([[0, 0.4]])
})

test('a pause keeps its dashed stretch after resuming and after closing [GRID-06]', () => {
  const spans = [
    { from: at(0), to: at(2), kind: 'running' as const },
    { from: at(2), to: at(5), kind: 'paused' as const },
    { from: at(5), to: at(6), kind: 'running' as const },
  ]
  const done = rulerMarks(clock({ state: 'done', stoppedAt: at(6), spans }), time(30))
  expect(done.pauses).toEqual([[0.2, 0.5]])
  expect(done.runs).toEqual([
    [0, 0.2],
    [0.5, 0.6],
  ])
  expect(done.now).toBe(0.6)
})

test('an overdue clock runs past its bar', () => {
  const marks = rulerMarks(clock({ state: 'overdue' }), time(15))
  expect(marks.due).toBeCloseTo(2 / 3)
  expect(marks.late?.[0]).toBeCloseTo(2 / 3)
  expect(marks.now).toBe(1)
})

test('a clock that is months over keeps its bar in sight', () => {
  expect(rulerMarks(clock({ state: 'overdue' }), time(10_000)).due).toBeCloseTo(0.2)
})
