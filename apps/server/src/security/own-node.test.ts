import { aTown, type Town, type TownArea, type TownPost } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Platform } from '../start-platform.ts'
import { aPlatform } from './a-platform.ts'

let db: TestDatabase
let platform: Platform
let town: Town

/** How many appeals are filed in each cell. */
const filed: [TownArea, number][] = [
  ['xingfuCell1', 3],
  ['xingfuCell2', 2],
  ['xiangyangCell1', 4],
  ['liulinCell1', 1],
  ['liulinCell2', 5],
]

beforeAll(async () => {
  db = await testDatabase({ clock: aClock(new Date()) })
  town = await db.system((ctx) => aTown(ctx))
  platform = await aPlatform(db)
  for (const [area, count] of filed) {
    for (let n = 0; n < count; n++) {
      const payload = { requestId: newId(), detail: `路灯不亮 ${n}`, areaCode: town.areas[area].code }
      expect((await platform.app.inject({ method: 'POST', url: '/api/v1/public/appeals', payload })).statusCode).toBe(201)
    }
  }
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

const ask = async (post: TownPost, path: string): Promise<Record<string, unknown>> =>
  (await platform.app.inject({ url: `/api/v1${path}`, headers: town.signIn(post) })).json()

/** What the head of this node sees: the figure, and the communities of the rows behind it. */
async function sees(post: TownPost): Promise<{ total: number; communities: Record<string, number> }> {
  const { queues } = (await ask(post, '/cases/counts')) as { queues: Record<string, { total: number }> }
  const { items } = (await ask(post, '/cases?limit=100')) as { items: { communityName: string }[] }
  const communities: Record<string, number> = {}
  for (const { communityName } of items) communities[communityName] = (communities[communityName] ?? 0) + 1
  return { total: queues.all?.total ?? 0, communities }
}

/** The levels of the tree on the way down its first branch. */
async function levels(): Promise<string[]> {
  const found: string[] = []
  for (let parent = ''; ; ) {
    const { items } = (await ask('countyLead', `/public/areas${parent && `?parent=${parent}`}`)) as {
      items: { areaId: string; level: string }[]
    }
    const [first] = items
    if (!first) return found
    found.push(first.level)
    parent = first.areaId
  }
}

test('in a tree of six levels a post sees its own node and below, and the figure of a township is the sum of its communities [PLAT-01]', async () => {
  expect(await levels()).toEqual(['province', 'prefecture', 'county', 'township', 'community', 'cell'])
  const [xingfu, xiangyang, liulin] = [await sees('communityWorker'), await sees('siblingWorker'), await sees('villageWorker')]
  expect(xingfu).toEqual({ total: 5, communities: { 幸福社区: 5 } })
  expect(xiangyang).toEqual({ total: 4, communities: { 向阳社区: 4 } })
  expect(liulin).toEqual({ total: 6, communities: { 柳林村: 6 } })
  const township = await sees('dispatcher')
  expect(township).toEqual({ total: xingfu.total + xiangyang.total, communities: { 幸福社区: 5, 向阳社区: 4 } })
  const county = await sees('countyLead')
  expect(county.total).toBe(township.total + (await sees('otherDispatcher')).total)
  expect((await sees('gridWorker')).total + (await sees('otherGridWorker')).total).toBe(xingfu.total)
})

test('a node with nothing below it shows nothing, and an administrator no business at all', async () => {
  expect(await sees('departmentClerk')).toEqual({ total: 0, communities: {} })
  expect((await ask('systemAdmin', '/cases/counts')).code).toBe('access.forbidden')
})
