import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBlackout, type Neighbor } from './blackout.ts'

const rule = { share: 0.5, within: 'PT72H' }
const hourMs = 3_600_000
const now = Date.parse('2026-03-10T12:00:00+08:00')

/** What it used so many hours ago; those that are left out are unknown. */
const neighbor = (ago: Record<number, number>, mendedFrom?: number): Neighbor => ({
  use: new Map(Object.entries(ago).map(([hours, kwh]) => [now - Number(hours) * hourMs, kwh])),
  mendedFrom,
})
const lit = neighbor({ 1: 0.4, 0: 0.4 })
const dark = neighbor({ 1: 0.4, 0: 0 })
const silent = neighbor({ 1: 0.4 })
const empty = neighbor({ 2: 0, 1: 0, 0: 0 })
const mended = neighbor({}, now - 5 * hourMs)

test('most of the others dark, silent with the power or being mended is a blackout [ELDER-14] (a blackout suppresses)', () => {
  for (const others of [[dark], [dark, silent, lit], [silent, silent], [mended], [mended, dark, lit], [dark, empty]])
    expect(isBlackout(rule, others, now)).toBe(true)
})

test('nobody around, half of them, empty flats or one line alone is none, and after three days in the dark somebody looks', () => {
  const longDark = neighbor({ 73: 0.4, 72.5: 0.4, 5: 0, 0: 0 })
  for (const others of [[], [dark, lit], [empty, empty], [silent], [lit, lit, dark], [longDark, longDark]])
    expect(isBlackout(rule, others, now)).toBe(false)
  expect(isBlackout(rule, [neighbor({}, now + 2 * hourMs)], now)).toBe(false)
})

const anyNeighbor = fc.constantFrom(lit, dark, silent, empty, mended)

test('one home more with light never makes a blackout, one more in the dark never ends it, and order decides nothing', () => {
  fc.assert(
    fc.property(fc.array(anyNeighbor, { maxLength: 12 }), (others) => {
      const found = isBlackout(rule, others, now)
      expect(isBlackout(rule, others.toReversed(), now)).toBe(found)
      expect(isBlackout(rule, [...others, empty], now)).toBe(found)
      if (found) expect(isBlackout(rule, [...others, dark], now)).toBe(true)
      else expect(isBlackout(rule, [...others, lit], now)).toBe(false)
    }),
  )
})
