import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AccessUnderTest, aMember, anAccess } from '../testing/index.ts'
import { hashPassword } from './passwords.ts'

const password = '向阳苑-Bridge-42'
let house: AccessUnderTest
let passwordHash: string
let login: string
let accountId: string

beforeAll(async () => {
  house = await anAccess()
  passwordHash = await hashPassword(password)
})
afterAll(() => house.close())

beforeEach(async () => {
  const { db, town } = house
  db.clock.advance(60_000)
  const member = await db.system((ctx) => aMember(ctx, town, { role: 'communityWorker', org: 'xingfuCommittee', area: 'xingfu' }))
  login = member.login
  accountId = member.accountId
  await db.system((ctx) => ctx.run(sql`UPDATE access.account SET password_hash = ${passwordHash} WHERE account_id = ${accountId}`))
})

const signIn = (account: string, secret: string) =>
  house.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { account, password: secret } })
const me = (token: string) => house.app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${token}` } })
const reasons = async () => {
  const rows = await house.db.superuser(sql<{ reason: string }>`
    SELECT detail->>'reason' AS reason FROM base.audit_entry WHERE action = 'access.sign_in_refused' AND subject_id = ${accountId} ORDER BY audit_id`)
  return rows.map((row) => row.reason)
}

test('signing in once answers a token that opens every route, and says who and where one is [PLAT-02] (local sign-in)', async () => {
  const answer = await signIn(login, password)
  expect(answer.statusCode).toBe(201)
  const { token, expiresAt } = answer.json()
  expect(new Date(expiresAt).getTime() - house.db.clock.now().getTime()).toBe(7 * 24 * 3_600_000)
  const { json, statusCode } = await me(token)
  expect(statusCode).toBe(200)
  expect(json()).toMatchObject({
    account: login,
    actingPost: {
      role: 'communityWorker',
      roleName: '社区工作者',
      orgName: '幸福社区居民委员会',
      areaCode: '239999001001',
      areaLevel: 'community',
      reach: 'community',
    },
    areas: [{ code: '239999001001', name: '幸福社区', level: 'community' }],
    demo: false,
  })
  expect(json().permissions).toContain('cases.accept')
})

test('a login is the same in capitals', async () => {
  expect((await signIn(` ${login.toUpperCase()} `, password)).statusCode).toBe(201)
})

test('the cookie is out of reach of scripts and of foreign pages, and Secure where the public address is https', async () => {
  const plain = String((await signIn(login, password)).headers['set-cookie'])
  expect(plain).toMatch(/^linli_session=[A-Za-z0-9_-]{43}; /)
  expect(plain).toContain('HttpOnly')
  expect(plain).toContain('SameSite=Lax')
  expect(plain).toContain('Path=/')
  expect(plain).not.toContain('Secure')
})

test('no token and no password is kept in clear', async () => {
  const { token } = (await signIn(login, password)).json()
  const kept = await house.db.superuser(sql<{ row: string }>`
    SELECT s::text AS row FROM access.session s UNION ALL SELECT a::text FROM access.account a UNION ALL SELECT e::text FROM base.audit_entry e`)
  expect(kept.some(({ row }) => row.includes(token) || row.includes(password))).toBe(false)
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('an unknown account, one without a password and a wrong password get the same answer in the same time', async () => {
  await house.db.superuser(sql`UPDATE access.account SET password_hash = NULL WHERE login = 'dispatcher'`)
  const timed = async (account: string) => {
    const start = performance.now()
    const answer = await signIn(account, 'not the password')
    const { traceId, ...problem } = answer.json()
    return { time: performance.now() - start, answer: { status: answer.statusCode, ...problem } }
  }
  await timed('warming-up')
  const [known, unknown, passwordless] = [await timed(login), await timed('nobody-here'), await timed('dispatcher')]
  expect(known.answer).toMatchObject({ status: 401, code: 'access.credentials_wrong' })
  expect(unknown.answer).toEqual(known.answer)
  expect(passwordless.answer).toEqual(known.answer)
  // Hashing takes some 25 ms and nothing else here takes 5: an answer without it would be a fifth of the time.
  expect(unknown.time).toBeGreaterThan(known.time / 3)
})

test('five wrong passwords in a row lock for a quarter of an hour, then for twice as long', async () => {
  for (let i = 1; i <= 4; i++) expect((await signIn(login, 'wrong password')).statusCode).toBe(401)
  const fifth = await signIn(login, 'wrong password')
  expect(fifth.statusCode).toBe(423)
  expect(fifth.json().code).toBe('access.account_locked')
  expect(fifth.headers['retry-after']).toBe('900')
  expect((await signIn(login, password)).statusCode).toBe(423)
  house.db.clock.advance(15 * 60_000 + 1)
  for (let i = 1; i <= 4; i++) expect((await signIn(login, 'wrong password')).statusCode).toBe(401)
  expect((await signIn(login, 'wrong password')).headers['retry-after']).toBe('1800')
  house.db.clock.advance(30 * 60_000 + 1)
  expect((await signIn(login, password)).statusCode).toBe(201)
  // A right password begins the count anew.
  for (let i = 1; i <= 4; i++) expect((await signIn(login, 'wrong password')).statusCode).toBe(401)
  expect((await signIn(login, password)).statusCode).toBe(201)
  expect(await reasons()).toEqual([...Array(5).fill('password'), 'locked', ...Array(9).fill('password')])
})

test('an account that does not exist is locked like one that does', async () => {
  const login = `ghost-${newId()}`
  for (let i = 1; i <= 4; i++) expect((await signIn(login, 'wrong password')).statusCode).toBe(401)
  expect((await signIn(login, 'wrong password')).headers['retry-after']).toBe('900')
  expect((await signIn(login, 'wrong password')).statusCode).toBe(423)
  house.db.clock.advance(15 * 60_000 + 1)
  expect((await signIn(login, 'wrong password')).statusCode).toBe(401)
})

test('guesses made side by side are counted one after the other', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(login, 'wrong password')))
  expect(answers.filter((answer) => answer.statusCode === 401)).toHaveLength(4)
  expect(answers.filter((answer) => answer.statusCode === 423)).toHaveLength(8)
})

test('sixteen people at one account who all know the password all come in', async () => {
  const answers = await Promise.all(Array.from({ length: 16 }, () => signIn(login, password)))
  expect(answers.map((answer) => answer.statusCode)).toEqual(Array(16).fill(201))
})

test('a disabled account is told so only when the password is right', async () => {
  await house.db.superuser(sql`UPDATE access.account SET disabled_at = now() WHERE account_id = ${accountId}`)
  expect((await signIn(login, 'wrong password')).json().code).toBe('access.credentials_wrong')
  expect((await signIn(login, password)).json().code).toBe('access.account_disabled')
  expect(await reasons()).toEqual(['password', 'disabled'])
})

test('an account without a post signs in and may do nothing', async () => {
  await house.db.superuser(sql`UPDATE access.post SET ended_at = now() WHERE account_id = ${accountId}`)
  const { token } = (await signIn(login, password)).json()
  expect((await me(token)).json()).toMatchObject({ actingPost: null, posts: [], permissions: [], areas: [] })
  const refused = await house.app.inject({ url: '/api/v1/accounts', headers: { authorization: `Bearer ${token}` } })
  expect(refused.json().code).toBe('access.forbidden')
})

test('the body is checked before anything is looked up', async () => {
  const answer = await house.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { account: '', password: 7 } })
  expect(answer.statusCode).toBe(400)
  expect(
    answer
      .json()
      .fields.map((field: { path: string }) => field.path)
      .sort(),
  ).toEqual(['account', 'password'])
})
