import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Device } from '../../contract/device.ts'
import type { EpisodeRow } from '../../contract/episode.ts'
import { type ACertificate, type AnAuthority, anAuthority } from '../../testing/a-certificate.ts'
import { type ADevice, type SignalsApp, signalsApp } from '../../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
let county: AnAuthority
let stranger: AnAuthority
const clients: MqttClient[] = []
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  county = await anAuthority('county devices')
  stranger = await anAuthority('somebody else')
  const { key, cert } = await county.sign('platform')
  app = await signalsApp(db, { port: 0, key: Buffer.from(key), cert: Buffer.from(cert), ca: Buffer.from(county.ca) })
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)))
  await app.close()
  await db.close()
})

/** Knocks at the encrypted door as this device, with what is given; undefined when it was refused. */
async function enter(code: string, shown: Partial<ACertificate> & { password?: string }, more: IClientOptions = {}) {
  const options = { clientId: code, protocolVersion: 4, reconnectPeriod: 0, ca: county.ca, ...shown, ...more } as const
  const client = await mqtt.connectAsync(app.mqtt.tlsUrl!, options).catch(() => undefined)
  if (client) clients.push(client)
  return client
}

const post = (device: ADevice, path: string, body: object) =>
  app.send('communityWorker', 'POST', `/devices/${device.deviceId}/${path}`, { requestId: newId(), reason: '现场核实', ...body })
const register = (device: ADevice, certificate: string | null) => post(device, 'certificate', { certificate })
const viewOf = async (device: ADevice): Promise<Device> =>
  (await app.send('communityWorker', 'GET', `/devices/${device.deviceId}`)).json<Device>()
const refusals = async (code: string): Promise<string[]> =>
  (
    await db.superuser<{ why: string }>(
      `SELECT detail ->> 'why' AS why FROM base.audit_entry WHERE action = 'signals.device_refused' AND subject_id = '${code}' ORDER BY audit_id`,
    )
  ).map(({ why }) => why)

/** A device with a registered certificate of its own. */
async function aCertifiedDevice(): Promise<{ device: ADevice; own: ACertificate }> {
  const device = await app.aDevice('motion')
  const own = await county.sign(device.code)
  expect((await register(device, own.cert)).status).toBe(200)
  return { device, own }
}

