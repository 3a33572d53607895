import { newSecret, sha256, sql } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccessUnderTest, aMember, anAccess, aSession } from '../testing/index.ts'
import { addPost } from './appoint.ts'
import { hashPassword } from './passwords.ts'
import { sweepSessions } from './sessions.ts'

let house: AccessUnderTest
beforeAll(async () => {
  house = await anAccess({ publicUrl: 'https://linli.example' })
})
afterAll(() => house.close())

const password = '河东街道-Bridge-42'
const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Someone of their own for each test, with a password. */
async function someone(role = 'dispatcher') {
  const { db, town } = house
  const place =
    role === 'dispatcher' ? ({ org: 'subdistrictOffice', area: 'subdistrict' } as const) : ({ org: 'dataBureau', area: 'county' } as const)
  const member = await db.system((ctx) => aMember(ctx, town, { role, ...place }))
  const passwordHash = await hashPassword(password)
  await db.system((ctx) => ctx.run(sql`UPDATE access.account SET password_hash = ${passwordHash} WHERE account_id = ${member.accountId}`))
  const signIn = async (): Promise<string> => {
    const answer = await house.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { account: member.login, password } })
    return answer.json().token
  }
  return { ...member, signIn }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const status = async (token: string, app: FastifyInstance = house.app) =>
  (await app.inject({ url: '/api/v1/me', headers: bearer(token) })).statusCode

test('nobody is signed in without a token, with one of another shape, or with one that was never given out', async () => {
  expect((await house.app.inject({ url: '/api/v1/me' })).json()).toMatchObject({ status: 401, code: 'access.unauthenticated' })
  for (const token of ['', 'x', newSecret(), `${newSecret()}x`]) expect(await status(token)).toBe(401)
})

test('signing out ends this session everywhere, and no other', async () => {
  const { signIn } = await someone()
  const [here, there] = [await signIn(), await signIn()]
  const second = await house.another()
  expect(await status(here, second)).toBe(200)
  const out = await house.app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers: bearer(here) })
  expect(out.statusCode).toBe(204)
  expect(String(out.headers['set-cookie'])).toMatch(/^linli_session=;.*Secure/)
  expect(await status(here)).toBe(401)
  // Another process remembers for a second at most.
  house.db.clock.advance(1001)
  expect(await status(here, second)).toBe(401)
  expect(await status(there)).toBe(200)
})

test('a session that nobody uses ends after half an hour, and after seven days used or not', async () => {
  const { signIn } = await someone()
  const idle = await signIn()
  const used = await signIn()
  house.db.clock.advance(30 * minute - 1)
  expect(await status(used)).toBe(200)
  house.db.clock.advance(1)
  expect(await status(idle)).toBe(401)
  await house.db.superuser(sql`UPDATE access.session SET seen_at = expires_at - interval '10 minutes' WHERE token_hash = ${sha256(used)}`)
  house.db.clock.advance(7 * 24 * hour - 30 * minute - second)
  expect(await status(used)).toBe(200)
  house.db.clock.advance(second)
  expect(await status(used)).toBe(401)
})

test.each(['systemAdmin', 'securityAdmin', 'auditAdmin'])('a session of a %s ends after a quarter of an hour without use', async (role) => {
  const { signIn } = await someone(role)
  const token = await signIn()
  house.db.clock.advance(15 * minute - 1)
  expect(await status(token)).toBe(200)
  house.db.clock.advance(15 * minute - 1)
  expect(await status(token)).toBe(200)
  house.db.clock.advance(15 * minute)
  expect(await status(token)).toBe(401)
})

test('a page that works on by itself keeps no session alive: its requests count as use when a person last touched it', async () => {
  const { signIn } = await someone()
  const token = await signIn()
  const ask = async (idle: string) =>
    (await house.app.inject({ url: '/api/v1/me', headers: { ...bearer(token), 'linli-idle': idle } })).statusCode
  // Every five minutes a list is read again; the last touch was at 10 minutes.
  for (let at = 5; at <= 35; at += 5) {
    house.db.clock.advance(5 * minute)
    expect(await ask(String(Math.max(0, at - 10) * 60))).toBe(200)
  }
  house.db.clock.advance(5 * minute)
  expect(await ask('0')).toBe(401)
})

test('a page can ask how long its session lasts, and nothing that it says makes it last longer than use does', async () => {
  const { signIn } = await someone()
  const token = await signIn()
  const left = async (idle?: string) =>
    (
      await house.app.inject({ url: '/api/v1/sessions/current', headers: { ...bearer(token), ...(idle ? { 'linli-idle': idle } : {}) } })
    ).json()
  house.db.clock.advance(20 * minute)
  expect(await left('1200')).toEqual({ idleSecondsLeft: 600, secondsLeft: 7 * 24 * 3600 - 1200 })
  expect(await left('600')).toMatchObject({ idleSecondsLeft: 1200 })
  // A tab that was left alone does not undo what was done in another.
  expect(await left('1200')).toMatchObject({ idleSecondsLeft: 1200 })
  for (const odd of ['-600', '1e9', 'x', '99999999999']) expect(await left(odd)).toMatchObject({ idleSecondsLeft: 1800 })
})

