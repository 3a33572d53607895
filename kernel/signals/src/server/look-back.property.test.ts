import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EpisodeRow } from '../contract/episode.ts'
import { checkCondition, counted, holdsAmong, lasting, not, type SaidAt, threshold } from '../define/index.ts'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const say = (device: ADevice, at: number, values: object) => app.post(device, JSON.stringify({ id: newId(), ts: at, values }))
const rulesOf = async ({ deviceId }: ADevice): Promise<string[]> =>
  (await app.send('communityWorker', 'GET', `/episodes?subjectId=${deviceId}`))
    .json<{ items: EpisodeRow[] }>()
    .items.map(({ rule }) => rule)
const second = 1000

test('three times within a minute is an alarm, three times in two minutes is none, and the order in which they come decides nothing', async () => {
  const start = db.clock.now().getTime() - 600 * second
  const slow = await app.aDevice('door')
  for (const at of [0, 50, 120]) await say(slow, start + at * second, { active: 1 })
  expect(await rulesOf(slow)).toEqual([])
  for (const order of [
    [0, 30, 60],
    [60, 0, 30],
    [30, 60, 0],
  ]) {
    const device = await app.aDevice('door')
    for (const at of order) await say(device, start + at * second, { active: 1 })
    expect(await rulesOf(device)).toEqual(['lamps.flicker'])
  }
})

test('what goes on for five minutes is an alarm; what stopped between is none [RISK-04] (duration)', async () => {
  const start = db.clock.now().getTime() - 900 * second
  const going = await app.aDevice('gateway')
  for (const at of [0, 100, 200]) await say(going, start + at * second, { devices: 0 })
  expect(await rulesOf(going)).toEqual([])
  await say(going, start + 300 * second, { devices: 0 })
  expect(await rulesOf(going)).toEqual(['lamps.ajar'])

  const stopped = await app.aDevice('gateway')
  for (const [at, devices] of [
    [0, 0],
    [150, 7],
    [300, 0],
    [440, 0],
  ] as const)
    await say(stopped, start + at * second, { devices })
  expect(await rulesOf(stopped)).toEqual([])
})

const pressed = threshold('wristband.sos', 'atLeast', 1)
const history = fc.uniqueArray(fc.record({ at: fc.nat(300).map((at) => at * second), values: fc.record({ sos: fc.constantFrom(0, 1) }) }), {
  selector: ({ at }) => at,
  maxLength: 20,
})
const found = (condition: Parameters<typeof holdsAmong>[0], said: readonly SaidAt[]): boolean =>
  said.some((message) => holdsAmong(condition, 'wristband', message, said))

test('whatever was said, it is counted and measured as by hand', () => {
  fc.assert(
    fc.property(history, (said) => {
      const times = said.filter(({ values }) => values.sos === 1).map(({ at }) => at)
      const most = Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at <= from + 60 * second).length))
      expect(found(counted(pressed, 3, 'PT1M'), said)).toBe(most >= 3)
      let [longest, since]: [number, number | undefined] = [-1, undefined]
      for (const { at, values } of said.toSorted((a, b) => a.at - b.at)) {
        since = values.sos === 1 ? (since ?? at) : undefined
        if (since !== undefined) longest = Math.max(longest, at - since)
      }
      expect(found(lasting(pressed, 'PT1M'), said)).toBe(longest >= 60 * second)
    }),
  )
})

test('what counts stands under no not, counts further than one, and says how long in hours and minutes', () => {
  expect(checkCondition(counted(pressed, 3, 'PT168H'))).toEqual([])
  expect(checkCondition(not(counted(pressed, 3, 'PT1H')))).toEqual(['counts something under not'])
  expect(checkCondition(counted(pressed, 1, 'P7D'))).toEqual(['looks back on P7D', 'counts to one'])
})
