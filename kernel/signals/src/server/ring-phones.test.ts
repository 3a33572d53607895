import { phoneHash } from '@linli/access/server'
import { aResidentSession } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import type { ResidentPreference } from '@linli/messages/contract'
import { hearReceipt, writePreference, writeResidentPreference } from '@linli/messages/server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Episode } from '../contract/episode.ts'
import { lampFamily } from '../testing/lamp-rules.ts'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
const gridPhone = '19999990103'
const deskPhone = '19999990104'
const [son, neighbor] = lampFamily as [(typeof lampFamily)[0], (typeof lampFamily)[0]]

beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
  const said = { channels: [], afterMinutes: 30, quietFrom: 0, quietTo: 1439, lang: 'zh' as const }
  await db.system(async (system) => {
    await writePreference(system, db.deps.vault, app.town.posts.gridWorker.accountId, { ...said, phone: gridPhone })
    await writePreference(system, db.deps.vault, app.town.posts.communityWorker.accountId, { ...said, phone: deskPhone })
  })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

/** Pressed by a person, who has a family. */
async function aCall(): Promise<{ episodeId: string; since: number; device: ADevice }> {
  app.phones.arrived.length = 0
  const device = await app.aDevice('wristband')
  await db.superuser(`UPDATE signals.device SET subject_kind = 'person', subject_id = '${newId()}' WHERE device_id = '${device.deviceId}'`)
  const since = db.clock.now().getTime()
  const answer = await app.post(device, JSON.stringify({ id: newId(), ts: since, values: { sos: 1 } }))
  expect(answer.status).toBe(200)
  const [row] = await db.superuser<{ episode_id: string }>(
    `SELECT episode_id FROM signals.episode_detector WHERE device_id = '${device.deviceId}'`,
  )
  return { episodeId: row!.episode_id, since, device }
}
const view = async (episodeId: string): Promise<Episode> =>
  (await app.send('communityWorker', 'GET', `/episodes/${episodeId}`)).json<Episode>()
async function letPass(seconds: number, everySeconds = 5): Promise<void> {
  for (let passed = 0; passed < seconds; passed += everySeconds) {
    await Promise.all([app.settle(), app.settle()])
    db.clock.advance(everySeconds * 1000)
  }
  await app.settle()
}
const heardOn = (phone: string, since: number) => app.phones.on(phone).map(({ channel, at }) => [channel, (at.getTime() - since) / 1000])
const press = (key: string) => db.system((system) => hearReceipt(system, app.phones.channels, 'voice', { key, kind: 'acknowledged' }))

test('nobody answers: every rung rings page, message and call in its time, the family in its own order, and no rung is sent twice [PLAT-12] [RISK-04] (alert to the person on duty, acknowledge timer)', async () => {
  const { episodeId, since } = await aCall()
  await letPass(300)
  // Two attempts of the first rung, a minute apart; the third rung has no phones.
  expect(heardOn(son.phone, since)).toEqual([
    ['sms', 0],
    ['voice', 30],
    ['sms', 60],
    ['voice', 90],
  ])
  expect(heardOn(neighbor.phone, since)).toEqual([
    ['sms', 0],
    ['voice', 60],
    ['sms', 60],
    ['voice', 120],
  ])
  expect(heardOn(gridPhone, since)).toEqual([
    ['sms', 20],
    ['voice', 40],
    ['sms', 80],
    ['voice', 100],
  ])
  expect(heardOn(deskPhone, since)).toEqual([
    ['sms', 140],
    ['voice', 160],
  ])
  const twice = await db.superuser(
    `SELECT 1 FROM messages.delivery WHERE about_id = '${episodeId}' GROUP BY once_key, channel, recipient_id HAVING count(*) > 1`,
  )
  expect(twice).toEqual([])
  const phoned = (await view(episodeId)).lines.filter(({ kind }) => kind === 'phone')
  expect(phoned).toHaveLength(14)
  expect(phoned.find(({ byName }) => byName?.startsWith('儿子'))).toMatchObject({
    byName: '儿子 林*',
    phone: { channel: 'sms', to: '199****0101', isFamily: true, state: 'sent' },
  })
  // Whose home it is, a family knows; nothing else of it leaves.
  expect(app.phones.on(son.phone)[0]!.text).not.toContain('1号楼')
  expect(JSON.stringify(await view(episodeId))).not.toContain(son.phone)
})

