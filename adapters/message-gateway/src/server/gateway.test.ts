import type { AddressInfo } from 'node:net'
import { newId } from '@linli/base/define'
import { anActor, type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import { collectTemplates, defineTemplate, type OutsideChannel } from '@linli/messages/define'
import {
  type Channels,
  createHub,
  fallBackSubscriber,
  sendDue,
  serveMessages,
  tellOutside,
  tellPosts,
  writePreference,
} from '@linli/messages/server'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openPhones, type SimulatedPhones } from '../simulator/index.ts'
import type { Arrived } from '../simulator/traffic.ts'
import { gatewayAdapter } from './gateway.ts'
import { type Phones, startPhones } from './start-phones.ts'

const broken = defineTemplate({
  key: 'lamps.broken',
  params: { number: 'caseNumber' },
  zh: '路灯工单 {number} 待签收',
  en: 'Lamp order {number} waits to be claimed',
})
const templates = collectTemplates([broken])

let db: TestDatabase
let app: Awaited<ReturnType<typeof testHttp>>
let phones: Phones
let publicUrl: string
const channels: Channels = new Map()

beforeAll(async () => {
  db = await testDatabase({ through: 'messages' })
  const hub = createHub({ ...db.deps, topics: [] })
  app = await testHttp((http) => serveMessages(http, { ...db.deps, templates, terms: () => ({}), hub, channels }))
  await app.listen({ host: '127.0.0.1', port: 0 })
  publicUrl = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  // A process of its own: what is said comes and goes over sockets.
  phones = await startPhones({ port: 0, secret: 'a secret' })
  for (const channel of ['sms', 'voice'] as const) channels.set(channel, gatewayAdapter({ channel, url: phones.gatewayUrl, publicUrl }))
})
afterAll(async () => {
  await phones.stop()
  await app.close()
  await db.close()
})
afterEach(() => play('deliver'))

const courier = () => ({ ...db.deps, channels, templates, terms: () => ({}) })
const play = (state: string) => fetch(`${phones.pageUrl}sim`, { method: 'PUT', body: JSON.stringify({ state }) })
const arrived = async (phone: string): Promise<Arrived[]> => {
  const { items } = (await (await fetch(`${phones.pageUrl}phones`)).json()) as { items: Arrived[] }
  return items.filter(({ to }) => to === phone)
}
let phonesMade = 0
const aPhone = (): string => `1999999${String(7000 + phonesMade++)}`

async function tell(channel: OutsideChannel, phone: string, onceKey: string = newId()): Promise<string> {
  const recipient = { kind: 'contact', id: newId(), name: '林*', phone, lang: 'zh' } as const
  const telling = { recipient, channel, template: 'lamps.broken', params: { number: 'L-0001' }, onceKey, isUrgent: true, areaPath: null }
  await db.system(async (system) => {
    expect(await tellOutside(system, { vault: db.deps.vault, templates }, [telling, telling])).toBe(1)
  })
  const [row] = await db.superuser<{ delivery_id: string }>(`SELECT delivery_id FROM messages.delivery WHERE once_key = '${onceKey}'`)
  return row!.delivery_id
}
interface Row {
  state: string
  attempts: number
  fault: string | null
  receipts: number
  sealed: Buffer
}
const row = async (id: string): Promise<Row> =>
  (
    await db.superuser<Row>(
      `SELECT state, attempts, fault, sealed, (SELECT count(*)::int FROM messages.delivery_receipt r WHERE r.delivery_id = d.delivery_id) AS receipts
       FROM messages.delivery d WHERE delivery_id = '${id}'`,
    )
  )[0]!
const stateBecomes = (id: string, state: string) => vi.waitFor(async () => expect((await row(id)).state).toBe(state), { timeout: 10_000 })

test('an SMS goes out after the commit and its receipt comes back over a socket; the number stands nowhere in clear [PLAT-12] (SMS, delivery receipts)', async () => {
  const phone = aPhone()
  const id = await tell('sms', phone)
  expect(await arrived(phone)).toEqual([])
  expect(await sendDue(courier())).toBe(1)
  expect(await arrived(phone)).toMatchObject([{ key: id, text: '路灯工单 L-0001 待签收', channel: 'sms', asked: 1 }])
  await stateBecomes(id, 'delivered')
  expect(await sendDue(courier())).toBe(0)
  const everything = JSON.stringify(await db.superuser('SELECT * FROM messages.delivery d LEFT JOIN base.outbox o ON true'))
  expect(everything).not.toContain(phone)
  expect((await row(id)).sealed.toString('latin1')).not.toContain(phone)
})

