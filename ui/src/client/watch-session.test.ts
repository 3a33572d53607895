import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Ending, watchSession } from './watch-session.ts'

const minute = 60_000
/** A server that ends the session half an hour after the last touch that it was told of, and in any case at `lastAt`. */
let touchedAt = 0
let toldAt = 0
let lastAt = Number.POSITIVE_INFINITY
let isAway = false
let asked = 0
let endings: (Ending | undefined)[] = []
let watch: ReturnType<typeof watchSession>

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  vi.stubGlobal('document', new EventTarget())
  Object.assign(document, { visibilityState: 'visible' })
  ;[touchedAt, toldAt, lastAt, isAway, asked, endings] = [0, 0, Number.POSITIVE_INFINITY, false, 0, []]
  watch = watchSession({
    ask: async () => {
      asked += 1
      if (isAway) throw new Error('no line')
      toldAt = Math.max(toldAt, touchedAt)
      const left = (end: number) => Math.max(0, Math.floor((Math.min(end, 1e15) - Date.now()) / 1000))
      return { idleSecondsLeft: left(toldAt + 30 * minute), secondsLeft: left(lastAt) }
    },
    onEnding: (ending) => endings.push(ending),
  })
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('whoever works is asked nothing, and the server is asked seldom', async () => {
  for (let at = 1; at <= 8 * 60; at++) {
    touchedAt = Date.now()
    await vi.advanceTimersByTimeAsync(minute)
  }
  expect(endings.filter((ending) => ending !== undefined)).toEqual([])
  expect(asked).toBeLessThan(25)
})

test('two minutes before the end a person is warned, and staying puts it off', async () => {
  await vi.advanceTimersByTimeAsync(27 * minute)
  expect(endings.at(-1)).toBeUndefined()
  await vi.advanceTimersByTimeAsync(minute)
  expect(endings.at(-1)).toEqual({ endsAt: 30 * minute, canStay: true })
  touchedAt = Date.now()
  await watch.look()
  expect(endings.at(-1)).toBeUndefined()
  await vi.advanceTimersByTimeAsync(27 * minute)
  expect(endings.at(-1)).toBeUndefined()
  await vi.advanceTimersByTimeAsync(minute)
  expect(endings.at(-1)).toBeDefined()
})

test('the warning goes when somebody works in another tab', async () => {
  await vi.advanceTimersByTimeAsync(28 * minute)
  expect(endings.at(-1)).toBeDefined()
  toldAt = Date.now()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(endings.at(-1)).toBeUndefined()
})

test('the last end cannot be put off, and the page is told so', async () => {
  lastAt = 40 * minute
  for (let at = 1; at <= 39; at++) {
    touchedAt = Date.now()
    await vi.advanceTimersByTimeAsync(minute)
  }
  expect(endings.at(-1)).toEqual({ endsAt: 40 * minute, canStay: false })
})

test('after the end one more question is asked, which finds the session over', async () => {
  await vi.advanceTimersByTimeAsync(30 * minute)
  const before = asked
  isAway = true
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked).toBeGreaterThan(before)
})

test('a lost line and a machine that slept do not lose the watch', async () => {
  isAway = true
  await vi.advanceTimersByTimeAsync(28 * minute)
  expect(endings.at(-1)).toBeUndefined()
  isAway = false
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(0)
  expect(endings.at(-1)).toEqual({ endsAt: 30 * minute, canStay: true })
})
