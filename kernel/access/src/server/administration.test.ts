import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseRoles } from '../define/roles.ts'
import { type AccessUnderTest, aMember, anAccess, type TownPost } from '../testing/index.ts'

let house: AccessUnderTest
beforeAll(async () => {
  house = await anAccess()
})
afterAll(() => house.close())

const call = (who: TownPost | null, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
  house.app.inject({ method, url: `/api/v1${path}`, headers: who ? house.town.signIn(who) : {}, ...(payload && { payload }) })

const aPost = (
  role = 'communityWorker',
  org: 'xingfuCommittee' | 'dataBureau' | 'housing' = 'xingfuCommittee',
  area: 'xingfu' | 'county' | 'xingfuCell1' = 'xingfu',
) => ({
  orgId: house.town.orgs[org],
  areaId: house.town.areas[area].areaId,
  role,
})
const anAccount = (more: object = {}) => ({
  requestId: newId(),
  account: `new-${newId().slice(-10)}`,
  name: '林晓',
  password: 'a long enough password',
  post: aPost(),
  ...more,
})
const audited = (action: string, subjectId: string) =>
  house.db.superuser(
    sql<{
      account_id: string
      purpose: string | null
    }>`SELECT account_id, purpose FROM base.audit_entry WHERE action = ${action} AND subject_id = ${subjectId}`,
  )

const administration = [
  ['GET', '/accounts', 'access.view', undefined],
  ['GET', '/roles', 'access.view', undefined],
  ['POST', '/accounts', 'access.administer', () => anAccount()],
  ['POST', `/accounts/${newId()}/posts`, 'access.administer', () => ({ requestId: newId(), ...aPost() })],
  ['DELETE', `/posts/${newId()}`, 'access.administer', undefined],
  ['POST', `/accounts/${newId()}/state`, 'access.secure', () => ({ state: 'disabled', reason: '离职' })],
  ['GET', '/audit', 'audit.read', undefined],
  ['GET', '/audit/verify', 'audit.read', undefined],
  ['GET', '/audit/refused', 'audit.readRefused', undefined],
] as const

test.each(administration)('%s %s needs a session, and a post that holds %s', async (method, path, permission, body) => {
  expect((await call(null, method, path, body?.())).json()).toMatchObject({ status: 401, code: 'access.unauthenticated' })
  for (const post of Object.keys(house.town.posts) as TownPost[]) {
    const answer = await call(post, method, path, body?.())
    if (house.town.posts[post].actor.permissions.has(permission)) expect(answer.statusCode).not.toBe(403)
    else expect(answer.json()).toMatchObject({ status: 403, code: 'access.forbidden' })
  }
})

test('a permission that is missing is refused and noted with the endpoint [PLAT-02] (role at the API)', async () => {
  const { gridWorker } = house.town.posts
  await call('gridWorker', 'GET', '/accounts')
  const [line] = await house.db.superuser(sql`
    SELECT subject_id, detail, post_id FROM base.audit_entry WHERE action = 'access.refused' AND account_id = ${gridWorker.accountId} ORDER BY audit_id DESC LIMIT 1`)
  expect(line).toEqual({ subject_id: 'GET /accounts', detail: { permission: 'access.view' }, post_id: gridWorker.postId })
})

test('an account is made with its first post, once, however often it is sent', async () => {
  const body = anAccount({ account: 'zhang.wei' })
  const [first, again] = [await call('systemAdmin', 'POST', '/accounts', body), await call('systemAdmin', 'POST', '/accounts', body)]
  expect(first.statusCode).toBe(201)
  expect(first.json()).toMatchObject({
    account: 'zhang.wei',
    disabledAt: null,
    lastSignInAt: null,
    posts: [{ role: 'communityWorker', areaCode: '239999001001' }],
  })
  expect(again.json()).toEqual(first.json())
  expect(await house.db.superuser(`SELECT FROM access.account WHERE login = 'zhang.wei'`)).toHaveLength(1)
  expect(await audited('access.account_created', first.json().accountId)).toEqual([
    { account_id: house.town.posts.systemAdmin.accountId, purpose: null },
  ])
  const signIn = await house.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { account: 'zhang.wei', password: body.password },
  })
  expect(signIn.statusCode).toBe(201)
})

