import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterQuiet, receiptKinds, retryAfterMs, stateOf, whenWelcome } from './delivery.ts'

const at = (time: string): Date => new Date(`2026-11-22T${time}+08:00`)

test('what is said of a delivery decides, not the order in which it is said', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...receiptKinds), { minLength: 1, maxLength: 6 }), (kinds) => {
      const state = stateOf(kinds)
      expect(stateOf([...kinds].reverse())).toBe(state)
      expect(stateOf([...kinds, ...kinds])).toBe(state)
      if (kinds.includes('acknowledged')) expect(state).toBe('acknowledged')
    }),
  )
  expect(stateOf([])).toBe('sent')
  expect(stateOf(['noAnswer'])).toBe('failed')
  expect(stateOf(['failed', 'delivered'])).toBe('delivered')
})

test('quiet hours end at their end, also across midnight, and nothing is ever sent inside them', () => {
  const night = { from: 22 * 60, to: 7 * 60 }
  expect(afterQuiet(at('21:59:59'), night)).toEqual(at('21:59:59'))
  expect(afterQuiet(at('22:00:00'), night)).toEqual(new Date('2026-11-23T07:00:00+08:00'))
  expect(afterQuiet(at('06:59:30'), night)).toEqual(at('07:00:00'))
  expect(afterQuiet(at('12:30:00'), { from: 720, to: 840 })).toEqual(at('14:00:00'))
  expect(afterQuiet(at('03:00:00'), null)).toEqual(at('03:00:00'))
  const minute = fc.integer({ min: 0, max: 1439 })
  fc.assert(
    fc.property(minute, minute, fc.date({ min: at('00:00:00'), max: new Date('2027-01-01'), noInvalidDate: true }), (from, to, when) => {
      fc.pre(from !== to)
      const sent = afterQuiet(when, { from, to })
      expect(sent.getTime()).toBeGreaterThanOrEqual(when.getTime())
      expect(afterQuiet(sent, { from, to })).toEqual(sent)
    }),
  )
})

test('a provider that is away is asked less and less often, and then not at all', () => {
  const waits = Array.from({ length: 9 }, (_, i) => retryAfterMs(i + 1))
  expect(waits.at(-1)).toBeUndefined()
  expect(waits.slice(0, 8)).toEqual([...waits.slice(0, 8)].sort((a, b) => a! - b!))
})

test('a way that is welcome outside quiet hours is used after them, one that always is at once, and one that never is not at all', () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  const instant = fc.date({ min: at('00:00:00'), max: new Date('2027-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(minute, minute, instant, (from, to, when) => {
      fc.pre(from !== to)
      const quiet = { from, to }
      expect(whenWelcome(when, 'always', quiet)).toEqual(when)
      expect(whenWelcome(when, 'never', quiet)).toBeUndefined()
      const sent = whenWelcome(when, 'awake', quiet)!
      // Counted by hand: minute by minute until one is outside the span, however it lies to midnight.
      const isQuiet = (ms: number): boolean => {
        const now = new Date(ms + 8 * 3_600_000)
        const since = (now.getUTCHours() * 60 + now.getUTCMinutes() - from + 1440) % 1440
        return since < (to - from + 1440) % 1440
      }
      let ms = when.getTime()
      while (isQuiet(ms)) ms = Math.floor(ms / 60_000) * 60_000 + 60_000
      expect(sent).toEqual(new Date(ms))
    }),
  )
  expect(whenWelcome(at('23:00:00'), 'awake', null)).toEqual(at('23:00:00'))
})
