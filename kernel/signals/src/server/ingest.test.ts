import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'
import { keepDays } from './keep-days.ts'

let db: TestDatabase
let app: SignalsApp
const clients: MqttClient[] = []

beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)))
})
afterAll(async () => {
  await app.close()
  await db.close()
})

/** An unmodified client, as a device has it. */
async function connect({ code, secret }: Pick<ADevice, 'code' | 'secret'>, more: object = {}): Promise<MqttClient> {
  const client = mqtt.connect(app.mqtt.url, {
    clientId: code,
    username: code,
    password: secret,
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...more,
  })
  clients.push(client)
  client.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve())
    client.once('error', reject)
    client.once('close', () => reject(new Error('closed')))
  })
  return client
}

const closeOf = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()))
const publish = (client: MqttClient, { code }: ADevice, payload: string | Buffer) =>
  client.publishAsync(`up/${code}/telemetry`, payload, { qos: 1 })
const waiting = (device: ADevice) =>
  db.superuser<{ reason: string; field: string | null; times: number; payload_bytes: number }>(
    `SELECT reason, field, times, payload_bytes FROM signals.quarantine WHERE device_id = '${device.deviceId}' ORDER BY first_at`,
  )
const now = () => db.clock.now().getTime()

test('what is acknowledged is committed, with its latest value and the device online and heard [IOT-01] (online state, last seen)', async () => {
  const device = await app.aDevice('meter')
  const before = await app.send('gridWorker', 'GET', `/devices/${device.deviceId}`)
  expect(before.json()).toMatchObject({ presence: 'never', lastSeenAt: null, latest: [] })
  const client = await connect(device)
  await publish(client, device, JSON.stringify({ ts: now() - 60_000, values: { kwh: 3.5 } }))
  await publish(client, device, JSON.stringify({ ts: now() - 120_000, values: { kwh: 3.4 } }))
  expect((await app.telemetry(device)).map(({ values, time_source }) => [values.kwh, time_source])).toEqual([
    [3.4, 'device'],
    [3.5, 'device'],
  ])
  const after = await app.send('gridWorker', 'GET', `/devices/${device.deviceId}`)
  expect(after.json()).toMatchObject({ presence: 'online', latest: [{ key: 'kwh', value: 3.5 }] })
})

test('a device that is not in the ledger is refused and logged, and so is a wrong secret, over both lines [IOT-01] (unregistered: rejected and logged)', async () => {
  const device = await app.aDevice('door')
  const strangers = [
    { code: 'NOT-THERE-1', secret: device.secret },
    { code: device.code, secret: 'x'.repeat(43) },
    { code: device.code, secret: '' },
  ]
  for (const stranger of strangers) {
    await expect(connect(stranger)).rejects.toThrow(/Not authorized|Bad username|closed/)
    const answer = await app.post(stranger, JSON.stringify({ values: { passage: 1 } }))
    expect({ status: answer.status, code: answer.json<{ code: string }>().code }).toEqual({ status: 401, code: 'signals.device_refused' })
  }
  expect(await app.telemetry(device)).toEqual([])
  const trail = await db.superuser<{ subject_id: string; detail: { why: string } }>(
    "SELECT subject_id, detail FROM base.audit_entry WHERE action = 'signals.device_refused' ORDER BY audit_id",
  )
  expect(trail.map(({ subject_id, detail }) => `${subject_id} ${detail.why}`)).toEqual(
    expect.arrayContaining(['NOT-THERE-1 unregistered', `${device.code} secret`]),
  )
})

test('a stranger who guesses the secret of a device again and again does not keep it out, not even from behind the same address', async () => {
  const device = await app.aDevice('door')
  for (let guess = 0; guess < 30; guess++) {
    const answer = await app.post({ code: device.code, secret: `x${guess}`.padEnd(43, 'x') }, '{"values":{"passage":1}}')
    expect(answer.status).toBe(401)
  }
  await publish(await connect(device), device, '{"id":"own","values":{"passage":1}}')
  expect(await app.telemetry(device)).toHaveLength(1)
})

test('client id, user name and code are one: nobody sends under another name', async () => {
  const [mine, other] = [await app.aDevice('door'), await app.aDevice('door')]
  await expect(connect(mine, { clientId: other.code })).rejects.toThrow()
  await expect(connect(mine, { username: other.code })).rejects.toThrow()
})