test.each([
  ['a login that is taken', { account: 'gridworker' }, 409, 'access.account_taken'],
  ['a password that holds the login', { account: 'wang.min', password: 'wang.min-2026!' }, 422, 'access.password_weak'],
  ['a password everybody uses', { password: 'Password123' }, 422, 'access.password_weak'],
  ['a login with a space', { account: 'wang min' }, 400, 'base.request_invalid'],
])('%s is refused and leaves nothing behind', async (_, more, status, code) => {
  const count = async () => (await house.db.superuser<{ n: number }>('SELECT count(*)::int AS n FROM access.account'))[0]!.n
  const before = await count()
  const answer = await call('systemAdmin', 'POST', '/accounts', anAccount(more))
  expect(answer.json()).toMatchObject({ status, code, fields: [{}] })
  expect(await count()).toBe(before)
})

const misfits: [string, () => object, number, string][] = [
  ['a role that does not exist', () => aPost('emperor'), 422, 'access.role_unknown'],
  ['an area that does not exist', () => ({ ...aPost(), areaId: newId() }), 422, 'access.area_unknown'],
  ['an organization that does not exist', () => ({ ...aPost(), orgId: newId() }), 422, 'access.organization_unknown'],
  ['a role at the wrong level of area', () => aPost('communityWorker', 'xingfuCommittee', 'xingfuCell1'), 422, 'access.role_unfit'],
  ['a role in an organization of another kind', () => aPost('communityWorker', 'housing'), 422, 'access.role_unfit'],
  [
    'an area that is not of the organization',
    () => ({ ...aPost(), orgId: house.town.orgs.xiangyangCommittee }),
    403,
    'access.area_forbidden',
  ],
  ['a department’s role in a residents’ committee', () => aPost('departmentClerk'), 422, 'access.role_unfit'],
  [
    'an area outside the one administered',
    () => ({ ...aPost(), areaId: house.town.areas.prefecture.areaId }),
    403,
    'access.area_forbidden',
  ],
  ['the security administrator', () => aPost('securityAdmin', 'dataBureau', 'county'), 403, 'access.role_forbidden'],
  ['the audit administrator', () => aPost('auditAdmin', 'dataBureau', 'county'), 403, 'access.role_forbidden'],
  ['an end before the beginning', () => ({ ...aPost(), until: '2020-01-01' }), 422, 'access.role_unfit'],
]

test.each(misfits)('a post is not given for %s', async (_, post, status, code) => {
  const worker = await house.db.system((ctx) =>
    aMember(ctx, house.town, { role: 'gridWorker', org: 'xingfuCommittee', area: 'xingfuCell2' }),
  )
  const granted = await call('systemAdmin', 'POST', `/accounts/${worker.accountId}/posts`, { requestId: newId(), ...post() })
  expect(granted.json()).toMatchObject({ status, code })
  const created = await call('systemAdmin', 'POST', '/accounts', anAccount({ post: post() }))
  expect(created.json()).toMatchObject({ status, code })
})

test('a post is given to others, never to oneself, and not twice', async () => {
  const { gridWorker, systemAdmin } = house.town.posts
  const grant = (accountId: string, post: object = aPost('gridWorker', 'xingfuCommittee', 'xingfuCell1')) =>
    call('systemAdmin', 'POST', `/accounts/${accountId}/posts`, { requestId: newId(), ...post })
  expect((await grant(gridWorker.accountId)).json()).toMatchObject({ status: 409, code: 'access.post_held' })
  expect((await grant(systemAdmin.accountId)).json()).toMatchObject({ status: 403, code: 'access.account_own' })
  expect((await grant(newId())).json()).toMatchObject({ status: 404, code: 'access.account_unknown' })
  house.db.clock.advance(1)
  const worker = await grant(gridWorker.accountId, { ...aPost(), until: '2027-12-31' })
  expect(worker.json().posts.map((post: { role: string }) => post.role)).toEqual(['gridWorker', 'communityWorker'])
})

