import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { newId } from '@linli/base/define'
import { type Actor, publicActor, sql } from '@linli/base/server'
import { anActor, type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { collectTemplates, defineTemplate } from '../../define/template.ts'
import { SseClient } from '../../testing/index.ts'
import { serveMessages } from '../routes.ts'
import { tellPosts } from '../tell-posts.ts'
import { EventStream } from './event-stream.ts'
import { createHub, type Hub, type HubOptions } from './hub.ts'
import type { LiveTopic } from './topic.ts'

const templates = collectTemplates([defineTemplate({ key: 'lamps.broken', params: {}, zh: '路灯坏了', en: 'A lamp is broken' })])

/** Lamps stand in areas, and the policy of their table decides who sees one. */
const lamps: LiveTopic = {
  name: 'lamp',
  events: ['lamp.broken'],
  key: 'lampId',
  visible: async (ctx, ids) => {
    const rows = await ctx.rows(sql<{ lamp_id: string }>`SELECT lamp_id FROM public.lamp WHERE lamp_id = ANY(${ids}::uuid[])`)
    return rows.map((row) => row.lamp_id)
  },
}

/** Bells are rung at somebody's door; who hears of one is a resident, and what they may see is asked for each of them. */
const asked: string[] = []
const bells: LiveTopic = {
  name: 'bell',
  events: ['bell.rung'],
  key: 'bellId',
  audience: 'residents',
  visible: async ({ actor }, ids) => {
    asked.push(actor.residentId ?? 'staff')
    return ids.filter((id) => doors.get(id) === actor.residentId)
  },
  findConcerned: async (_, ids) => (actor, id) => ids.includes(id) && mayConcern(actor, id),
}
const doors = new Map<string, string>()
let mayConcern = (_: Actor, __: string): boolean => true

let db: TestDatabase
const open: { app: FastifyInstance; clients: SseClient[] } = { app: undefined!, clients: [] }
let hub: Hub
let base: string

beforeAll(async () => {
  db = await testDatabase({ through: 'messages', max: 10 })
  await db.superuser(`
    CREATE TABLE public.lamp (lamp_id uuid PRIMARY KEY, area_path text COLLATE "C");
    GRANT SELECT ON public.lamp TO linli_app; GRANT SELECT, INSERT ON public.lamp TO linli_system;
    ALTER TABLE public.lamp ENABLE ROW LEVEL SECURITY;
    CREATE POLICY in_area ON public.lamp FOR SELECT TO linli_app USING (area_path LIKE base.setting('area_path') || '%');
    CREATE POLICY system_all ON public.lamp FOR ALL TO linli_system USING (true)`)
  await start({})
})
afterEach(() => {
  for (const client of open.clients.splice(0)) client.close()
})
afterAll(async () => {
  await open.app.close()
  await db.close()
})

test('a page hears of what its post may see, by id only, and of nothing else (in-app push) [PLAT-12]', async () => {
  const [near, far] = [await listen(anActor({ areaPath: '/1/2/' })), await listen(anActor({ areaPath: '/1/3/' }))]
  const [seen, also, hidden] = await breakLamps('/1/2/7/', '/1/3/', '/9/')
  await until(() => expect([near.events, far.events].map((events) => events.length)).toEqual([1, 1]))
  expect(near.events).toEqual([{ id: expect.stringMatching(/^\d+\.\d+$/), event: 'lamp', data: { lampId: seen } }])
  expect(far.events[0]!.data).toEqual({ lampId: also })
  expect(JSON.stringify([near.events, far.events])).not.toContain(hidden)
})

test('a page hears how many messages of its post are unread, on every page of the post, and nobody else does (in-app push) [PLAT-12]', async () => {
  const actor = anActor()
  const pages = [await listen(actor), await listen(actor)]
  const other = await listen(anActor())
  const { postId, accountId, orgId, areaPath } = actor
  const recipients = [{ postId: postId!, accountId: accountId!, orgId: orgId!, areaPath: areaPath! }]
  await db.system((ctx) => tellPosts(ctx, templates, { recipients, template: 'lamps.broken', params: {}, onceKey: 'a' }))
  hub.wake()
  await until(() => expect(pages.map((page) => page.events.at(-1)?.data)).toEqual([{ unread: 1 }, { unread: 1 }]))
  const headers = db.sessions.signIn(actor)
  const { items } = (await open.app.inject({ url: '/api/v1/inbox', headers })).json()
  await open.app.inject({ method: 'POST', url: '/api/v1/inbox/read', headers, payload: { messageIds: [items[0].messageId] } })
  hub.wake()
  await until(() => expect(pages.map((page) => page.events.at(-1)?.data)).toEqual([{ unread: 0 }, { unread: 0 }]))
  expect(other.events).toEqual([])
})

test('a page that lost its line resumes where it broke off, and hears nothing twice', async () => {
  const actor = anActor({ areaPath: '/1/2/' })
  const page = await listen(actor)
  const [before] = await breakLamps('/1/2/')
  await until(() => expect(lampsOf(page)).toEqual([before]))
  page.close()
  const missed = await breakLamps('/1/2/', '/1/3/', '/1/2/')
  await page.open(`${base}/api/v1/stream`, db.sessions.signIn(actor))
  const [after] = await breakLamps('/1/2/')
  await until(() => expect(lampsOf(page)).toEqual([before, missed[0], missed[2], after]))
})

test('a page that missed too much, or whose place is unknown, is told to read everything again', async () => {
  const actor = anActor({ areaPath: '/1/2/' })
  const resumeAt = async (lastEventId: string): Promise<SseClient> => {
    const page = new SseClient()
    page.lastEventId = lastEventId
    await listen(actor, page)
    await until(() => expect(page.events).toHaveLength(1))
    return page
  }
  for (const id of ['7.999999', '18446744073709551615.1', 'x', '-1.-1', "1.1'; --", '9'.repeat(500)]) {
    const page = await resumeAt(id)
    expect(page.events[0]).toMatchObject({ event: 'reset', data: {} })
    const [next] = await breakLamps('/1/2/')
    await until(() => expect(lampsOf(page)).toEqual([next]))
  }
  const page = await listen(actor)
  await breakLamps('/1/2/')
  await until(() => expect(page.events).toHaveLength(1))
  page.close()
  db.clock.advance(3_700_000)
  expect((await resumeAt(page.lastEventId)).events[0]).toMatchObject({ event: 'reset' })
})

test('five hundred missed events are told, more are a reset', async () => {
  const actor = anActor({ areaPath: '/5/' })
  const [page, witness] = [await listen(actor), await listen(actor)]
  await breakLamps('/5/')
  await until(() => expect(page.events).toHaveLength(1))
  page.close()
  const many = Array.from({ length: 501 }, () => '/5/')
  await breakLamps(...many)
  await until(() => expect(lampsOf(witness)).toHaveLength(502))
  await page.open(`${base}/api/v1/stream`, db.sessions.signIn(actor))
  await until(() => expect(page.events.at(-1)).toMatchObject({ event: 'reset' }))
  page.close()
  await breakLamps(...many.slice(1))
  await until(() => expect(lampsOf(witness)).toHaveLength(1002))
  await page.open(`${base}/api/v1/stream`, db.sessions.signIn(actor))
  await until(() => expect(lampsOf(page)).toHaveLength(501))
})

test('a page on a bad line hears of everything, whatever the order of commits', async () => {
  const actor = anActor({ areaPath: '/1/2/' })
  const headers = db.sessions.signIn(actor)
  const page = await listen(actor)
  const broken: string[] = []
  const writer = async (): Promise<void> => {
    for (let i = 0; i < 15; i++) {
      await db.system(async (ctx) => {
        const lampId = newId()
        await ctx.run(sql`INSERT INTO public.lamp VALUES (${lampId}, '/1/2/')`)
        await ctx.run(sql`SELECT pg_sleep(${Math.random() * 0.02})`)
        ctx.emit('lamp.broken', { lampId })
        broken.push(lampId)
      })
      hub.wake()
    }
  }
  const writers = Promise.all([writer(), writer(), writer(), writer()])
  for (let i = 0; i < 8; i++) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60))
    page.close()
    await keepOpen(page, headers)
  }
  await writers
  await until(async () => {
    await keepOpen(page, headers)
    expect(new Set(lampsOf(page))).toEqual(new Set(broken))
  })
})