test('somebody answers on a page: no call follows, and the message to the family went all the same', async () => {
  const { episodeId, since } = await aCall()
  await app.send('gridWorker', 'POST', `/episodes/${episodeId}/moves/acknowledge`, { requestId: newId() })
  await letPass(120)
  expect(heardOn(son.phone, since)).toEqual([['sms', 0]])
  expect(heardOn(gridPhone, since)).toEqual([])
  expect(heardOn(deskPhone, since)).toEqual([])
})

test('a key pressed on a call answers the alarm in the name of who was called, once; of a family it is noted and stops nothing', async () => {
  const { episodeId } = await aCall()
  await letPass(45)
  const toSon = app.phones.on(son.phone).find(({ channel }) => channel === 'voice')!
  await press(toSon.key)
  await app.settle()
  expect(await view(episodeId)).toMatchObject({ stage: 'raised' })
  const toGrid = app.phones.on(gridPhone).find(({ channel }) => channel === 'voice')!
  await Promise.all([press(toGrid.key), press(toGrid.key)])
  await app.settle()
  const answered = await view(episodeId)
  expect(answered.stage).toBe('acknowledged')
  expect(answered.lines.filter(({ kind }) => kind === 'heard' || kind === 'acknowledge')).toMatchObject([
    { kind: 'heard', byName: '儿子 林*' },
    { kind: 'acknowledge', byName: '周倩', via: 'voice' },
  ])
  const calls = app.phones.arrived.length
  await letPass(120)
  expect(app.phones.arrived).toHaveLength(calls)
})

test('a gateway that is away holds nobody up: the pages ring in their time, and the message goes when it is back', async () => {
  const { episodeId, since } = await aCall()
  app.phones.isDown = true
  await letPass(30)
  expect(app.phones.arrived).toEqual([])
  expect((await view(episodeId)).lines.filter(({ kind }) => kind === 'told')).toHaveLength(1)
  app.phones.isDown = false
  await letPass(30)
  expect(heardOn(son.phone, since).filter(([channel]) => channel === 'sms')).toHaveLength(1)
})

const dayMs = 86_400_000
const shanghaiMs = 8 * 3_600_000
const hourMs = 3_600_000
/** Moves on to the next time that clocks in China show this; what was raised before rings no more. */
async function becomes(hour: number): Promise<void> {
  await db.superuser(
    `UPDATE signals.episode SET next_step_at = NULL; UPDATE messages.delivery SET state = 'needless' WHERE state = 'waiting'`,
  )
  const now = db.clock.now().getTime()
  db.clock.advance((Math.ceil((now + shanghaiMs) / dayMs) + 1) * dayMs + hour * hourMs - shanghaiMs - now)
}

let sonId: string | undefined
async function sonSays(said: ResidentPreference): Promise<void> {
  const { vault } = db.deps
  await db.system(async (system) => {
    sonId ??= (await aResidentSession(system, null, vault.seal(son.phone), phoneHash(vault, son.phone))).residentId
    await writeResidentPreference(system, sonId, said)
  })
}
/** As `aCall`, of an alarm of this level. */
async function aCallOf(level: number) {
  const call = await aCall()
  await db.superuser(`UPDATE signals.episode SET level = ${level} WHERE episode_id = '${call.episodeId}'`)
  return call
}
const night = { sms: 'always', voice: 'awake', quietFrom: 22 * 60, quietTo: 7 * 60, lang: 'en' } as const