test('a call rings; pressing 1 says that it was heard, and is told on once [PLAT-12] (voice call)', async () => {
  const phone = aPhone()
  const id = await tell('voice', phone)
  await sendDue(courier())
  expect((await row(id)).state).toBe('sent')
  expect((await fetch(`${phones.pageUrl}phones/${id}/press`, { method: 'POST' })).status).toBe(200)
  await stateBecomes(id, 'acknowledged')
  // That it was answered is a receipt of its own, and may come after the key.
  await vi.waitFor(async () => expect((await row(id)).receipts).toBe(2), { timeout: 10_000 })
  const told = await db.superuser(`SELECT 1 FROM base.outbox WHERE event = 'message.acknowledged' AND payload ->> 'deliveryId' = '${id}'`)
  expect(told).toHaveLength(1)
  const unheard = await tell('voice', aPhone())
  await play('silent')
  await sendDue(courier())
  await stateBecomes(unheard, 'failed')
  await play('ring')
})

test('killed between sending and noting it: sent again under the same key, and the phone has it once [PLAT-12]', async () => {
  const phone = aPhone()
  const id = await tell('sms', phone)
  const adapter = channels.get('sms')!
  const dying = new Map(channels).set('sms', {
    ...adapter,
    // As kill -9 leaves it: the provider has it, nobody wrote that down.
    send: async (outgoing) => {
      await adapter.send(outgoing)
      return new Promise<never>(() => {})
    },
  })
  await play('mute')
  void sendDue({ ...courier(), channels: dying })
  await vi.waitFor(async () => expect(await arrived(phone)).toHaveLength(1))
  expect((await row(id)).state).toBe('sending')
  expect(await sendDue(courier())).toBe(0)
  db.clock.advance(30_000)
  await Promise.all([sendDue(courier()), sendDue(courier())])
  expect(await arrived(phone)).toMatchObject([{ key: id, asked: 2 }])
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 })
})

test('a gateway that is down is tried again, later and later, then waits for a person, who sends it again [PLAT-12]', async () => {
  const phone = aPhone()
  const id = await tell('sms', phone)
  await play('down')
  for (let tries = 1; tries <= 9; tries++) {
    await sendDue(courier())
    expect(await row(id)).toMatchObject({ attempts: tries, state: tries < 9 ? 'waiting' : 'dead', fault: '503 down' })
    expect(await sendDue(courier())).toBe(0)
    db.clock.advance(3_600_000)
  }
  await play('deliver')
  const operator = anActor({ permissions: ['messages.operate'] })
  const headers = db.sessions.signIn(operator)
  const stuck = await app.inject({ url: '/api/v1/deliveries?state=stuck', headers })
  expect(stuck.json()).toMatchObject({ stuck: 1, items: [{ deliveryId: id, phone: `199****${phone.slice(-4)}`, fault: '503 down' }] })
  const again = () => app.inject({ method: 'POST', url: `/api/v1/deliveries/${id}/resend`, headers, payload: { requestId: newId() } })
  expect((await again()).json()).toMatchObject({ state: 'waiting' })
  expect((await again()).statusCode).toBe(409)
  await sendDue(courier())
  expect(await arrived(phone)).toHaveLength(1)
  await stateBecomes(id, 'delivered')
})

test('a number that is none is given up at once; a channel that is not set up too, each with its reason', async () => {
  const none = await tell('sms', '12345')
  await sendDue(courier())
  expect(await row(none)).toMatchObject({ state: 'dead', attempts: 1, fault: '422 number' })
  const nowhere = await tell('voice', aPhone())
  await sendDue({ ...courier(), channels: new Map() })
  expect(await row(nowhere)).toMatchObject({ state: 'dead', fault: 'channel-missing' })
})

