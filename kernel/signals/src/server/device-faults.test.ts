import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Device, DeviceRow } from '../contract/device.ts'
import type { EpisodeRow } from '../contract/episode.ts'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'
import { openDeviceBook } from './device-book.ts'
import { startMqtt } from './mqtt/start-mqtt.ts'

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

const alarmsOf = async ({ deviceId }: ADevice): Promise<string[]> =>
  (await app.send('communityWorker', 'GET', `/episodes?subjectId=${deviceId}`))
    .json<{ items: EpisodeRow[] }>()
    .items.map(({ rule, stage }) => `${rule} ${stage}`)
const viewOf = async ({ deviceId }: ADevice): Promise<Device> =>
  (await app.send('communityWorker', 'GET', `/devices/${deviceId}`)).json<Device>()
const say = (device: ADevice, values: object) => app.post(device, JSON.stringify({ id: newId(), values }))

/** Comes in as this device; undefined when it was refused. */
async function enter({ code, secret }: ADevice, url = app.mqtt.url): Promise<MqttClient | undefined> {
  const options = { clientId: code, username: code, password: secret, protocolVersion: 4, reconnectPeriod: 0 } as const
  return mqtt.connectAsync(url, options).catch(() => undefined)
}

test('a battery below 20 % is one alarm for whoever keeps the device, however often it says so, and again after a week', async () => {
  const device = await app.aDevice('motion')
  await say(device, { active: 0, battery: 20 })
  await app.sweep()
  expect(await alarmsOf(device)).toEqual([])
  for (const battery of [19, 18, 18]) {
    db.clock.advance(1000)
    await say(device, { active: 0, battery })
  }
  await app.sweep()
  await app.sweep()
  expect(await alarmsOf(device)).toEqual(['lamps.fading raised'])
  const [alarm] = await db.superuser<{ episode_id: string }>(
    `SELECT episode_id FROM signals.episode WHERE subject_id = '${device.deviceId}'`,
  )
  const settle = { requestId: newId(), outcome: 'REAL', text: '已报修' }
  await app.send('communityWorker', 'POST', `/episodes/${alarm!.episode_id}/moves/settle`, settle)
  await app.sweep()
  expect(await alarmsOf(device)).toEqual(['lamps.fading settled'])
  db.clock.advance(7 * 86_400_000 + 1000)
  await app.sweep()
  expect(await alarmsOf(device)).toHaveLength(2)
})

test('two that push each other out under one code: an alarm, and the secret of both is shut until a person gives a new one [SEC-09] (anomaly, clone id lockout)', async () => {
  const device = await app.aDevice('motion')
  const seen: (MqttClient | undefined)[] = []
  for (let turn = 0; turn < 5; turn++) seen.push(await enter(device))
  expect(seen.map((client) => client !== undefined)).toEqual([true, true, true, true, false])
  expect(await alarmsOf(device)).toEqual(['lamps.doubled raised'])
  expect(await viewOf(device)).toMatchObject({ isShut: true, secretMadeAt: null })
  await expect.poll(() => seen[3]!.connected, { timeout: 5000 }).toBe(false)
  expect(await enter(device)).toBeUndefined()

  const fresh = await app.send('communityWorker', 'POST', `/devices/${device.deviceId}/secret`, { requestId: newId(), reason: '现场核实' })
  const client = await enter({ ...device, secret: fresh.json<{ secret: string }>().secret })
  expect(client).toBeDefined()
  expect(await viewOf(device)).toMatchObject({ isShut: false })
  await client!.endAsync()
})

test('sessions that end each other in several processes are counted together, each to its own ten minutes [SEC-09] (anomaly, clone id lockout)', async () => {
  const device = await app.aDevice('motion')
  const other = await startMqtt({ deps: app.deps, host: '127.0.0.1', port: 0, book: openDeviceBook(db.deps), ingest: app.ingest })
  const enterTimes = async (times: number, url: string): Promise<boolean[]> => {
    const seen: boolean[] = []
    for (let turn = 0; turn < times; turn++) seen.push((await enter(device, url)) !== undefined)
    return seen
  }
  expect(await enterTimes(4, app.mqtt.url)).toEqual([true, true, true, true])
  db.clock.advance(11 * 60_000)
  expect(await enterTimes(3, app.mqtt.url)).toEqual([true, true, true])
  expect(await alarmsOf(device)).toEqual([])
  expect(await enterTimes(2, other.url)).toEqual([true, false])
  expect(await alarmsOf(device)).toEqual(['lamps.doubled raised'])
  expect(await viewOf(device)).toMatchObject({ isShut: true })
  await other.stop()
})

test('what somebody may call for help with raises the same alarm and is never shut out', async () => {
  const device = await app.aDevice('smoke', { buildingId: app.town.buildings.xingfuCell1 })
  const seen: (MqttClient | undefined)[] = []
  for (let turn = 0; turn < 6; turn++) seen.push(await enter(device))
  expect(seen.every((client) => client !== undefined)).toBe(true)
  expect(await alarmsOf(device)).toEqual(['lamps.doubled raised'])
  await Promise.all(seen.map((client) => client?.endAsync(true)))
})

test('the ledger shows which version a device says it has, finds by it and counts them; what is no version is kept apart [SEC-09] (firmware list)', async () => {
  const device = await app.aDevice('door')
  const client = (await enter(device))!
  const tell = (payload: string) => client.publishAsync(`up/${device.code}/info`, payload, { qos: 1 })
  await tell('{"firmware":"2.1.0-beta"}')
  await tell('{"firmware":""}')
  await tell('nonsense')
  const { items } = (await app.send('communityWorker', 'GET', '/devices?firmware=2.1.0-beta')).json<{ items: DeviceRow[] }>()
  expect(items).toMatchObject([{ code: device.code, firmware: '2.1.0-beta' }])
  const list = (await app.send('communityWorker', 'GET', '/devices/firmware')).json<{ items: object[] }>().items
  expect(list).toContainEqual({ kind: 'door', firmware: '2.1.0-beta', devices: 1 })
  const apart = await db.superuser(`SELECT reason FROM signals.quarantine WHERE device_id = '${device.deviceId}' ORDER BY first_at`)
  expect(apart).toEqual([{ reason: 'shape-unknown' }, { reason: 'json-malformed' }])
  await client.endAsync()
})

test('who calls for help stands above a battery that is low, whichever came later, page by page', async () => {
  const band = await app.aDevice('wristband')
  await say(band, { sos: 1 })
  db.clock.advance(60_000)
  await say(await app.aDevice('motion'), { active: 0, battery: 3 })
  await app.sweep()
  const levels: number[] = []
  let cursor = ''
  do {
    const page = (
      await app.send('communityWorker', 'GET', `/episodes?state=open&limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    ).json<{
      items: EpisodeRow[]
      next: string | null
    }>()
    levels.push(...page.items.map(({ level }) => level))
    cursor = page.next ?? ''
  } while (cursor)
  expect(levels[0]).toBe(1)
  const quiet = levels.map((level) => level > 2)
  expect(quiet).toEqual(quiet.toSorted((a, b) => Number(a) - Number(b)))
  expect(new Set(quiet)).toEqual(new Set([false, true]))
})
