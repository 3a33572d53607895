import type { ResultOf } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EpisodeRow } from '../contract/episode.ts'
import type { RuleView, tryRule } from '../contract/rule.ts'
import type { Watch } from '../contract/watch.ts'
import { type ASensor, aSensor } from '../testing/a-sensor.ts'
import { type APerson, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
const meters: ASensor[] = []
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterAll(async () => {
  await Promise.all(meters.map(({ client }) => client.endAsync()))
  await app.close()
  await db.close()
})

const hourMs = 3_600_000
const hourOf = (at: number): number => Math.floor((at + 8 * hourMs) / hourMs) % 24

interface Meter {
  person: APerson
  sensor: ASensor
  reading: number
}

/** Twenty days of somebody who is up from six and uses four times what the refrigerator does at night. */
async function aMeter(wanted: object = {}): Promise<Meter> {
  const person = await app.aPerson()
  const sensor = await aSensor({ app, db }, 'meter', person, wanted)
  meters.push(sensor)
  const end = db.clock.now().getTime()
  let reading = 0
  const rows: string[] = []
  for (let at = end - 20 * 24 * hourMs; at <= end; at += hourMs) {
    reading += hourOf(at - hourMs) < 6 ? 0.2 : 0.8
    rows.push(`('${sensor.deviceId}', '${new Date(at).toISOString()}', 'h:${at}', now(), '{"kwh": ${reading}}', 'device', false)`)
  }
  await db.superuser(
    `INSERT INTO signals.telemetry (device_id, at, message_key, received_at, values, time_source, is_probed) VALUES ${rows.join(',')}`,
  )
  await db.superuser(`UPDATE signals.device_state SET online_since = '2026-01-01' WHERE device_id = '${sensor.deviceId}'`)
  await db.superuser(`UPDATE registry.consent SET given_at = '2026-01-01' WHERE person_id = '${person.personId}'`)
  return { person, sensor, reading }
}

/** Hour after hour, each meter with what its home uses. */
async function pass(hours: number, ...homes: [Meter, kwh: (hour: number) => number][]): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    const at = db.clock.now().getTime() + hourMs
    db.clock.moveTo(new Date(at))
    for (const [meter, use] of homes) {
      meter.reading += use(hourOf(at - hourMs))
      await meter.sensor.say({ kwh: meter.reading }, at)
    }
    await app.sweep()
  }
}

const usual = (hour: number): number => (hour < 6 ? 0.2 : 0.8)
const alarmsOf = async ({ person }: Meter): Promise<EpisodeRow[]> =>
  (await app.send('communityWorker', 'GET', `/episodes?subjectId=${person.personId}`)).json<{ items: EpisodeRow[] }>().items

test('a home that uses by day what it uses at night is noticed within 36 hours, once; use as usual is written in, and a trial finds the same [ELDER-14] (below its floor in the hours of use) [RISK-04] (dry run)', {
  timeout: 120_000,
}, async () => {
  const meter = await aMeter()
  await pass(10, [meter, usual])
  expect(await alarmsOf(meter)).toEqual([])
  await pass(36, [meter, () => 0.22])
  const [notice, ...more] = await alarmsOf(meter)
  expect(more).toEqual([])
  expect(notice).toMatchObject({ rule: 'lamps.unlit', level: 2 })
  const tried = async (query: string, by: 'communityWorker' | 'siblingWorker' = 'communityWorker') =>
    (await app.send(by, 'GET', `/alarm-rules/lamps.unlit/trial${query}`)).json<ResultOf<typeof tryRule>>()
  const trial = await tried('?days=7')
  expect(trial).toMatchObject({ subjects: 1, learning: 0, alarms: 1, raised: 1, isCut: false, items: [{ level: 2 }] })
  expect(Math.abs(Date.parse(trial.items[0]!.at) - Date.parse(notice!.raisedAt))).toBeLessThanOrEqual(hourMs)
  expect((await tried('?days=7&for=PT60H')).alarms).toBe(0)
  // So long a time leaves too few nights before it: not judged, and that is said.
  expect(await tried('?days=7&for=PT400H')).toMatchObject({ alarms: 0, learning: 1 })
  expect(await tried('?days=7', 'siblingWorker')).toMatchObject({ subjects: 0, alarms: 0 })
  await pass(16, [meter, usual])
  expect(await alarmsOf(meter)).toMatchObject([{ rule: 'lamps.unlit', level: 4, highestLevel: 2, stage: 'raised' }])
})

test('a power cut of the whole building is nobody’s absence, and a home whose own fuse is out is noticed [ELDER-14] (a blackout suppresses)', {
  timeout: 120_000,
}, async () => {
  const [one, other] = [
    await aMeter({ buildingId: app.town.buildings.xingfuCell1 }),
    await aMeter({ buildingId: app.town.buildings.xingfuCell1 }),
  ]
  await pass(30, [one, () => 0], [other, () => 0])
  expect([await alarmsOf(one), await alarmsOf(other)]).toEqual([[], []])
  const watch = (await app.send('communityWorker', 'GET', `/persons/${one.person.personId}/watch`)).json<Watch>()
  expect(watch.rules.find(({ rule }) => rule === 'lamps.unlit')).toMatchObject({ state: 'unknown' })
  await pass(36, [one, () => 0], [other, usual])
  expect(await alarmsOf(one)).toMatchObject([{ rule: 'lamps.unlit' }])
  expect(await alarmsOf(other)).toEqual([])
})

test('in the blackout most of the building counts, not all of it: one line that went on, meters that fell silent, and one that is being mended; the home that stays dark is noticed when power is back [ELDER-14] (a blackout suppresses)', {
  timeout: 180_000,
}, async () => {
  const buildingId = app.town.buildings.xingfuCell2
  const [home, dark, silent, mended, lit] = [
    await aMeter({ buildingId }),
    await aMeter({ buildingId }),
    await aMeter({ buildingId }),
    await aMeter({ buildingId }),
    await aMeter({ buildingId }),
  ]
  const until = new Date(db.clock.now().getTime() + 30 * hourMs).toISOString()
  const suspend = { requestId: newId(), state: 'suspended', suspendedFor: 'maintenance', suspendedUntil: until, reason: '整楼停电检修' }
  expect((await app.send('communityWorker', 'POST', `/devices/${mended.sensor.deviceId}/state`, suspend)).status).toBe(200)
  await pass(32, [home, () => 0], [dark, () => 0], [lit, usual])
  expect(await alarmsOf(home)).toEqual([])
  await pass(36, [home, () => 0], [dark, usual], [silent, usual], [mended, usual], [lit, usual])
  expect(await alarmsOf(home)).toMatchObject([{ rule: 'lamps.unlit' }])
  expect(await alarmsOf(dark)).toEqual([])
})

test('the page of the rule says when a blackout takes hours out', async () => {
  const { items } = (await app.send('communityWorker', 'GET', '/alarm-rules')).json<{ items: RuleView[] }>()
  const part = items.find(({ key }) => key === 'lamps.unlit')!.parts.find(({ op }) => op === 'nearBase')
  expect(part).toMatchObject({ blackout: { share: 0.5, within: 'PT72H' } })
})