test('nobody listens without a session, and one account cannot take all connections', async () => {
  expect(await new SseClient().open(`${base}/api/v1/stream`)).toBe(401)
  const greedy = anActor()
  for (let i = 0; i < 12; i++) await listen(greedy)
  expect(await new SseClient().open(`${base}/api/v1/stream`, db.sessions.signIn(greedy))).toBe(429)
  open.clients.at(-1)!.close()
  await until(async () => expect(await new SseClient().open(`${base}/api/v1/stream`, db.sessions.signIn(greedy))).toBe(200))
})

test('two residents who differ in nothing but who they are hear each of their own, and of nothing that is for staff (in-app push, resident) [PLAT-12]', async () => {
  const [ann, bo] = [aResident(), aResident()]
  const pages = [await listenAtHome(ann), await listenAtHome(bo), await listenAtHome(ann)]
  const staff = await listen(anActor({ areaPath: '/1/2/' }))
  const rung = await ringBells(ann, bo, aResident())
  const [lamp] = await breakLamps('/1/2/')
  await until(() => expect(lampsOf(staff)).toEqual([lamp]))
  await until(() =>
    expect(pages.map(({ events }) => events.map(({ data }) => data))).toEqual([0, 1, 0].map((of) => [{ bellId: rung[of] }])),
  )
  expect(staff.events.map(({ event }) => event)).toEqual(['lamp'])
})