test('neither the live stream nor a page for everybody is use, and use right after them is', async () => {
  const { signIn } = await someone()
  const [token, other] = [await signIn(), await signIn()]
  const request = { headers: bearer(token), cookies: {}, method: 'GET' } as never
  for (let at = 0; at < 29; at++) {
    house.db.clock.advance(minute)
    expect(await house.sessions.resolve(request, 'machine')).toBeDefined()
    expect((await house.app.inject({ url: '/api/v1/public/areas', headers: bearer(other) })).statusCode).not.toBe(401)
  }
  // Still remembered from the stream's own look.
  expect(await house.sessions.resolve(request)).toBeDefined()
  house.db.clock.advance(minute)
  expect(await house.sessions.resolve(request, 'machine')).toBeDefined()
  expect(await status(other)).toBe(401)
})

test('an administrator is signed in at one place: signing in ends the session elsewhere, also when two do it at once', async () => {
  const { signIn, accountId } = await someone('systemAdmin')
  const first = await signIn()
  expect(await status(first)).toBe(200)
  const second = await signIn()
  expect([await status(first), await status(second)]).toEqual([401, 200])
  const many = await Promise.all(Array.from({ length: 6 }, signIn))
  const alive = await Promise.all(many.map((token) => status(token)))
  expect(alive.filter((code) => code === 200)).toHaveLength(1)
  expect(await status(second)).toBe(401)
  const trail = await house.db.superuser(
    sql`SELECT FROM base.audit_entry WHERE action = 'access.session_replaced' AND account_id = ${accountId}`,
  )
  expect(trail.length).toBeGreaterThanOrEqual(7)
})

test('a member of staff may be signed in at a counter and at a desk', async () => {
  const { signIn } = await someone()
  const both = [await signIn(), await signIn()]
  expect(await Promise.all(both.map((token) => status(token)))).toEqual([200, 200])
})

test('a busy session is looked up once a second and noted as seen once a minute', async () => {
  const { db, sessions } = house
  const { signIn, accountId } = await someone()
  const token = await signIn()
  const request = { headers: bearer(token), cookies: {}, method: 'GET' } as never
  let connections = 0
  const count = () => connections++
  db.pool.on('acquire', count)
  for (let i = 0; i < 50; i++) expect((await sessions.resolve(request))?.accountId).toBe(accountId)
  expect(connections).toBe(1)
  db.clock.advance(1001)
  await Promise.all(Array.from({ length: 20 }, () => sessions.resolve(request)))
  expect(connections).toBe(2)
  db.pool.off('acquire', count)
  const seen = async () =>
    (
      await db.superuser(
        sql<{ seen_at: Date }>`SELECT seen_at FROM access.session WHERE account_id = ${accountId} AND expires_at < '2900-01-01'`,
      )
    )[0]!.seen_at
  const first = await seen()
  db.clock.advance(30_000)
  await sessions.resolve(request)
  expect(await seen()).toEqual(first)
  db.clock.advance(30_000)
  await sessions.resolve(request)
  expect(await seen()).toEqual(db.clock.now())
})

test('changing the password asks for the current one, ends every other session and keeps this one', async () => {
  const { signIn } = await someone()
  const [mine, elsewhere] = [await signIn(), await signIn()]
  const change = (current: string, next: string) =>
    house.app.inject({ method: 'POST', url: '/api/v1/me/password', headers: bearer(mine), payload: { current, next } })
  expect((await change('not the password', '换一个更长的密码吧')).json()).toMatchObject({ status: 400 })
  expect((await change('not the password', 'a longer new password')).json().code).toBe('access.credentials_wrong')
  expect((await change(password, '1234567890')).json()).toMatchObject({ code: 'access.password_weak', fields: [{ path: 'next' }] })
  expect((await change(password, password)).json().code).toBe('access.password_weak')
  expect((await change(password, 'a longer new password')).statusCode).toBe(204)
  expect(await status(mine)).toBe(200)
  expect(await status(elsewhere)).toBe(401)
})

test('a stolen session cannot try passwords without end', async () => {
  const { signIn } = await someone()
  const token = await signIn()
  const guess = () =>
    house.app.inject({
      method: 'POST',
      url: '/api/v1/me/password',
      headers: bearer(token),
      payload: { current: 'a guess', next: 'my own new password' },
    })
  for (let i = 1; i <= 4; i++) expect((await guess()).statusCode).toBe(401)
  expect((await guess()).statusCode).toBe(423)
})