test('nobody is two of the three administrators, nor one of them beside ordinary work', async () => {
  const { gridWorker, securityAdmin } = house.town.posts
  const grant = (accountId: string, post: object) =>
    call('systemAdmin', 'POST', `/accounts/${accountId}/posts`, { requestId: newId(), ...post })
  expect((await grant(gridWorker.accountId, aPost('systemAdmin', 'dataBureau', 'county'))).json().code).toBe('access.role_separated')
  expect((await grant(securityAdmin.accountId, aPost('systemAdmin', 'dataBureau', 'county'))).json().code).toBe('access.role_separated')
  expect((await grant(securityAdmin.accountId, aPost())).json().code).toBe('access.role_separated')
})

test('ending a post ends what is done in it at once, and only once', async () => {
  const { db, town } = house
  const member = await db.system((ctx) => aMember(ctx, town, { role: 'dispatcher', org: 'subdistrictOffice', area: 'subdistrict' }))
  const headers = { authorization: `Bearer ${member.token}` }
  expect((await house.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200)
  expect((await call('systemAdmin', 'DELETE', `/posts/${member.postId}`)).statusCode).toBe(204)
  expect((await house.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401)
  expect((await call('systemAdmin', 'DELETE', `/posts/${member.postId}`)).json().code).toBe('access.post_unknown')
  expect(await audited('access.post_ended', member.postId)).toHaveLength(1)
  expect(
    await db.superuser(sql`SELECT payload FROM base.outbox WHERE event = 'access.post_ended' AND payload->>'postId' = ${member.postId}`),
  ).toHaveLength(1)
})

test('a system administrator cannot put out those who watch over him, nor himself', async () => {
  const { securityAdmin, auditAdmin, systemAdmin } = house.town.posts
  for (const { postId } of [securityAdmin, auditAdmin])
    expect((await call('systemAdmin', 'DELETE', `/posts/${postId}`)).json().code).toBe('access.role_forbidden')
  expect((await call('systemAdmin', 'DELETE', `/posts/${systemAdmin.postId}`)).json().code).toBe('access.account_own')
})

test('the security administrator disables at once and with a reason, enables and unlocks', async () => {
  const { db, town } = house
  const member = await db.system((ctx) => aMember(ctx, town, { role: 'dispatcher', org: 'subdistrictOffice', area: 'subdistrict' }))
  const headers = { authorization: `Bearer ${member.token}` }
  const set = (state: string, accountId = member.accountId) =>
    call('securityAdmin', 'POST', `/accounts/${accountId}/state`, { state, reason: '手机丢失' })
  expect((await house.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200)
  const disabled = await set('disabled')
  expect(disabled.json()).toMatchObject({ accountId: member.accountId, disabledAt: db.clock.now().toISOString() })
  expect((await house.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401)
  expect(await audited('access.account_disabled', member.accountId)).toEqual([
    { account_id: town.posts.securityAdmin.accountId, purpose: '手机丢失' },
  ])
  expect((await set('enabled')).json().disabledAt).toBeNull()
  // A session that was ended stays ended.
  expect((await house.app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401)
  await db.superuser(
    sql`UPDATE access.account SET failed_count = 5, locked_until = ${new Date(db.clock.now().getTime() + 900_000)} WHERE account_id = ${member.accountId}`,
  )
  const listed = await call('securityAdmin', 'GET', `/accounts?q=${member.login}`)
  expect(listed.json().items[0].lockedUntil).not.toBeNull()
  expect((await set('unlocked')).json().lockedUntil).toBeNull()
  expect((await set('disabled', town.posts.securityAdmin.accountId)).json().code).toBe('access.account_own')
  expect((await set('disabled', newId())).json().code).toBe('access.account_unknown')
})

test('accounts are listed by login, page by page, and found by part of a name', async () => {
  const { db, town } = house
  await db.system(async (ctx) => {
    for (let i = 0; i < 60; i++)
      await aMember(ctx, town, { role: 'gridWorker', org: 'liulinCommittee', area: 'liulinCell1', name: `柳林${i}` })
  })
  const first = (await call('systemAdmin', 'GET', '/accounts')).json()
  const second = (await call('systemAdmin', 'GET', `/accounts?cursor=${first.next}`)).json()
  const logins = [...first.items, ...second.items].map((row: { account: string }) => row.account)
  expect(first.items).toHaveLength(50)
  expect(new Set(logins).size).toBe(logins.length)
  expect(logins).toEqual([...logins].sort())
  expect((await call('systemAdmin', 'GET', `/accounts?q=${encodeURIComponent('柳林5')}`)).json().items).toHaveLength(11)
  expect((await call('systemAdmin', 'GET', '/accounts?cursor=nonsense')).statusCode).toBe(400)
  expect((await call('systemAdmin', 'GET', '/accounts?q=%25')).json().items).toEqual([])
})

test('roles are shown with what they may do and where they are given', async () => {
  const { items } = (await call('securityAdmin', 'GET', '/roles')).json()
  expect(items).toHaveLength(baseRoles.length)
  expect(items.find((role: { role: string }) => role.role === 'countyLead')).toMatchObject({
    name: '县（区）领导',
    permissions: baseRoles.find(({ key }) => key === 'countyLead')!.permissions.toSorted(),
    level: 'county',
  })
})

test('the audit trail names who did it, tells sealed from unsealed, and notes that it was read', async () => {
  const { db, town } = house
  const made = (await call('systemAdmin', 'POST', '/accounts', anAccount())).json()
  const found = (
    await call('auditAdmin', 'GET', `/audit?subject=${made.accountId}&account=${encodeURIComponent(town.posts.systemAdmin.name)}`)
  ).json()
  expect(found.items).toMatchObject([{ action: 'access.account_created', accountName: '许诺', orgName: '清河县数据局', sealed: false }])
  expect((await call('auditAdmin', 'GET', '/audit?account=nobody')).json().items).toEqual([])
  const reads = await db.superuser(
    sql<{
      detail: object
    }>`SELECT detail FROM base.audit_entry WHERE action = 'audit.read' AND account_id = ${town.posts.auditAdmin.accountId} ORDER BY audit_id`,
  )
  expect(reads.map((row) => row.detail)).toContainEqual({ by: ['account', 'subject'] })
})

test('the security administrator sees what was refused, and nothing else of the trail', async () => {
  const refused = { action: 'cases.reveal_refused', subjectKind: 'case', subjectId: '1' }
  await house.db.as(house.town.posts.propertyClerk.actor, async (ctx) => {
    ctx.audit(refused)
    ctx.audit({ ...refused, action: 'cases.reveal' })
  })
  await call('propertyClerk', 'GET', '/audit')
  const { items } = (await call('securityAdmin', 'GET', '/audit/refused?account=propertyclerk')).json()
  expect(items[0]).toMatchObject({
    action: 'access.refused',
    accountName: '冯涛',
    subjectId: 'GET /audit',
    detail: { permission: 'audit.read' },
  })
  expect(new Set(items.map((row: { action: string }) => row.action))).toEqual(new Set(['access.refused', 'cases.reveal_refused']))
})

test('the chain of the audit trail is verified for the audit administrator', async () => {
  expect((await call('auditAdmin', 'GET', '/audit/verify')).json()).toEqual({ sealedTo: null, ok: true, rows: 0, firstBad: null })
})
