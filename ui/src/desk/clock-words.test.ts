import { expect, test } from 'vitest'
import { type ClockFacts, shareLeft, shortLength, stateAt } from './clock-words.ts'

const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const clock: ClockFacts = {
  state: 'onTime',
  startedAt: '2026-11-20T00:00:00Z',
  amberAt: '2026-11-20T08:00:00Z',
  dueAt: '2026-11-20T10:00:00Z',
  stoppedAt: null,
  pausedUntil: null,
  pauseReason: null,
}

test('an open page carries the state of a clock past amber and past its deadline', () => {
  expect(stateAt(clock, at('2026-11-20T10:00'))).toBe('onTime')
  expect(stateAt(clock, at('2026-11-20T16:00'))).toBe('dueSoon')
  expect(stateAt(clock, at('2026-11-20T18:00'))).toBe('overdue')
})

test('the state never goes back behind what the server said, whatever the clock of the desk says', () => {
  expect(stateAt({ ...clock, state: 'overdue' }, at('2026-11-20T10:00'))).toBe('overdue')
  expect(stateAt({ ...clock, state: 'dueSoon' }, at('2026-11-20T10:00'))).toBe('dueSoon')
})

test('paused and done clocks do not move', () => {
  expect(stateAt({ ...clock, state: 'paused' }, at('2026-12-20T10:00'))).toBe('paused')
  expect(stateAt({ ...clock, state: 'done' }, at('2026-12-20T10:00'))).toBe('done')
})

test('the ring shows the share of time left and never less than nothing', () => {
  expect(shareLeft(clock, at('2026-11-20T13:00'))).toBeCloseTo(0.5)
  expect(shareLeft(clock, at('2026-11-21T13:00'))).toBe(0)
  expect(shareLeft({ ...clock, dueAt: clock.startedAt }, at('2026-11-20T13:00'))).toBe(0)
})

test('a length has two units at most, and drops the second where it no longer matters', () => {
  const minute = 60_000
  expect(shortLength(38 * minute, 'zh-CN')).toBe('38 分')
  expect(shortLength(100 * minute, 'zh-CN')).toBe('1 时 40 分')
  expect(shortLength((22 * 60 + 12) * minute, 'zh-CN')).toBe('22 时')
  expect(shortLength((26 * 60 + 5) * minute, 'zh-CN')).toBe('1 天 2 时')
  expect(shortLength(-5 * 24 * 60 * minute, 'en')).toBe('5 d')
  expect(shortLength(20_000, 'zh-CN')).toBe('不到 1 分')
})
