import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isStale, keepFresh, type Reading, staleAfter } from './freshness.ts'

let readings: Reading<number>[]
let asked: number
let answer: () => Promise<number>
let kept: ReturnType<typeof keepFresh<number>>

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const last = () => readings.at(-1)!

beforeEach(() => {
  vi.useFakeTimers()
  readings = []
  asked = 0
  answer = async () => asked
  kept = keepFresh({
    read: () => {
      asked += 1
      return answer()
    },
    every: 20_000,
    least: 1_000,
    onReading: (reading) => readings.push(reading),
    isFinal: (error) => error === 'over',
  })
})
afterEach(() => {
  kept.stop()
  vi.useRealTimers()
})

test('it reads at once, and again by itself, for deadlines pass without an event', async () => {
  await pass(0)
  expect(last()).toMatchObject({ data: 1, isFailing: false })
  await pass(20_000)
  expect(last().data).toBe(2)
})

test('a storm of events is one reading a second, and the last event is never lost', async () => {
  await pass(5_000)
  for (let poke = 0; poke < 99; poke++) {
    kept.poke()
    await pass(10)
  }
  expect(asked).toBe(2)
  await pass(1_000)
  expect(asked).toBe(3)
  let finish = () => {}
  answer = () => new Promise((done) => (finish = () => done(asked)))
  kept.poke()
  await pass(1_000)
  kept.poke()
  finish()
  await pass(1_000)
  expect(asked).toBe(5)
})

test('a lost line leaves the last answer with its age; trying again has growing pauses, and ends with the first answer', async () => {
  await pass(0)
  const { contactAt } = last()
  answer = async () => {
    throw new Error('cut')
  }
  await pass(20_000)
  expect(last()).toEqual({ data: 1, contactAt, isFailing: true })
  const before = asked
  await pass(1_000 + 2_000 + 4_000)
  expect(asked - before).toBe(3)
  await pass(60_000)
  expect(asked - before).toBeLessThan(9)
  answer = async () => 42
  await pass(15_000)
  expect(last()).toMatchObject({ data: 42, isFailing: false })
  expect(last().contactAt).toBeGreaterThan(contactAt!)
})

test('an answer that never comes is given up after ten seconds', async () => {
  await pass(0)
  kept.stop()
  const signals: AbortSignal[] = []
  const hanging = keepFresh<number>({
    read: (signal) => {
      signals.push(signal)
      return new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('aborted'))))
    },
    every: 20_000,
    least: 1_000,
    onReading: (reading) => readings.push(reading),
    isFinal: () => false,
  })
  await pass(10_000)
  expect(signals[0]?.aborted).toBe(true)
  expect(last().isFailing).toBe(true)
  hanging.stop()
})

test('after the session has ended nothing is asked any more', async () => {
  await pass(0)
  answer = async () => {
    throw 'over'
  }
  await pass(20_000)
  const before = asked
  kept.poke()
  await pass(120_000)
  expect(asked).toBe(before)
})

test('a figure is stale a minute after the last contact, and never before there was any', () => {
  expect(isStale(1_000, 1_000 + staleAfter)).toBe(false)
  expect(isStale(1_000, 1_001 + staleAfter)).toBe(true)
  expect(isStale(undefined, staleAfter * 9)).toBe(false)
})