test("another device's topic ends the connection and is on the trail; nobody hears what others send", async () => {
  const [mine, other] = [await app.aDevice('door'), await app.aDevice('door')]
  for (const attempt of [
    (client: MqttClient) => client.publishAsync(`up/${other.code}/telemetry`, '{"values":{"passage":1}}', { qos: 1 }),
    (client: MqttClient) => client.publishAsync('$SYS/x', 'x', { qos: 1 }),
    (client: MqttClient) => client.subscribeAsync('#'),
    (client: MqttClient) => client.subscribeAsync(`up/${other.code}/telemetry`),
    (client: MqttClient) => client.subscribeAsync('down/+/command'),
  ]) {
    const client = await connect(mine)
    const closed = closeOf(client)
    attempt(client).catch(() => {})
    await closed
  }
  expect(await app.telemetry(other)).toEqual([])
  const trail = await db.superuser(`SELECT 1 FROM base.audit_entry WHERE action = 'signals.topic_refused' AND subject_id = '${mine.code}'`)
  expect(trail.length).toBeGreaterThan(0)
  const client = await connect(mine)
  expect(await client.subscribeAsync(`down/${mine.code}/command`)).toHaveLength(1)
})

test('a will and a retained message leave nothing behind', async () => {
  const [device, other] = [await app.aDevice('door'), await app.aDevice('door')]
  const client = await connect(device, {
    will: { topic: `up/${other.code}/telemetry`, payload: Buffer.from('{"values":{"passage":1}}'), qos: 1, retain: true },
  })
  await client.publishAsync(`up/${device.code}/telemetry`, JSON.stringify({ id: 'kept', values: { passage: 1 } }), { qos: 1, retain: true })
  client.stream.destroy()
  await publish(await connect(other), other, JSON.stringify({ id: 'own', values: { passage: 0 } }))
  expect((await app.telemetry(other)).map(({ values }) => values)).toEqual([{ passage: 0 }])
  expect(await app.telemetry(device)).toHaveLength(1)
})

const poison: [reason: string, payload: string | Buffer][] = [
  ['json-malformed', '{"values":{"battery":1}'],
  ['json-malformed', '{"values":{"battery":NaN}}'],
  ['json-malformed', ''],
  ['not-text', Buffer.from([0x7b, 0x22, 0xff, 0xfe])],
  ['not-text', '{"values":{"battery":1}}\0'],
  ['too-deep', `{"values":${'['.repeat(50_000)}${']'.repeat(50_000)}}`.slice(0, 60_000)],
  ['too-large', `{"values":{"battery":1},"x":"${'x'.repeat(1024 * 1024)}"}`],
  ['shape-unknown', '{"battery":1}'],
  ['shape-unknown', '[1]'],
  ['shape-unknown', '{"values":{}}'],
  ['value-out-of-range', '{"values":{"battery":101}}'],
  ['value-out-of-range', '{"values":{"battery":1e308}}'],
  ['value-wrong-type', '{"values":{"battery":"full"}}'],
  ['value-wrong-type', '{"values":{"passage":0.5}}'],
  ['value-unknown', '{"values":{"__proto__":{"battery":1}}}'],
  ['value-unknown', '{"values":{"temp\\u0000":1}}'],
  ['id-invalid', '{"id":{"a":1},"values":{"battery":1}}'],
]

test.each(poison)(
  '%s: quarantined with its reason, acknowledged, and the next message of the same device goes through',
  async (reason, payload) => {
    const device = await app.aDevice('door')
    const client = await connect(device)
    await publish(client, device, payload)
    expect(await waiting(device)).toMatchObject([{ reason, payload_bytes: Buffer.byteLength(payload) }])
    await publish(client, device, JSON.stringify({ id: 'next', values: { battery: 50 } }))
    expect((await app.telemetry(device)).map(({ values }) => values)).toEqual([{ battery: 50 }])
    expect(({} as { battery?: number }).battery).toBeUndefined()
  },
)

test('the same fault again counts up one row, and HTTP is told the reason', async () => {
  const device = await app.aDevice('door')
  for (let i = 0; i < 3; i++) {
    const answer = await app.post(device, '{"values":{"battery":400}}')
    expect(answer.status).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'signals.message_quarantined', fields: [{ path: 'battery', message: '值超出范围' }] })
  }
  expect(await waiting(device)).toMatchObject([{ reason: 'value-out-of-range', field: 'battery', times: 3 }])
  for (const [body, type] of [
    ['{"a":', 'application/json'],
    ['x', 'text/plain'],
    ['', 'application/octet-stream'],
  ] as const)
    expect((await app.post(device, body, type)).status).toBe(422)
})

test('a clock a year off: the message is taken at its receipt and marked, with what the device said', async () => {
  const device = await app.aDevice('door')
  const client = await connect(device)
  const year = 365 * 86_400_000
  for (const ts of [now() + year, now() - year, -1, 0.5, 'soon', 1e300]) {
    await publish(client, device, JSON.stringify({ ts, values: { passage: 1 } }))
    const [row] = (await app.telemetry(device)).filter(({ device_ts }) => device_ts === JSON.stringify(ts))
    expect(row).toMatchObject({ time_source: 'replaced', at: db.clock.now() })
  }
  expect(await waiting(device)).toEqual([])
})

