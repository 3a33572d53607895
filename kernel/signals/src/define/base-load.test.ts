import { expect, test } from 'vitest'
import { judgeBaseLoad, type NearBase, replayBaseLoad } from './base-load.ts'

const rule: NearBase = {
  op: 'nearBase',
  kind: 'meter',
  value: 'kwh',
  factor: 2,
  day: { from: 6, to: 22 },
  night: { from: 1, to: 5 },
  nights: { least: 14, most: 28 },
  for: 'PT18H',
  blackout: { share: 0.5, within: 'PT72H' },
}
const hourMs = 3_600_000
const begin = Date.parse('2026-03-01T00:00:00+08:00')
/** A home with a refrigerator: 0.2 at night and 0.9 when somebody is up; `away` hours are like the night. */
const use = (days: number, isAway: (hour: number) => boolean = () => false): Map<number, number> =>
  new Map(
    Array.from({ length: days * 24 }, (_, hour) => [begin + hour * hourMs, hour % 24 < 6 || isAway(hour) ? 0.2 : 0.9] as [number, number]),
  )

test('an absence is found by its base load within a day and a half, once, and not before fourteen nights are known [ELDER-14] (relative to the home)', () => {
  const left = 20 * 24 + 22
  const away = use(24, (hour) => hour >= left)
  const [found, ...more] = replayBaseLoad(rule, away, begin + 24 * 24 * hourMs)
  expect(more).toEqual([])
  expect(found!.base).toBe(0.2)
  expect((found!.at - begin) / hourMs - left).toBeLessThanOrEqual(36)
  expect(
    judgeBaseLoad(
      rule,
      use(9, () => true),
      begin + 9 * 24 * hourMs,
    ),
  ).toEqual({ state: 'learning' })
})

test('ordinary days raise nothing, and after somebody came back the next absence is another', () => {
  expect(replayBaseLoad(rule, use(60), begin + 60 * 24 * hourMs)).toEqual([])
  const twice = use(50, (hour) => (hour >= 500 && hour < 560) || (hour >= 800 && hour < 860))
  expect(replayBaseLoad(rule, twice, begin + 50 * 24 * hourMs)).toHaveLength(2)
})

test('an hour that is missing is not nothing: it is not judged', () => {
  const away = use(24, (hour) => hour >= 480)
  away.delete(begin + 500 * hourMs)
  expect(judgeBaseLoad(rule, away, begin + 505 * hourMs).state).toBe('unknown')
})
