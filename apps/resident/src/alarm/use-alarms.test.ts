import { expect, test } from 'vitest'
import { askedAgainAfter } from './use-alarms.ts'

const own = { isOwn: true, settledAt: null }
const family = { isOwn: false, settledAt: null }
const over = { isOwn: false, settledAt: '2026-01-01T00:00:00.000Z' }

test('with a line the page asks once a minute, and sooner whether an alarm of the family is still its to see', () => {
  expect(askedAgainAfter([], true)).toBe(60_000)
  expect(askedAgainAfter([own, over], true)).toBe(60_000)
  expect(askedAgainAfter([own, family], true)).toBe(15_000)
})

test('without a line it asks by itself, every three seconds while an alarm is open', () => {
  expect(askedAgainAfter([over], false)).toBe(15_000)
  expect(askedAgainAfter([own], false)).toBe(3000)
  expect(askedAgainAfter([family], false)).toBe(3000)
})