test('a session acts in one post at a time, may take another of its own, and begins with it next time', async () => {
  const { db, town, app } = house
  const { accountId, postId, signIn } = await someone()
  db.clock.advance(1)
  const lead = await db.system((ctx) =>
    addPost(ctx, { accountId, orgId: town.orgs.subdistrictOffice, area: '239999001', role: 'townshipLead' }),
  )
  const token = await signIn()
  const take = (id: string) =>
    app.inject({ method: 'POST', url: '/api/v1/me/acting-post', headers: bearer(token), payload: { postId: id } })
  expect((await app.inject({ url: '/api/v1/me', headers: bearer(token) })).json()).toMatchObject({
    actingPost: { postId },
    posts: [{ postId }, { postId: lead }],
  })
  const taken = await take(lead)
  expect(taken.json()).toMatchObject({ actingPost: { postId: lead, role: 'townshipLead' } })
  const now = (await app.inject({ url: '/api/v1/me', headers: bearer(token) })).json()
  expect(now.actingPost.postId).toBe(lead)
  expect(now.permissions).toContain('cases.approveExtension')
  expect(now.permissions).not.toContain('cases.dispatch')
  expect((await take(town.posts.countyLead.postId)).json()).toMatchObject({ status: 404, code: 'access.post_unknown' })
  // The sessions that builders open lie in the far future; put them aside to see which post was used last.
  await db.superuser(sql`UPDATE access.session SET seen_at = made_at WHERE account_id = ${accountId} AND expires_at > '2900-01-01'`)
  db.clock.advance(61_000)
  await status(token)
  expect((await app.inject({ url: '/api/v1/me', headers: bearer(await signIn()) })).json().actingPost.postId).toBe(lead)
})

test('a post that has come to its last day ends its sessions at midnight in Shanghai', async () => {
  const { db, town } = house
  const { accountId } = await someone()
  db.clock.moveTo('2026-08-31T22:00:00+08:00')
  const postId = await db.system((ctx) =>
    addPost(ctx, {
      accountId,
      orgId: town.orgs.subdistrictOffice,
      area: '239999001',
      role: 'townshipLead',
      from: '2026-08-01',
      until: '2026-08-31',
    }),
  )
  const token = await db.system((ctx) => aSession(ctx, accountId, postId))
  expect(await status(token)).toBe(200)
  db.clock.moveTo('2026-08-31T23:59:59+08:00')
  expect(await status(token)).toBe(200)
  db.clock.moveTo('2026-09-01T00:00:01+08:00')
  expect(await status(token)).toBe(401)
})

test('a write that a foreign page makes the browser send is refused; a read and a bearer token are not', async () => {
  const { signIn } = await someone()
  const token = await signIn()
  const post = (headers: Record<string, string>) =>
    house.app.inject({
      method: 'POST',
      url: '/api/v1/me/acting-post',
      headers,
      payload: { postId: '00000000-0000-7000-8000-000000000000' },
    })
  const cookie = { cookie: `linli_session=${token}`, host: 'linli.example' }
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://linli.example' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ]
  for (const headers of foreign)
    expect((await post({ ...cookie, ...headers })).json()).toMatchObject({ status: 403, code: 'access.request_foreign' })
  const own: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'https://linli.example' },
    { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' },
  ]
  for (const headers of own) expect((await post({ ...cookie, ...headers })).json().code).toBe('access.post_unknown')
  expect((await post({ ...bearer(token), origin: 'https://evil.example' })).json().code).toBe('access.post_unknown')
  const read = await house.app.inject({ url: '/api/v1/me', headers: { ...cookie, 'sec-fetch-site': 'cross-site' } })
  expect(read.statusCode).toBe(200)
})

test('a page can tell that it shows the demo town', async () => {
  const { signIn } = await someone()
  const token = await signIn()
  const isDemo = async () => (await house.app.inject({ url: '/api/v1/me', headers: bearer(token) })).json().demo
  expect(await isDemo()).toBe(false)
  await house.db.superuser(`INSERT INTO base.database_mark (name, value) VALUES ('demo', 'yes')`)
  expect(await isDemo()).toBe(true)
})

test('sessions that ended a month ago are swept away', async () => {
  const { db } = house
  const { signIn, accountId } = await someone()
  db.clock.advance(40 * 24 * hour)
  await db.system(sweepSessions)
  const token = await signIn()
  db.clock.advance(36 * 24 * hour)
  expect(await db.system(sweepSessions)).toBe(0)
  db.clock.advance(2 * 24 * hour)
  expect(await db.system(sweepSessions)).toBe(1)
  expect(await status(token)).toBe(401)
  expect(await db.superuser(sql`SELECT FROM access.session WHERE account_id = ${accountId}`)).toHaveLength(1)
})
