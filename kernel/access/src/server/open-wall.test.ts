import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccessUnderTest, aMember, anAccess } from '../testing/index.ts'
import { hashPassword } from './passwords.ts'

let house: AccessUnderTest
beforeAll(async () => {
  house = await anAccess()
})
afterAll(() => house.close())

const password = '河东街道-Bridge-42'
const hour = 3_600_000

async function someone(role = 'countyLead') {
  const { db, town } = house
  const places = {
    countyLead: { org: 'government', area: 'county' },
    dispatcher: { org: 'subdistrictOffice', area: 'subdistrict' },
    gridWorker: { org: 'xingfuCommittee', area: 'xingfuCell1' },
    departmentClerk: { org: 'housing', area: 'county' },
    systemAdmin: { org: 'dataBureau', area: 'county' },
  } as const
  const member = await db.system((ctx) => aMember(ctx, town, { role, ...places[role as keyof typeof places] }))
  const passwordHash = await hashPassword(password)
  await db.system((ctx) => ctx.run(sql`UPDATE access.account SET password_hash = ${passwordHash} WHERE account_id = ${member.accountId}`))
  return member
}

const openAt = (account: string, word = password) =>
  house.app.inject({ method: 'POST', url: '/api/v1/sessions/wall', payload: { account, password: word } })
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  /linli_wall=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? ''
const onWall = (token: string) => ({ 'linli-screen': 'wall', cookie: `linli_wall=${token}` })
const statusOf = async (headers: Record<string, string>, url = '/api/v1/me', method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
  (await house.app.inject({ method, url, headers, ...(method === 'POST' ? { payload: {} } : {}) })).statusCode

test('a wall stays signed in for a day although nobody touches it, and not longer', async () => {
  const { login } = await someone()
  const opened = await openAt(login)
  expect(opened.statusCode).toBe(201)
  expect(String(opened.headers['set-cookie'])).toMatch(/linli_wall=.*Path=\/api\/v1; Expires=.*HttpOnly; SameSite=Lax/)
  expect(opened.json().token).toBeUndefined()
  const wall = onWall(cookieOf(opened))
  expect(await statusOf(wall)).toBe(200)
  house.db.clock.advance(24 * hour - 1001)
  expect(await statusOf(wall)).toBe(200)
  house.db.clock.advance(1001)
  expect(await statusOf(wall)).toBe(401)
})

test('a wall is nobody wherever the contract does not name it, also when its token is sent as that of a desk', async () => {
  const { login } = await someone()
  const token = cookieOf(await openAt(login))
  for (const [method, url] of [
    ['GET', '/api/v1/colleagues'],
    ['GET', '/api/v1/organizations'],
    ['GET', '/api/v1/accounts'],
    ['POST', '/api/v1/me/acting-post'],
    ['POST', '/api/v1/me/password'],
    ['DELETE', '/api/v1/sessions/current'],
  ] as const) {
    expect(await statusOf({ ...onWall(token), 'sec-fetch-site': 'same-origin' }, url, method), url).toBe(401)
    expect(await statusOf({ authorization: `Bearer ${token}` }, url, method), url).toBe(401)
    expect(await statusOf({ cookie: `linli_session=${token}`, 'sec-fetch-site': 'same-origin' }, url, method), url).toBe(401)
  }
  // Without the mark its cookie is not even looked at: a desk in the same browser is asked for its own.
  expect(await statusOf({ cookie: `linli_wall=${token}` })).toBe(401)
})

test('the post of a wall keeps the rights to read matters and alarms and no other', async () => {
  const { accountId, login } = await someone('dispatcher')
  const token = cookieOf(await openAt(login))
  const request = {
    method: 'GET',
    headers: onWall(token),
    cookies: { linli_wall: token },
    query: {},
    routeOptions: { config: { onWall: true } },
  }
  const actor = await house.sessions.resolve(request as never)
  expect([actor?.accountId, actor?.reach, [...(actor?.permissions ?? [])]]).toEqual([accountId, 'township', ['cases.read', 'signals.read']])
})

test.each(['gridWorker', 'departmentClerk', 'systemAdmin'])('a %s opens no wall, and the attempt is on the trail', async (role) => {
  const { login, accountId } = await someone(role)
  const refused = await openAt(login)
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'access.wall_forbidden'])
  expect(refused.headers['set-cookie']).toBeUndefined()
  const trail = await house.db.superuser<{ detail: { reason: string } }>(
    sql`SELECT detail FROM base.audit_entry WHERE action = 'access.sign_in_refused' AND subject_id = ${accountId}`,
  )
  expect(trail.map(({ detail }) => detail.reason)).toEqual(['wall'])
})

test('a wrong password counts as at any sign-in', async () => {
  const { login } = await someone()
  for (let tries = 0; tries < 5; tries++)
    expect((await openAt(login, 'wrong-wrong-wrong')).json().code).toMatch(/credentials_wrong|account_locked/)
  expect((await openAt(login)).json().code).toBe('access.account_locked')
})

test('a wall closes itself; from the desk one closes every wall one opened, and stays signed in', async () => {
  const { login } = await someone()
  const [first, second, third] = [await openAt(login), await openAt(login), await openAt(login)].map((answer) => onWall(cookieOf(answer)))
  const desk = await house.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { account: login, password } })
  const bearer = { authorization: `Bearer ${desk.json().token}` }
  const close = (headers: Record<string, string>) =>
    house.app.inject({ method: 'DELETE', url: '/api/v1/sessions/wall', headers: { 'sec-fetch-site': 'same-origin', ...headers } })
  expect((await close(first!)).json()).toEqual({ closed: 1 })
  expect([await statusOf(first!), await statusOf(second!)]).toEqual([401, 200])
  expect((await close(bearer)).json()).toEqual({ closed: 2 })
  expect([await statusOf(second!), await statusOf(third!), await statusOf(bearer)]).toEqual([401, 401, 200])
})

test('a wall goes dark with the post or the account it was opened for', async () => {
  const { login, postId, accountId } = await someone()
  const other = await someone()
  const [one, two] = [onWall(cookieOf(await openAt(login))), onWall(cookieOf(await openAt(other.login)))]
  await house.db.superuser(sql`UPDATE access.post SET ended_at = now(), ended_by = ${accountId}::uuid WHERE post_id = ${postId}::uuid`)
  await house.db.superuser(sql`UPDATE access.account SET disabled_at = now() WHERE account_id = ${other.accountId}::uuid`)
  house.sessions.forget()
  expect([await statusOf(one), await statusOf(two)]).toEqual([401, 401])
})