test('of a town of residents only those whom it may concern are asked, and a word too much tells nobody', async () => {
  const [ann, bo] = [aResident(), aResident()]
  const [hers, his] = [await listenAtHome(ann), await listenAtHome(bo)]
  mayConcern = ({ residentId }) => residentId === ann.residentId
  asked.length = 0
  const [bell] = await ringBells(ann)
  await until(() => expect(hers.events.map(({ data }) => data)).toEqual([{ bellId: bell }]))
  expect(asked).toEqual([ann.residentId])
  mayConcern = () => true
  const [again] = await ringBells(ann)
  await until(() => expect(hers.events.at(-1)?.data).toEqual({ bellId: again }))
  expect(his.events).toEqual([])
})

test('each kind of session opens its own door alone, and a resident has fewer pages than staff', async () => {
  const ann = aResident()
  const headers = db.sessions.signIn(ann)
  expect(await new SseClient().open(`${base}/api/v1/stream`, headers)).toBe(401)
  expect(await new SseClient().open(atHome(), db.sessions.signIn(anActor()))).toBe(401)
  expect(await new SseClient().open(atHome())).toBe(401)
  for (let i = 0; i < 4; i++) await listenAtHome(ann)
  expect(await new SseClient().open(atHome(), headers)).toBe(429)
  open.clients.at(-1)!.close()
  await until(async () => expect(await new SseClient().open(atHome(), headers)).toBe(200))
  await listenAtHome(aResident())
})

test('a resident’s page that opens anew, too often, is told to wait', async () => {
  await restart({})
  const headers = db.sessions.signIn(aResident())
  const answers = new Set<number>()
  for (let i = 0; i < 80 && !answers.has(429); i++) {
    const page = new SseClient()
    answers.add(await page.open(atHome(), headers))
    page.close()
    await until(() => expect(hub.size).toBe(0))
  }
  expect(answers).toEqual(new Set([200, 429]))
})

test('the stream of a resident who signed out ends by itself, and that of another stays', async () => {
  await restart({ recheckMs: 20 })
  const [ann, bo] = [aResident(), aResident()]
  const [ending, staying] = [await listenAtHome(ann), await listenAtHome(bo)]
  db.sessions.revoke(ann.residentId)
  await until(() => expect(ending.isOpen).toBe(false))
  expect(ending.isWhole).toBe(true)
  expect(staying.isOpen).toBe(true)
})

test('the stream of a revoked session ends by itself, and others stay', async () => {
  await restart({ recheckMs: 20 })
  const [revoked, other] = [anActor(), anActor()]
  const [ending, staying] = [await listen(revoked), await listen(other)]
  db.sessions.revoke(revoked.accountId!)
  await until(() => expect(ending.isOpen).toBe(false))
  expect(ending.isWhole).toBe(true)
  expect(staying.isOpen).toBe(true)
})

test('no look of the stream at its session is use of it', async () => {
  await restart({ recheckMs: 20 })
  const looks: unknown[] = []
  const { sessions } = db
  const resolve = sessions.resolve.bind(sessions)
  const spy = vi.spyOn(sessions, 'resolve').mockImplementation((request, ...by) => {
    looks.push(by[0])
    return resolve(request)
  })
  await listen(anActor())
  await until(() => expect(looks.length).toBeGreaterThan(5))
  expect(new Set(looks)).toEqual(new Set(['machine']))
  spy.mockRestore()
})

test('a page that changes its post hears with the scope of the new one', async () => {
  await restart({ recheckMs: 20 })
  const actor = anActor({ areaPath: '/1/2/' })
  const headers = db.sessions.signIn(actor)
  const page = new SseClient()
  open.clients.push(page)
  await page.open(`${base}/api/v1/stream`, headers)
  db.sessions.changePost(headers, { ...actor, postId: newId(), areaPath: '/8/' })
  await until(async () => {
    await breakLamps('/8/')
    expect(lampsOf(page)).not.toEqual([])
  })
  const [hidden] = await breakLamps('/1/2/')
  const [last] = await breakLamps('/8/')
  await until(() => expect(lampsOf(page)).toContain(last))
  expect(lampsOf(page)).not.toContain(hidden)
})

test('a quiet stream beats, and moves its place on', async () => {
  await restart({ beatMs: 20 })
  const page = await listen(anActor({ areaPath: '/7/' }))
  const from = page.lastEventId
  await until(() => expect(page.beats).toBeGreaterThan(2))
  await breakLamps('/1/')
  await until(() => expect(page.lastEventId).not.toBe(from))
  expect(page.events).toEqual([])
})