test('a son who wants no calls at night has the message of a yellow alarm, in his language, and the call in the morning, once; a red one rings [PLAT-12] (preferences of residents)', async () => {
  await becomes(23)
  await sonSays(night)
  const yellow = await aCallOf(3)
  await letPass(150)
  expect(heardOn(son.phone, yellow.since)).toEqual([
    ['sms', 0],
    ['sms', 60],
  ])
  expect(app.phones.on(son.phone)[0]!.text).toContain('from the relative who named you')
  expect(heardOn(neighbor.phone, yellow.since)).toContainEqual(['voice', 60])
  db.clock.advance(8 * hourMs - 160_000)
  await app.settle()
  expect(app.phones.on(son.phone).filter(({ channel }) => channel === 'voice')).toEqual([])
  await letPass(30)
  const calls = heardOn(son.phone, yellow.since).filter(([channel]) => channel === 'voice')
  expect(calls).toHaveLength(1)
  expect(Math.abs(Number(calls[0]![1]) - 8 * 3600)).toBeLessThan(15)

  await becomes(23)
  const red = await aCallOf(1)
  await letPass(150)
  expect(heardOn(son.phone, red.since)).toEqual([
    ['sms', 0],
    ['voice', 30],
    ['sms', 60],
    ['voice', 90],
  ])
})

test('a message that failed in the night does not bring the call of the morning forward; of a red alarm it does [PLAT-12] (preferences of residents)', async () => {
  await sonSays(night)
  for (const level of [3, 1]) {
    await becomes(23)
    const { episodeId, since } = await aCallOf(level)
    await letPass(10)
    const [sent] = await db.superuser<{ delivery_id: string }>(`
      SELECT delivery_id FROM messages.delivery WHERE about_id = '${episodeId}' AND recipient_id = '${son.contactId}' AND channel = 'sms'`)
    await db.system((system) => hearReceipt(system, app.phones.channels, 'sms', { key: sent!.delivery_id, kind: 'failed' }))
    await letPass(10)
    const calls = heardOn(son.phone, since).filter(([channel]) => channel === 'voice')
    expect(calls).toEqual(level === 1 ? [['voice', 10]] : [])
  }
})

test('settled in the night, the call of the morning is not made', async () => {
  await becomes(23)
  await sonSays(night)
  const { episodeId, since } = await aCallOf(4)
  await letPass(10)
  await app.send('gridWorker', 'POST', `/episodes/${episodeId}/moves/settle`, { requestId: newId(), outcome: 'TEST', text: '演练' })
  await letPass(10)
  db.clock.advance(9 * hourMs)
  await app.settle()
  expect(heardOn(son.phone, since)).toEqual([['sms', 0]])
})

test('whatever a resident wants, at whatever hour: red and orange ring by every way at once, yellow and blue never inside the hours nor by a way that is not wanted', {
  timeout: 120_000,
}, async () => {
  const way = fc.constantFrom('always' as const, 'awake' as const, 'never' as const)
  const minute = fc.integer({ min: 0, max: 1439 })
  await fc.assert(
    fc.asyncProperty(way, way, minute, minute, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 4 }), async (...drawn) => {
      const [sms, voice, quietFrom, quietTo, hour, level] = drawn
      fc.pre(quietFrom !== quietTo)
      await becomes(hour)
      await sonSays({ sms, voice, quietFrom, quietTo, lang: 'zh' })
      const { episodeId, since } = await aCallOf(level)
      await letPass(40)
      const told = await db.superuser<{ channel: 'sms' | 'voice'; send_at: Date; made_at: Date }>(`
        SELECT channel, send_at, made_at FROM messages.delivery
        WHERE about_id = '${episodeId}' AND recipient_id = '${son.contactId}' AND once_key LIKE '%/1' ORDER BY channel`)
      const wanted = { sms, voice }
      if (level > 2) {
        expect(told.map(({ channel }) => channel)).toEqual((['sms', 'voice'] as const).filter((channel) => wanted[channel] !== 'never'))
        for (const { channel, send_at } of told) {
          const at = Math.floor(((send_at.getTime() + shanghaiMs) % dayMs) / 60_000)
          const isQuiet = (at - quietFrom + 1440) % 1440 < (quietTo - quietFrom + 1440) % 1440
          if (wanted[channel] === 'awake') expect(isQuiet, `${channel} at minute ${at}`).toBe(false)
        }
      } else
        expect(heardOn(son.phone, since)).toEqual([
          ['sms', 0],
          ['voice', 30],
        ])
    }),
    { numRuns: 12 },
  )
})
