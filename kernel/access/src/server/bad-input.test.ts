import { newId } from '@linli/base/define'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccessUnderTest, anAccess, type TownPost } from '../testing/index.ts'

let house: AccessUnderTest
beforeAll(async () => {
  house = await anAccess()
})
afterAll(() => house.close())

/** Text that databases, time zones and parsers stumble over, beside whatever fast-check thinks of. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\0',
    '\ud800',
    '%',
    "'; --",
    '0000-01-01',
    '9999-12-31',
    '0000-01-01T00:00:00Z',
    '2026-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59Z',
    'x'.repeat(500),
  ),
  fc.uuid(),
)
const value = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(nasty, { maxLength: 3 }),
  fc.dictionary(nasty, nasty, { maxKeys: 3 }),
)
const fields = (...names: string[]) => fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] })

const bodies: [string, TownPost, () => string, fc.Arbitrary<object>][] = [
  ['POST /sessions', 'systemAdmin', () => '/sessions', fields('account', 'password')],
  ['POST /me/acting-post', 'gridWorker', () => '/me/acting-post', fields('postId')],
  ['POST /me/password', 'gridWorker', () => '/me/password', fields('current', 'next')],
  ['POST /accounts', 'systemAdmin', () => '/accounts', fields('requestId', 'account', 'name', 'password', 'post')],
  [
    'POST /accounts in the right shape',
    'systemAdmin',
    () => '/accounts',
    fc.record({
      requestId: fc.uuid(),
      account: fc.constant('fuzzed'),
      name: nasty,
      password: fc.oneof(nasty, fc.constant('1234567890')),
      post: fc.record({ orgId: fc.uuid(), areaId: fc.uuid(), role: nasty, until: nasty }),
    }),
  ],
  [
    'POST /accounts/:unknown/posts',
    'systemAdmin',
    () => `/accounts/${newId()}/posts`,
    fields('requestId', 'orgId', 'areaId', 'role', 'until'),
  ],
  [
    'POST /accounts/:known/posts',
    'systemAdmin',
    () => `/accounts/${house.town.posts.gridWorker.accountId}/posts`,
    fc.record({
      requestId: fc.uuid(),
      orgId: fc.constantFrom(newId(), 'xingfu').map((id) => (id === 'xingfu' ? house.town.orgs.xingfuCommittee : id)),
      areaId: fc.uuid().map(() => house.town.areas.xingfu.areaId),
      role: fc.oneof(nasty, fc.constant('communityWorker')),
      until: fc.constantFrom('0000-01-01', '0001-01-01', '2026-02-30', '2020-01-01'),
    }),
  ],
  ['POST /accounts/:unknown/state', 'securityAdmin', () => `/accounts/${newId()}/state`, fields('state', 'reason')],
]

test.each(bodies)('whatever is sent to %s (as %s), the answer is a refusal that says why', async (_, who, path, body) => {
  await fc.assert(
    fc.asyncProperty(body, async (payload) => {
      const answer = await house.app.inject({ method: 'POST', url: `/api/v1${path()}`, headers: house.town.signIn(who), payload })
      expect(answer.statusCode, JSON.stringify(payload)).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode, JSON.stringify(payload)).toBeLessThan(500)
      const problem = answer.json()
      if (answer.statusCode === 400 && problem.code === 'base.request_invalid') expect(problem.fields ?? problem.detail).toBeTruthy()
    }),
    { numRuns: 200, seed: 42 },
  )
})

const queries: [string, TownPost, fc.Arbitrary<Record<string, string>>][] = [
  ['/public/areas', 'gridWorker', fc.record({ parent: nasty, level: nasty, code: nasty }, { requiredKeys: [] })],
  ['/public/buildings', 'gridWorker', fc.record({ communityId: nasty })],
  ['/public/offices', 'gridWorker', fc.record({ areaCode: nasty }, { requiredKeys: [] })],
  ['/organizations', 'gridWorker', fc.record({ kind: nasty, q: nasty }, { requiredKeys: [] })],
  ['/accounts', 'systemAdmin', fc.record({ q: nasty, cursor: nasty }, { requiredKeys: [] })],
  [
    '/audit',
    'auditAdmin',
    fc.record({ action: nasty, account: nasty, subject: nasty, from: nasty, to: nasty, cursor: nasty }, { requiredKeys: [] }),
  ],
  ['/audit/refused', 'securityAdmin', fc.record({ account: nasty, from: nasty, to: nasty, cursor: nasty }, { requiredKeys: [] })],
]

test.each(queries)('whatever %s (as %s) is asked, it answers or refuses, and never fails', async (path, who, query) => {
  await fc.assert(
    fc.asyncProperty(query, async (parts) => {
      const search = new URLSearchParams(parts)
      const answer = await house.app.inject({ url: `/api/v1${path}?${search}`, headers: house.town.signIn(who) })
      expect(answer.statusCode, String(search)).toBeLessThan(500)
    }),
    { numRuns: 200, seed: 42 },
  )
})

test('nothing of all this was half written', async () => {
  expect(await house.db.superuser(`SELECT FROM access.account WHERE login = 'fuzzed'`)).toEqual([])
  expect(await house.db.superuser(`SELECT FROM access.post`)).toHaveLength(Object.keys(house.town.posts).length)
})
