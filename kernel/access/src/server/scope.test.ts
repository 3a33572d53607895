import { newId } from '@linli/base/define'
import { type Actor, publicActor, sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseRoles } from '../define/roles.ts'
import { aTown, type Town, type TownArea, type TownPost } from '../testing/index.ts'
import { seedRoles } from './seed-roles.ts'

let db: TestDatabase
let town: Town
beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  town = await db.system((ctx) => aTown(ctx))
})
afterAll(() => db.close())

const actor = (post: TownPost): Actor => town.posts[post].actor
const denied = /permission denied|row-level security/

/** Read by the platform alone. */
const sealed = ['session', 'resident', 'resident_session', 'sign_in_code']

test('every table of this engine has row level security, forced, and comes with policies for both roles or for the system alone', async () => {
  const tables = await db.superuser<{ name: string; forced: boolean; roles: string[] }>(`
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
      ARRAY(SELECT DISTINCT r.rolname::text FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles) WHERE p.polrelid = c.oid ORDER BY 1) AS roles
    FROM pg_class c WHERE c.relnamespace = 'access'::regnamespace AND c.relkind = 'r'`)
  expect(tables.length).toBeGreaterThanOrEqual(9)
  for (const { name, forced, roles } of tables) {
    expect({ name, forced }).toEqual({ name, forced: true })
    expect(roles).toEqual(sealed.includes(name) ? ['linli_system'] : ['linli_app', 'linli_system'])
  }
})

/** Whose accounts and posts each post sees, by the keys of the town. */
const visible: Partial<Record<TownPost, TownPost[]>> = {
  gridWorker: ['communityWorker', 'gridWorker', 'otherGridWorker'],
  siblingWorker: ['siblingWorker'],
  dispatcher: ['dispatcher', 'townshipLead'],
  departmentClerk: ['departmentClerk', 'departmentLead'],
  propertyClerk: ['propertyClerk'],
  countyLead: ['auditAdmin', 'countyLead'],
  auditAdmin: ['auditAdmin', 'countyLead'],
}

test.each(Object.entries(visible) as [TownPost, TownPost[]][])(
  'a %s sees the accounts and posts of its own organization only',
  async (post, expected) => {
    const keyOf = (accountId: string) => Object.entries(town.posts).find(([, member]) => member.accountId === accountId)![0]
    const see = (table: 'account' | 'post') =>
      db.as(actor(post), async (ctx) => {
        const rows = await ctx.rows(
          table === 'account'
            ? sql<{ id: string }>`SELECT account_id AS id FROM access.account`
            : sql<{ id: string }>`SELECT account_id AS id FROM access.post`,
        )
        return rows.map(({ id }) => keyOf(id)).sort()
      })
    expect(await see('account')).toEqual(expected)
    expect(await see('post')).toEqual(expected)
  },
)

test('administrators see the accounts and posts of their area, and the public sees none', async () => {
  const count = (who: Actor) =>
    db.as(who, (ctx) => ctx.get(sql`SELECT (SELECT count(*) FROM access.account) AS accounts, (SELECT count(*) FROM access.post) AS posts`))
  const all = Object.keys(town.posts).length
  expect(await count(actor('systemAdmin'))).toEqual({ accounts: all, posts: all })
  expect(await count(actor('securityAdmin'))).toEqual({ accounts: all, posts: all })
  const ofTown = { ...actor('systemAdmin'), orgId: null, areaPath: town.areas.town.areaPath }
  expect(await count(ofTown)).toEqual({ accounts: 3, posts: 3 })
  expect(await count(publicActor)).toEqual({ accounts: 0, posts: 0 })
})

test('no request reads a password or a session, not even its own', async () => {
  for (const post of ['systemAdmin', 'securityAdmin', 'gridWorker'] as const) {
    await expect(db.as(actor(post), (ctx) => ctx.rows(sql`SELECT password_hash FROM access.account`))).rejects.toThrow(denied)
    await expect(db.as(actor(post), (ctx) => ctx.rows(sql`SELECT * FROM access.session`))).rejects.toThrow(denied)
  }
})

test('requests cannot write areas, organizations, roles or sessions, nor delete anything', async () => {
  const statements = [
    sql`UPDATE access.area SET name = 'x'`,
    sql`INSERT INTO access.organization (org_id, kind, name, area_id) VALUES (${newId()}, 'department', 'x', ${town.areas.county.areaId})`,
    sql`INSERT INTO access.role_permission VALUES ('gridWorker', 'audit.read')`,
    sql`UPDATE access.role SET reach = 'county'`,
    sql`UPDATE access.session SET revoked_at = now()`,
    sql`UPDATE access.account SET password_hash = 'x'`,
    sql`UPDATE access.account SET area_path = '/1/'`,
    sql`UPDATE access.post SET area_path = '/1/'`,
    sql`DELETE FROM access.post`,
    sql`DELETE FROM access.account`,
    sql`DELETE FROM access.area`,
  ]
  for (const statement of statements) await expect(db.as(actor('systemAdmin'), (ctx) => ctx.run(statement))).rejects.toThrow(denied)
})

