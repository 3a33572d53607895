import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { writePreference } from '@linli/messages/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Episode, EpisodeRow } from '../contract/episode.ts'
import { lampFamily } from '../testing/lamp-rules.ts'
import { type SignalsApp, signalsApp } from '../testing/signals-app.ts'
import { calmAlarms } from './storms.ts'

let db: TestDatabase
let app: SignalsApp
const gridPhone = '19999990105'
const deskPhone = '19999990106'
const [son] = lampFamily as [(typeof lampFamily)[0]]

beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
  const said = { channels: [], afterMinutes: 30, quietFrom: null, quietTo: null, lang: 'zh' as const }
  const { gridWorker, communityWorker } = app.town.posts
  await db.system(async (system) => {
    await writePreference(system, db.deps.vault, gridWorker.accountId, { ...said, phone: gridPhone })
    await writePreference(system, db.deps.vault, communityWorker.accountId, { ...said, phone: deskPhone })
  })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

/** So many people call at once, each with a wristband and a family. */
async function calls(count: number): Promise<void> {
  for (let call = 0; call < count; call++) {
    const device = await app.aDevice('wristband')
    await db.superuser(
      `UPDATE signals.device SET subject_kind = 'person', subject_id = '${newId()}' WHERE device_id = '${device.deviceId}'`,
    )
    await app.post(device, JSON.stringify({ id: newId(), values: { sos: 1 } }))
  }
  await app.settle()
}
async function letPass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    db.clock.advance(5000)
    await app.settle()
  }
}
const desk = async () =>
  (await app.send('communityWorker', 'GET', '/episodes?state=open&limit=100')).json<{
    items: EpisodeRow[]
    storms: { rule: string; communityName: string; alarms: number }[]
  }>()
const answer = (episodeId: string) => app.send('gridWorker', 'POST', `/episodes/${episodeId}/moves/acknowledge`, { requestId: newId() })
const on = (phone: string, channel: string) => app.phones.on(phone).filter((one) => one.channel === channel)
const toGrid = (channel: string) => on(gridPhone, channel)

test('the twenty-first call of a kind begins a storm: each stays an alarm and each family is told, staff are told together', async () => {
  await calls(calmAlarms)
  await letPass(45)
  expect((await desk()).storms).toEqual([])
  expect([toGrid('sms').length, toGrid('voice').length]).toEqual([calmAlarms, calmAlarms])

  app.phones.arrived.length = 0
  await calls(5)
  await letPass(45)
  const { items, storms } = await desk()
  expect(items).toHaveLength(calmAlarms + 5)
  expect(storms).toMatchObject([{ rule: 'lamps.call', communityName: '幸福社区', alarms: calmAlarms + 5 }])
  const ofTheFive = app.phones.on(son.phone).filter(({ channel, text }) => channel === 'sms' && !text.includes('第 2 次'))
  expect(ofTheFive.length).toBeGreaterThanOrEqual(5)
  const merged = toGrid('sms').filter(({ text }) => text.includes('通知已合并'))
  expect(merged.map(({ text }) => text)).toEqual([
    expect.stringContaining(`幸福社区`),
    expect.stringContaining(`已有 ${calmAlarms + 5} 起`),
  ])
  expect(toGrid('sms')).toHaveLength(2)
  const view = (await app.send('communityWorker', 'GET', `/episodes/${items[0]!.episodeId}`)).json<Episode>()
  expect(view.lines.find(({ kind }) => kind === 'told')).toMatchObject({ told: 1, isMerged: true, outcome: 'waiting' })
})

test('while one call is not answered the next rungs are told of the storm; when all are, nobody is called any more', async () => {
  app.phones.arrived.length = 0
  const { items } = await desk()
  for (const { episodeId } of items.slice(1)) await answer(episodeId)
  await letPass(100)
  expect(on(deskPhone, 'sms')).toHaveLength(1)
  await answer(items[0]!.episodeId)
  await letPass(60)
  expect(on(deskPhone, 'voice')).toEqual([])
})

test('all were answered, and somebody calls while the storm is not over: phones ring again', async () => {
  app.phones.arrived.length = 0
  await calls(1)
  await letPass(45)
  expect([toGrid('sms').length, toGrid('voice').length]).toEqual([1, 1])
  const { items } = await desk()
  await answer(items[0]!.episodeId)
})

test('ten minutes without another call end it: the next call is told by itself', async () => {
  await letPass(600)
  app.phones.arrived.length = 0
  await calls(1)
  await letPass(45)
  expect((await desk()).storms).toEqual([])
  // Whoever answered before and has not arrived within ten minutes is told again at the same moment.
  expect(toGrid('sms').filter(({ text }) => text.includes('第 1 次通知'))).toHaveLength(1)
})