test('a receipt that nobody signed who knows the secret changes nothing, and one that is said again counts once', async () => {
  const phone = aPhone()
  await play('mute')
  const id = await tell('sms', phone)
  await sendDue(courier())
  const forged = { key: id, receipt: 'x', state: 'key-pressed', digit: '1', at: new Date().toISOString(), time: '1', sign: '0'.repeat(64) }
  const send = (payload: object, channel = 'sms') =>
    app.inject({ method: 'POST', url: `/api/v1/public/channels/${channel}/receipts`, payload })
  expect((await send(forged)).statusCode).toBe(403)
  expect((await send({})).statusCode).toBe(403)
  expect((await row(id)).state).toBe('sent')
})

test('what stays unread goes out by the channels of whoever it is for, in its order and outside quiet hours; read in time nothing does [PLAT-12] (fallback after N minutes unread, preferences)', async () => {
  const [phone, other] = [aPhone(), aPhone()]
  const [reader, sleeper] = [anActor(), anActor()]
  const posts = [reader, sleeper].map(({ postId, accountId, orgId, areaPath }) => ({
    postId: postId!,
    accountId: accountId!,
    orgId: orgId!,
    areaPath: areaPath!,
  }))
  const subscriber = fallBackSubscriber({ vault: db.deps.vault, templates })
  const now = db.clock.now()
  const minute = (now.getUTCHours() * 60 + now.getUTCMinutes() + 480) % 1440
  await db.superuser(
    [reader, sleeper]
      .map(
        ({ accountId }) =>
          `INSERT INTO access.account (account_id, login, display_name, area_path, made_at) VALUES ('${accountId}', '${accountId}', '周倩', '/1/', now())`,
      )
      .join(';'),
  )
  await db.system(async (system) => {
    const said = { channels: ['sms', 'voice'] as OutsideChannel[], afterMinutes: 10, quietFrom: null, quietTo: null, lang: 'en' as const }
    await writePreference(system, db.deps.vault, reader.accountId!, { ...said, phone })
    await writePreference(system, db.deps.vault, sleeper.accountId!, {
      ...said,
      phone: other,
      quietFrom: minute,
      quietTo: (minute + 60) % 1440,
    })
    await tellPosts(system, templates, { recipients: posts, template: 'lamps.broken', params: { number: 'L-0009' }, onceKey: 'L-0009' })
    const told = await system.rows<{ message_id: string }>({
      text: "SELECT message_id FROM messages.message WHERE once_key = 'L-0009'",
      values: [],
      name: 'told',
    })
    const event = { id: 1, event: 'message.told', madeAt: now, payload: { messageIds: told.map(({ message_id }) => message_id) } }
    await subscriber.apply(system, event)
    await subscriber.apply(system, event)
  })
  await sendDue(courier())
  expect([...(await arrived(phone)), ...(await arrived(other))]).toEqual([])
  db.clock.advance(10 * 60_000)
  await sendDue(courier())
  expect(await arrived(phone)).toMatchObject([{ channel: 'sms', text: 'Lamp order L-0009 waits to be claimed' }])
  expect(await arrived(other)).toEqual([])
  const headers = db.sessions.signIn(reader)
  const { items } = (await app.inject({ url: '/api/v1/inbox', headers })).json() as { items: { messageId: string }[] }
  await app.inject({ method: 'POST', url: '/api/v1/inbox/read', headers, payload: { messageIds: items.map(({ messageId }) => messageId) } })
  db.clock.advance(51 * 60_000)
  await sendDue(courier())
  expect(await arrived(phone)).toHaveLength(1)
  expect((await arrived(other)).map(({ channel }) => channel).sort()).toEqual(['sms', 'voice'])
})

test('the simulator takes nothing that is not signed with its secret, and says so', async () => {
  const open: SimulatedPhones = await openPhones({ port: 0, secret: 'one' })
  const wrong = gatewayAdapter({ channel: 'sms', url: open.url.replace('://', '://demo:two@'), publicUrl })
  await expect(wrong.send({ key: newId(), phone: '19999990001', text: '你好', lang: 'zh' })).rejects.toMatchObject({
    message: '401 signature',
    isFinal: true,
  })
  const page = await (await fetch(`${open.url}/`)).text()
  expect(page).toContain('没有任何短信或电话真的发出去')
  await open.close()
})