test('sent again after a lost acknowledgement a message is stored once: by its id, by its time and values, also a day later', async () => {
  const device = await app.aDevice('meter')
  const client = await connect(device)
  const year = 365 * 86_400_000
  const messages = [
    { id: 'a1', values: { kwh: 1 } },
    { ts: now() - 1000, values: { kwh: 2 } },
    { id: 'a2', ts: now() - 2000, values: { kwh: 3 } },
    { ts: now() - year, values: { kwh: 4 } },
  ].map((message) => JSON.stringify(message))
  for (const wait of [0, 5000, 86_400_000]) {
    db.clock.advance(wait)
    await db.system(keepDays)
    await Promise.all([...messages, ...messages].map((message) => publish(client, device, message)))
  }
  expect((await app.telemetry(device)).map(({ values }) => values.kwh).sort()).toEqual([1, 2, 3, 4])
  // Two without id and time cannot be told apart from two: each is its own.
  const other = await app.aDevice('meter')
  const second = await connect(other)
  await Promise.all([0, 1].map(() => publish(second, other, '{"values":{"kwh":5}}')))
  expect(await app.telemetry(other)).toHaveLength(2)
})

test('a rotated secret ends the session and opens nothing any more; a retired device is out at once [SEC-09] (a secret per device, revoked)', async () => {
  const device = await app.aDevice('door')
  const client = await connect(device)
  const closed = closeOf(client)
  const answer = await app.send('communityWorker', 'POST', `/devices/${device.deviceId}/secret`, { requestId: newId(), reason: '设备送修' })
  expect(answer.status).toBe(200)
  const { secret } = answer.json<ADevice>()
  await closed
  await expect(connect(device)).rejects.toThrow()
  const again = await connect({ ...device, secret })
  const gone = closeOf(again)
  await app.send('communityWorker', 'POST', `/devices/${device.deviceId}/state`, { requestId: newId(), state: 'retired', reason: '拆除' })
  await gone
  await expect(connect({ ...device, secret })).rejects.toThrow()
})

test('telemetry lies in one partition a day, made a week ahead, and goes with its day', async () => {
  const days = async () =>
    (
      await db.superuser<{ day: string }>(
        "SELECT relname AS day FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'signals_days' AND relkind = 'r' ORDER BY 1",
      )
    ).map(({ day }) => day)
  const device = await app.aDevice('meter')
  await app.post(device, JSON.stringify({ id: 'old', values: { kwh: 1 } }))
  const before = await days()
  expect(before).toContain('other')
  expect(before.length).toBeGreaterThanOrEqual(16)
  db.clock.advance(40 * 86_400_000)
  // Nobody made days meanwhile: the default takes the message, and its day takes it over later.
  await app.post(device, JSON.stringify({ id: 'late', values: { kwh: 2 } }))
  await db.system(keepDays)
  expect((await days()).filter((day) => before.includes(day))).toEqual(['other'])
  expect((await app.telemetry(device)).map(({ values }) => values.kwh)).toEqual([2])
  expect(await db.superuser('SELECT 1 FROM signals_days.other')).toEqual([])
})

test('counters count what was stored and what was not', async () => {
  const device = await app.aDevice('door')
  const { committed, quarantined } = app.counts
  await app.post(device, '{"id":"m1","values":{"passage":1}}')
  await app.post(device, '{"id":"m1","values":{"passage":1}}')
  await app.post(device, '{"values":{"passage":7}}')
  expect(app.counts).toMatchObject({ committed: committed + 1, quarantined: quarantined + 1 })
})

const isInstalled = spawnSync('mosquitto_pub', ['--help']).error === undefined

test.skipIf(!isInstalled)('mosquitto_pub, as README shows it, presses a wristband, and with a wrong secret it is refused', async () => {
  const device = await app.aDevice('wristband')
  const { port } = new URL(app.mqtt.url)
  const press = (secret: string) => {
    const who = ['-i', device.code, '-u', device.code, '-P', secret]
    const what = ['-q', '1', '-t', `up/${device.code}/telemetry`, '-m', '{"values":{"sos":1}}']
    return promisify(execFile)('mosquitto_pub', ['-h', '127.0.0.1', '-p', port, ...who, ...what])
  }
  await press(device.secret)
  const { items } = (await app.send('communityWorker', 'GET', `/episodes?subjectId=${device.deviceId}`)).json<{ items: object[] }>()
  expect(items).toMatchObject([{ rule: 'lamps.call', stage: 'raised' }])
  await expect(press('x'.repeat(43))).rejects.toThrow(/not authorised|bad user name/i)
})
