import { expect, test } from 'vitest'
import { lampRules } from '../testing/lamp-rules.ts'
import { type HeardFrom, heardBy, replay } from './replay-rule.ts'

const minuteMs = 60_000
const rule = (key: string) => lampRules.find((one) => one.key === key)!
const heard = (minute: number, values: Record<string, number>, deviceId = 'one', kind = 'smoke'): HeardFrom => ({
  at: minute * minuteMs,
  kind,
  values,
  deviceId,
})
const minutes = (raised: { at: number }[]) => raised.map(({ at }) => at / minuteMs)

test('signals close together are one alarm, after ten quiet minutes the next is another; a self-test is none', () => {
  const history = [heard(0, { smoke: 1 }), heard(8, { smoke: 1 }), heard(19, { smoke: 1 }), heard(60, { smoke: 1, test: 1 })]
  expect(minutes(replay(rule('lamps.smoke'), history.toReversed(), 100 * minuteMs))).toEqual([0, 19])
})

test('a second detector makes it worse, the same one again does not [IOT-08] (level, in a trial)', () => {
  const smoke = rule('lamps.smoke')
  const levels = (history: HeardFrom[]) => replay(smoke, history, 100 * minuteMs).map(({ level }) => level)
  expect(levels([heard(0, { smoke: 1 }), heard(1, { smoke: 1 })])).toEqual([2])
  expect(levels([heard(0, { smoke: 1 }), heard(1, { smoke: 1 }, 'two')])).toEqual([1])
  expect(levels([heard(0, { smoke: 1 }), heard(1, { smoke: 0 }), heard(2, { smoke: 1 }, 'two')])).toEqual([2])
})

test('everything that decides about a rule is listened to', () => {
  expect(heardBy(rule('lamps.smoke'))).toEqual(['smoke.smoke', 'smoke.test'])
  expect(heardBy(rule('lamps.indoors'))).toEqual(['door.passage', 'motion.active'])
})