test('a device comes in with its own certificate, and what it says is stored; the ledger shows whose it is and until when [SEC-09] (per-device certificate)', async () => {
  const { device, own } = await aCertifiedDevice()
  expect(await viewOf(device)).toMatchObject({
    secretMadeAt: null,
    certificate: { name: `CN=${device.code}`, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  const client = (await enter(device.code, own))!
  await client.publishAsync(`up/${device.code}/telemetry`, '{"id":"1","values":{"active":1}}', { qos: 1 })
  expect(await app.telemetry(device)).toMatchObject([{ values: { active: 1 } }])
})

test('a strange, an expired, another device’s and no certificate are turned away, each with its reason on the trail; the secret opens nothing any more, at neither door [SEC-09] (per-device certificate)', async () => {
  const { device, own } = await aCertifiedDevice()
  const other = await aCertifiedDevice()
  const expired = await county.sign(device.code, new Date('2021-01-01'))
  expect(await enter(device.code, await stranger.sign(device.code))).toBeUndefined()
  expect(await enter(device.code, expired)).toBeUndefined()
  expect(await enter(device.code, await county.sign(device.code))).toBeUndefined()
  expect(await enter(device.code, other.own, { username: device.code, password: device.secret })).toBeUndefined()
  expect(await refusals(device.code)).toEqual(['certificate untrusted', 'certificate untrusted', 'certificate'])
  const bare = await aCertifiedDevice()
  expect(await enter(bare.device.code, {}, { username: bare.device.code, password: bare.device.secret })).toBeUndefined()
  const plain = { clientId: bare.device.code, username: bare.device.code, password: bare.device.secret, protocolVersion: 4 } as const
  expect(await mqtt.connectAsync(app.mqtt.url, { ...plain, reconnectPeriod: 0 }).catch(() => undefined)).toBeUndefined()
  expect((await app.post(bare.device, '{"values":{"active":1}}')).status).toBe(401)
  expect(await refusals(bare.device.code)).toEqual(['certificate missing', 'certificate missing', 'certificate missing'])
  expect(await enter(device.code, own)).toBeDefined()
})

test('a device sends under its own code alone, whatever user name it gives', async () => {
  const [one, other] = [await aCertifiedDevice(), await aCertifiedDevice()]
  expect(await enter(one.device.code, one.own, { username: other.device.code })).toBeUndefined()
  const client = (await enter(one.device.code, one.own))!
  client.publish(`up/${other.device.code}/telemetry`, '{"values":{"active":1}}', { qos: 1 })
  await expect.poll(() => client.connected, { timeout: 5000 }).toBe(false)
  expect(await app.telemetry(other.device)).toEqual([])
})

test('a certificate that is taken back ends the session within seconds and opens nothing again; a new one or a new secret does [SEC-09] (revoke)', async () => {
  const { device, own } = await aCertifiedDevice()
  const client = (await enter(device.code, own))!
  expect((await register(device, null)).json<Device>()).toMatchObject({ certificate: null, secretMadeAt: null })
  await expect.poll(() => client.connected, { timeout: 5000 }).toBe(false)
  expect(await enter(device.code, own)).toBeUndefined()
  expect((await register(device, own.cert)).json()).toMatchObject({ code: 'signals.data_invalid', fields: [{ path: 'certificate' }] })
  const next = await county.sign(device.code)
  await register(device, next.cert)
  const again = (await enter(device.code, next))!
  const { secret } = (await post(device, 'secret', {})).json<ADevice>()
  await expect.poll(() => again.connected, { timeout: 5000 }).toBe(false)
  expect(await enter(device.code, next)).toBeUndefined()
  expect(await enter(device.code, {}, { username: device.code, password: secret })).toBeDefined()
})

test('thirty days before a certificate ends its keeper is told, once for each [SEC-09] (per-device certificate)', async () => {
  const device = await app.aDevice('motion')
  const until = new Date(db.clock.now().getTime() + 400 * 86_400_000)
  const own = await county.sign(device.code, until)
  await register(device, own.cert)
  const alarms = async () =>
    (await app.send('communityWorker', 'GET', `/episodes?subjectId=${device.deviceId}`)).json<{ items: EpisodeRow[] }>().items
  db.clock.moveTo(new Date(until.getTime() - 31 * 86_400_000))
  await app.sweep()
  expect(await alarms()).toEqual([])
  db.clock.moveTo(new Date(until.getTime() - 29 * 86_400_000))
  await app.sweep()
  const [alarm] = await alarms()
  expect(alarm).toMatchObject({ rule: 'lamps.ending', level: 4 })
  const settle = { requestId: newId(), outcome: 'REAL', text: '已安排换证' }
  await app.send('communityWorker', 'POST', `/episodes/${alarm!.episodeId}/moves/settle`, settle)
  await app.sweep()
  expect(await alarms()).toHaveLength(1)
  const next = await county.sign(device.code, new Date(until.getTime() + 86_400_000))
  db.clock.advance(1000)
  await register(device, next.cert)
  await app.sweep()
  expect(await alarms()).toHaveLength(2)
})

test('a session ends with its certificate', async () => {
  const device = await app.aDevice('motion')
  const until = new Date(db.clock.now().getTime() + 400 * 86_400_000)
  const own = await county.sign(device.code, until)
  await register(device, own.cert)
  const client = (await enter(device.code, own))!
  db.clock.moveTo(new Date(until.getTime() + 1000))
  client.publish(`up/${device.code}/telemetry`, '{"values":{"active":1}}', { qos: 1 })
  await expect.poll(() => client.connected, { timeout: 5000 }).toBe(false)
  expect(await app.telemetry(device)).toEqual([])
})

test('what is no certificate of this device is refused in words, and the key that stands goes on to stand', async () => {
  const { device: other, own } = await aCertifiedDevice()
  const device = await app.aDevice('motion')
  const ended = await county.sign(device.code, new Date('2021-01-01'))
  for (const certificate of [null, 'nonsense', own.key, own.cert, county.ca, ended.cert, `${own.cert}\n${own.cert}`])
    expect((await register(device, certificate)).json()).toMatchObject({ code: 'signals.data_invalid', fields: [{ path: 'certificate' }] })
  expect((await viewOf(device)).secretMadeAt).not.toBeNull()
  expect((await viewOf(other)).certificate).not.toBeNull()
  expect((await app.post(device, '{"values":{"active":1}}')).status).toBe(200)
})