const grant = (who: Actor, to: TownPost, role: string, org: keyof Town['orgs'], area: TownArea) =>
  db.as(who, (ctx) =>
    ctx.run(sql`INSERT INTO access.post (post_id, account_id, org_id, area_id, role_key, valid_from, made_at)
      VALUES (${newId()}, ${town.posts[to].accountId}, ${town.orgs[org]}, ${town.areas[area].areaId}, ${role}, '2026-01-01', now())`),
  )

test('the database itself refuses a post that its giver may not give', async () => {
  const admin = actor('systemAdmin')
  await expect(grant(actor('communityWorker'), 'gridWorker', 'communityWorker', 'xingfuCommittee', 'xingfu')).rejects.toThrow(denied)
  await expect(grant(actor('securityAdmin'), 'gridWorker', 'communityWorker', 'xingfuCommittee', 'xingfu')).rejects.toThrow(denied)
  await expect(
    grant({ ...admin, areaPath: town.areas.town.areaPath }, 'gridWorker', 'communityWorker', 'xingfuCommittee', 'xingfu'),
  ).rejects.toThrow(denied)
  await expect(grant(admin, 'systemAdmin', 'systemAdmin', 'government', 'county')).rejects.toThrow(denied)
  await expect(grant({ ...admin, accountId: newId() }, 'systemAdmin', 'auditAdmin', 'government', 'county')).rejects.toThrow(
    /post_separation|row-level security/,
  )
  expect(await grant(admin, 'gridWorker', 'communityWorker', 'xingfuCommittee', 'xingfu')).toBe(1)
})

test('a post that was given can be ended and nothing else, also by the system', async () => {
  const { postId } = town.posts.villageWorker
  await expect(db.superuser(sql`UPDATE access.post SET role_key = 'countyLead' WHERE post_id = ${postId}`)).rejects.toThrow(/only be ended/)
  await db.superuser(sql`UPDATE access.post SET ended_at = now() WHERE post_id = ${postId}`)
  await expect(db.superuser(sql`UPDATE access.post SET ended_at = NULL WHERE post_id = ${postId}`)).rejects.toThrow(/only be ended/)
})

test('access.sees answers for every reach what that post may see, and no for a line post or nobody', async () => {
  const places: TownArea[] = ['xingfuCell1', 'xingfuCell2', 'xiangyangCell1', 'liulinCell1']
  const seen = (who: Actor) =>
    db.as(who, async (ctx) => {
      const answers: boolean[] = []
      for (const key of places) {
        const { areaPath, townshipId, communityId, cellId } = town.areas[key]
        const answer = await ctx.get(
          sql<{
            sees: boolean
          }>`SELECT access.sees(${areaPath}::text, ${townshipId}::uuid, ${communityId}::uuid, ${cellId}::uuid) IS TRUE AS sees`,
        )
        answers.push(answer.sees)
      }
      return answers
    })
  expect(await seen(actor('gridWorker'))).toEqual([true, false, false, false])
  expect(await seen(actor('communityWorker'))).toEqual([true, true, false, false])
  expect(await seen(actor('dispatcher'))).toEqual([true, true, true, false])
  expect(await seen(actor('countyLead'))).toEqual([true, true, true, true])
  for (const who of [actor('departmentClerk'), actor('systemAdmin'), publicActor])
    expect(await seen(who)).toEqual([false, false, false, false])
})

test('roles are brought in as they are defined, the same again changes nothing, and a right withdrawn is gone', async () => {
  const audits = async () =>
    (await db.superuser<{ n: number }>(`SELECT count(*)::int AS n FROM base.audit_entry WHERE action = 'access.role_defined'`))[0]!.n
  const before = await audits()
  await db.system((ctx) => seedRoles(ctx))
  expect(await audits()).toBe(before)
  const narrower = baseRoles.map((role) => (role.key === 'propertyClerk' ? { ...role, permissions: ['cases.read'] } : role))
  await db.system((ctx) => seedRoles(ctx, narrower))
  expect(await audits()).toBe(before + 1)
  expect(await db.superuser(`SELECT permission FROM access.role_permission WHERE role_key = 'propertyClerk'`)).toEqual([
    { permission: 'cases.read' },
  ])
})
