import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSessions } from '../sessions.ts'
import { residentRoutes } from './routes.ts'

let db: TestDatabase
let app: Awaited<ReturnType<typeof testHttp>>
const sent: { phone: string; code: string }[] = []
const personId = newId()
const home = { areaId: newId(), code: '510131001001', name: '幸福社区' }
const registered = '19999990001'

beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  const sessions = createSessions({ pool: db.pool, clock: db.clock, publicUrl: 'http://127.0.0.1' })
  const residents = {
    sendCode: async (_: unknown, code: { phone: string; code: string }) => sent.push(code),
    findPerson: async (_: unknown, phone: string) => (phone === registered ? personId : undefined),
    describe: async () => ({ name: '赵*兰', community: home }),
  }
  app = await testHttp((http) => residentRoutes(http, { ...db.deps, sessions, residents }))
})
afterAll(async () => {
  await app.close()
  await db.close()
})

let asked = 0
const post = (path: string, payload: object, remoteAddress = `10.0.0.${++asked}`) =>
  app.inject({ method: 'POST', url: `/api/v1/public/${path}`, payload, remoteAddress })
const ask = (phone: string, requestId = newId()) => post('sign-in-codes', { requestId, phone })
const signIn = (phone: string, code: string) => post('resident-sessions', { phone, code })
const codesOf = (phone: string) => sent.filter((one) => one.phone === phone).map(({ code }) => code)
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const cookieOf = (answer: Awaited<ReturnType<typeof signIn>>) => answer.cookies.find(({ name }) => name === 'linli_resident')

test('a code comes to the phone, signs in once, and the session is that of the person whose file bears the number', async () => {
  expect((await ask(registered)).statusCode).toBe(202)
  const [code] = codesOf(registered)
  expect(code).toMatch(/^\d{6}$/)
  const opened = await signIn(registered, code!)
  expect(opened.statusCode).toBe(201)
  const cookie = cookieOf(opened)!
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api/v1' })
  expect(opened.body).not.toContain(cookie.value)
  const cookies = { linli_resident: cookie.value }
  const me = await app.inject({ url: '/api/v1/residents/me', cookies })
  expect(me.json()).toMatchObject({ phone: '199****0001', name: '赵*兰', community: home })
  expect((await signIn(registered, code!)).statusCode).toBe(401)
  // A write that a foreign page makes the browser send.
  const close = (headers: Record<string, string>) => app.inject({ method: 'DELETE', url: '/api/v1/residents/me/session', cookies, headers })
  expect((await close({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  expect((await close({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(204)
  expect((await app.inject({ url: '/api/v1/residents/me', cookies })).statusCode).toBe(401)
})

test('a number without a file signs in as nobody in particular; the answers do not differ', async () => {
  const stranger = '19999990002'
  const known = await ask(registered)
  const unknown = await ask(stranger)
  expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body])
  const opened = await signIn(stranger, codesOf(stranger)[0]!)
  const me = await app.inject({ url: '/api/v1/residents/me', cookies: { linli_resident: cookieOf(opened)!.value } })
  expect(me.json()).toMatchObject({ name: null, community: null })
})

test('five wrong tries end a code, also made at once; five minutes do, and the next code ends the one before', async () => {
  const phone = '19999990003'
  await ask(phone)
  const first = codesOf(phone)[0]!
  const tries = await Promise.all(Array.from({ length: 5 }, () => signIn(phone, other(first))))
  expect(tries.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401])
  expect((await signIn(phone, first)).json()).toMatchObject({ code: 'access.code_wrong' })
  db.clock.advance(61_000)
  await ask(phone)
  const second = codesOf(phone)[1]!
  db.clock.advance(61_000)
  await ask(phone)
  expect((await signIn(phone, second)).statusCode).toBe(codesOf(phone)[2] === second ? 201 : 401)
  db.clock.advance(5 * 60_000)
  expect((await signIn(phone, codesOf(phone)[2]!)).statusCode).toBe(401)
})

test('a phone is not flooded: one code a minute, five an hour; whoever asks for more is answered the same', async () => {
  const phone = '19999990004'
  const requestId = newId()
  const answers = [await ask(phone, requestId), await ask(phone, requestId), await ask(phone), await ask(phone)]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202, 202])
  expect(codesOf(phone)).toHaveLength(1)
  for (let minutes = 0; minutes < 10; minutes++) {
    db.clock.advance(61_000)
    await ask(phone)
  }
  expect(codesOf(phone)).toHaveLength(5)
  db.clock.advance(3_600_000)
  await ask(phone)
  expect(codesOf(phone)).toHaveLength(6)
  const fromOne = await Promise.all(
    Array.from({ length: 13 }, (_, i) => post('sign-in-codes', { requestId: newId(), phone: `199999901${10 + i}` }, '10.9.9.9')),
  )
  expect(fromOne.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1)
})

test('wrong input is refused by field, and neither number nor code stands anywhere in clear', async () => {
  expect((await ask('123')).json()).toMatchObject({ status: 400, fields: [{ path: 'phone' }] })
  expect((await signIn(registered, '12')).json()).toMatchObject({ status: 400, fields: [{ path: 'code' }] })
  const rows = JSON.stringify([
    await db.superuser('SELECT * FROM access.resident'),
    await db.superuser('SELECT * FROM access.sign_in_code'),
    await db.superuser('SELECT * FROM base.audit_entry'),
    await db.superuser('SELECT * FROM base.outbox'),
  ])
  for (const { phone } of sent) expect(rows).not.toContain(phone)
})