test('a page that does not read is let go before it holds memory', async () => {
  const server = http.createServer((_, raw) => {
    const stream = new EventStream({ raw, hijack: () => {} } as unknown as FastifyReply)
    const at = { xactId: '1', outboxId: 1 }
    stream.begin(at)
    let most = 0
    const fill = setInterval(() => {
      for (let i = 0; i < 100 && stream.isOpen; i++) {
        stream.send('lamp', { text: 'x'.repeat(10_000) }, at)
        most = Math.max(most, raw.writableLength)
      }
    })
    stream.onClose(() => {
      clearInterval(fill)
      server.emit('let-go', most)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const request = http.get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, (response) => response.pause())
  request.on('error', () => {})
  const [most] = await once(server, 'let-go')
  expect(most).toBeLessThan(256 * 1024)
  server.close()
})

test('a database that cuts its connections costs a reconnect, not an event', async () => {
  const actor = anActor({ areaPath: '/1/2/' })
  const headers = db.sessions.signIn(actor)
  const page = await listen(actor)
  const cut = () =>
    db.superuser(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'linli-test'",
    )
  const all: string[] = []
  for (let i = 0; i < 5; i++) {
    all.push(...(await until(() => breakLamps('/1/2/'))))
    await cut()
    await keepOpen(page, headers)
  }
  await until(async () => {
    await keepOpen(page, headers)
    hub.wake()
    // Whoever was cut between a commit and its answer did it again: the page may know of more than we do.
    expect(lampsOf(page)).toEqual(expect.arrayContaining(all))
  })
})

test('a server that closes ends its streams instead of waiting for them', async () => {
  const page = await listen(anActor())
  await open.app.close()
  await until(() => expect(page.isOpen).toBe(false))
  await start({})
})

// An event is told when no older transaction is open anywhere on the server, and other tests load whole counties beside this one.
vi.setConfig({ testTimeout: 150_000 })

/** Waits for the thing itself; the limit is for what never comes. */
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 120_000 })

/** As a browser does: a stream that the server let go (a full machine, a cut database) is opened again where it broke off. */
async function keepOpen(page: SseClient, headers: { authorization: string }): Promise<void> {
  if (!page.isOpen) await until(async () => expect(await page.open(`${base}/api/v1/stream`, headers)).toBe(200))
}

async function start(options: Partial<HubOptions>): Promise<void> {
  hub = createHub({ ...db.deps, topics: [lamps, bells], pollMs: 50, ...options })
  open.app = await testHttp((app) => serveMessages(app, { ...db.deps, templates, terms: () => ({}), hub, channels: new Map() }))
  base = await open.app.listen({ port: 0, host: '127.0.0.1' })
}

async function restart(options: Partial<HubOptions>): Promise<void> {
  await open.app.close()
  await start(options)
}

async function listen(actor: Actor, page = new SseClient()): Promise<SseClient> {
  open.clients.push(page)
  expect(await page.open(`${base}/api/v1/stream`, db.sessions.signIn(actor))).toBe(200)
  return page
}

const atHome = (): string => `${base}/api/v1/residents/me/stream`

/** Somebody who signed in by phone and is in no file: as an actor equal to every other but for the id. */
const aResident = (): Actor & { residentId: string } => {
  const residentId = newId()
  return { ...publicActor, sender: 'resident', residentId }
}

async function listenAtHome(actor: Actor): Promise<SseClient> {
  const page = new SseClient()
  open.clients.push(page)
  expect(await page.open(atHome(), db.sessions.signIn(actor))).toBe(200)
  return page
}

async function ringBells(...at: { residentId: string }[]): Promise<string[]> {
  const rung = at.map(({ residentId }) => {
    const bellId = newId()
    doors.set(bellId, residentId)
    return bellId
  })
  await db.system(async (ctx) => {
    for (const bellId of rung) ctx.emit('bell.rung', { bellId })
  })
  hub.wake()
  return rung
}

/** One lamp per area, all in one transaction; answers their ids. */
async function breakLamps(...areaPaths: string[]): Promise<string[]> {
  const rows = areaPaths.map((area_path) => ({ lamp_id: newId(), area_path }))
  await db.system(async (ctx) => {
    await ctx.run(
      sql`INSERT INTO public.lamp SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(lamp_id uuid, area_path text)`,
    )
    for (const { lamp_id } of rows) ctx.emit('lamp.broken', { lampId: lamp_id })
  })
  hub.wake()
  return rows.map((row) => row.lamp_id)
}

const lampsOf = (page: SseClient): unknown[] => page.events.filter(({ event }) => event === 'lamp').map(({ data }) => data.lampId)
