import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Episode, EpisodeRow } from '../contract/episode.ts'
import { deviceRules } from '../define/device-rules.ts'
import { things } from '../define/things.ts'
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

async function connect({ deviceId, code, secret }: ADevice): Promise<MqttClient> {
  const options = { clientId: code, username: code, password: secret, protocolVersion: 4, reconnectPeriod: 0 } as const
  const client = await mqtt.connectAsync(app.mqtt.url, options)
  await isHere(deviceId, true)
  return client
}

async function leave({ deviceId }: ADevice, client: MqttClient): Promise<void> {
  await client.endAsync()
  await isHere(deviceId, false)
}

const isHere = (deviceId: string, here: boolean): Promise<void> =>
  expect
    .poll(
      async () => (await db.superuser(`SELECT node_id IS NOT NULL AS here FROM signals.device_state WHERE device_id = '${deviceId}'`))[0],
    )
    .toEqual({ here })

async function pass(minutes: number): Promise<void> {
  db.clock.advance(minutes * 60_000)
  await app.sweep()
}

const alarmsOf = async ({ deviceId }: ADevice): Promise<EpisodeRow[]> =>
  (await app.send('communityWorker', 'GET', `/episodes?subjectId=${deviceId}`)).json<{ items: EpisodeRow[] }>().items

test('a device that left is an alarm of its own after its time, once for each time, and it rings for nobody; back again is written in [RISK-04] (device silence)', async () => {
  const device = await app.aDevice('smoke', { buildingId: app.town.buildings.xingfuCell1 })
  const client = await connect(device)
  await pass(600)
  expect(await alarmsOf(device)).toEqual([])
  await leave(device, client)
  await pass(29)
  expect(await alarmsOf(device)).toEqual([])
  await pass(2)
  const [alarm, ...more] = await alarmsOf(device)
  expect(more).toEqual([])
  expect(alarm).toMatchObject({ rule: 'lamps.torn-off', level: 3, stage: 'raised' })
  expect((await app.send('communityWorker', 'GET', '/episodes')).json()).toMatchObject({ ringing: 0 })
  const again = await connect(device)
  await pass(1)
  const whole = (await app.send('communityWorker', 'GET', `/episodes/${alarm!.episodeId}`)).json<Episode>()
  expect(whole.lines.filter(({ kind }) => kind === 'sign')).toHaveLength(1)
  expect(whole.nextStepAt).toBeNull()
  await app.send('communityWorker', 'POST', `/episodes/${alarm!.episodeId}/moves/settle`, {
    requestId: newId(),
    outcome: 'REAL',
    text: '换了电池',
  })
  await leave(device, again)
  await pass(31)
  expect(await alarmsOf(device)).toHaveLength(2)
  await pass(31)
  expect(await alarmsOf(device)).toHaveLength(2)
})

test('one that never held a session, one that is being mended, and one that came back in time are not away', async () => {
  const wanted = { buildingId: app.town.buildings.xingfuCell1 }
  const [never, mended, brief] = [
    await app.aDevice('smoke', wanted),
    await app.aDevice('smoke', wanted),
    await app.aDevice('smoke', wanted),
  ]
  await leave(mended, await connect(mended))
  const until = new Date(db.clock.now().getTime() + 86_400_000).toISOString()
  const change = { requestId: newId(), state: 'suspended', suspendedFor: 'maintenance', suspendedUntil: until, reason: '换电池' }
  expect((await app.send('communityWorker', 'POST', `/devices/${mended.deviceId}/state`, change)).status).toBe(200)
  await leave(brief, await connect(brief))
  await pass(20)
  const client = await connect(brief)
  await pass(60)
  for (const device of [never, mended, brief]) expect(await alarmsOf(device)).toEqual([])
  await client.endAsync()
})

test('what sends through a gateway that is away is part of the alarm of the gateway; back without it, it is one of its own', async () => {
  const gateway = await app.aDevice('gateway')
  const wanted = { buildingId: app.town.buildings.xingfuCell1, gatewayCode: gateway.code }
  const [one, other] = [await app.aDevice('smoke', wanted), await app.aDevice('smoke', wanted)]
  const clients = await Promise.all([connect(gateway), connect(one), connect(other)])
  await leave(one, clients[1])
  await leave(gateway, clients[0])
  await leave(other, clients[2])
  await pass(31)
  await pass(1)
  expect([...(await alarmsOf(one)), ...(await alarmsOf(other))]).toEqual([])
  const [alarm, ...more] = await alarmsOf(gateway)
  expect(more).toEqual([])
  const whole = (await app.send('communityWorker', 'GET', `/episodes/${alarm!.episodeId}`)).json<Episode>()
  expect(whole.devices.map(({ code }) => code).toSorted()).toEqual([gateway, one, other].map(({ code }) => code).toSorted())

  const again = [await connect(gateway), await connect(other)]
  await pass(1)
  expect((await alarmsOf(one)).map(({ rule }) => rule)).toEqual(['lamps.torn-off'])
  expect(await alarmsOf(other)).toEqual([])
  await Promise.all(again.map((client) => client.endAsync()))
})

test('a gateway is bound and unbound with a reason, shows how many send through it, and is none that is not in the ledger', async () => {
  const [gateway, device] = [await app.aDevice('gateway'), await app.aDevice('motion')]
  const bind = (gatewayCode: string | null, by: 'communityWorker' | 'gridWorker' = 'communityWorker') =>
    app.send(by, 'POST', `/devices/${device.deviceId}/gateway`, { requestId: newId(), gatewayCode, reason: '装在二楼弱电间' })
  expect((await bind('NO-SUCH')).json()).toMatchObject({ code: 'signals.data_invalid', fields: [{ path: 'gatewayCode' }] })
  expect((await bind(device.code)).json()).toMatchObject({ code: 'signals.data_invalid' })
  expect((await bind(gateway.code)).json()).toMatchObject({ gateway: { code: gateway.code }, behind: null })
  const shown = (await app.send('communityWorker', 'GET', `/devices/${gateway.deviceId}`)).json()
  expect(shown).toMatchObject({ gateway: null, behind: 1 })
  const behind = (await app.send('communityWorker', 'GET', `/devices?gatewayId=${gateway.deviceId}`)).json<{ items: { code: string }[] }>()
  expect(behind.items.map(({ code }) => code)).toEqual([device.code])
  expect((await bind(null)).json()).toMatchObject({ gateway: null })
})

test('every kind of device is told of when it is away', () => {
  const kinds = deviceRules.flatMap(({ when }) => (when.op === 'offline' ? when.kinds : []))
  expect(kinds.toSorted()).toEqual(things.map(({ key }) => key).toSorted())
})
