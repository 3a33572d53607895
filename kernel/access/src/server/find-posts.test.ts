import { sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aMember, aTown, type Town } from '../testing/index.ts'
import { findPosts, type PostsWanted, pathsAbove } from './find-posts.ts'

let db: TestDatabase
let town: Town
beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  town = await db.system((ctx) => aTown(ctx))
})
afterAll(() => db.close())

const names = (wanted: PostsWanted) => db.system(async (ctx) => (await findPosts(ctx, wanted)).map((post) => post.displayName))

test('a place is answered for by the posts whose area contains it, the nearest first', async () => {
  const containing = town.areas.xingfuCell1.areaPath
  expect(await names({ containing, roles: ['gridWorker', 'communityWorker', 'dispatcher'] })).toEqual(['周倩', '王小燕', '陈明'])
  expect(await names({ containing, permission: 'cases.accept' })).toEqual(['王小燕', '陈明', '罗敏'])
})

test('a path is not mistaken for one that begins with the same digits', () => {
  expect(pathsAbove('/1/12/305/')).toEqual(['/1/', '/1/12/', '/1/12/305/'])
})

test('an organization has its own posts, and nobody else’s', async () => {
  expect((await names({ orgId: town.orgs.housing })).sort()).toEqual(['刘芳', '郑红'])
  expect(await names({ orgId: town.orgs.housing, roles: ['departmentLead'] })).toEqual(['郑红'])
})

test('ended posts, posts outside their period and disabled accounts get no messages', async () => {
  const { ended, over, later, gone, here } = await db.system(async (ctx) => {
    const member = (name: string) => aMember(ctx, town, { role: 'departmentClerk', org: 'policeStation', area: 'subdistrict', name })
    return {
      ended: await member('已离任'),
      over: await member('已到期'),
      later: await member('未到任'),
      gone: await member('已停用'),
      here: await member('在任'),
    }
  })
  await db.superuser(sql`UPDATE access.post SET ended_at = now() WHERE post_id = ${ended.postId}`)
  await db.superuser(`ALTER TABLE access.post DISABLE TRIGGER keep_post`)
  await db.superuser(sql`UPDATE access.post SET valid_from = '2026-01-01', valid_to = '2026-03-01' WHERE post_id = ${over.postId}`)
  await db.superuser(sql`UPDATE access.post SET valid_from = '2026-03-03' WHERE post_id = ${later.postId}`)
  await db.superuser(`ALTER TABLE access.post ENABLE TRIGGER keep_post`)
  await db.superuser(sql`UPDATE access.account SET disabled_at = now() WHERE account_id = ${gone.accountId}`)
  expect(await names({ orgId: town.orgs.policeStation })).toEqual(['在任'])
  // Days are those of Asia/Shanghai: 16:30 UTC is already tomorrow.
  db.clock.moveTo('2026-03-02T16:30:00Z')
  expect((await names({ orgId: town.orgs.policeStation })).sort()).toEqual(['未到任', '在任'].sort())
  expect(here.name).toBe('在任')
})
