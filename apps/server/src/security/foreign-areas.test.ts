import { aTown, type Town, type TownPost } from '@linli/access/testing'
import type { Endpoint } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ZodObject } from 'zod'
import type { Platform } from '../start-platform.ts'
import { aPlatform } from './a-platform.ts'
import { endpoints, nameOf } from './endpoints.ts'

let db: TestDatabase
let platform: Platform
let town: Town
beforeAll(async () => {
  // At noon, so that no export waits for the security administrator.
  db = await testDatabase({ clock: aClock(new Date('2026-03-02T04:00:00Z')) })
  town = await db.system((ctx) => aTown(ctx))
  platform = await aPlatform(db)
  for (const area of ['xingfuCell1', 'xiangyangCell1'] as const) {
    const payload = { requestId: newId(), detail: `${area} 的灯坏了`, areaCode: town.areas[area].code, contact: { phone: '19999990001' } }
    expect((await platform.app.inject({ method: 'POST', url: '/api/v1/public/appeals', payload })).statusCode).toBe(201)
  }
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

let asked = 0
const send = (post: TownPost, method: 'GET' | 'POST', path: string, payload?: object) =>
  platform.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${town.posts[post].token}` },
    remoteAddress: `10.9.${++asked >> 8}.${asked & 255}`,
    ...(payload && { payload }),
  })

/** Whatever is read of an area that the address names, and what else the address needs. */
const inAddress: Record<string, Record<string, string>> = {
  'GET /areas/outlines': {},
  'GET /episodes/overview': {},
  'GET /cases': {},
  'GET /cases/total': {},
  'GET /cases/terms': {},
  'GET /cases/counts/areas': {},
  'GET /cases/overview': { figure: 'open' },
  'GET /statistics/appeals': {},
  'GET /statistics/events': {},
  'GET /statistics/areas': { kind: 'appeal' },
  'GET /statistics/assistance': {},
  'GET /statistics/first-times': {},
  'GET /statistics/rows': { kind: 'appeal', figure: 'cases' },
}
/** Only narrows what the post sees anyway: the duty lists of the county and of its own townships are open to whoever works there. */
const narrowing = ['GET /duties']
const lists: Record<string, Record<string, string>> = { 'cases.list': {}, 'cases.figure': { kind: 'appeal', figure: 'cases' } }
/** Each with an area that is not below its own: next to it, above it, and one that there is not. */
const outside: readonly (readonly [TownPost, (town: Town) => string])[] = [
  ['communityWorker', ({ areas }) => areas.xiangyang.areaId],
  ['gridWorker', ({ areas }) => areas.xingfuCell2.areaId],
  ['dispatcher', ({ areas }) => areas.county.areaId],
  ['dispatcher', ({ areas }) => areas.town.areaId],
  ['departmentClerk', ({ areas }) => areas.prefecture.areaId],
  ['countyLead', () => newId()],
]

test('every endpoint that is narrowed to an area by its address is tried with the area of somebody else', () => {
  const narrowed = [...endpoints.values()].filter(({ query }) => query && 'area' in ((query as ZodObject).shape ?? {})).map(nameOf)
  expect([...Object.keys(inAddress), ...narrowing].sort()).toEqual(narrowed.sort())
})

describe.each(outside)('%s with an area that is not below its own', (post, areaOf) => {
  test.each(Object.entries(inAddress))('is refused %s, or sees nothing in it', async (name, more) => {
    const { path, permission } = endpoints.get(name) as Endpoint
    const query = new URLSearchParams({ ...more, area: areaOf(town) })
    const answer = await send(post, 'GET', `${path}?${query}`)
    const mayRead = permission === 'signed-in' || town.posts[post].actor.permissions.has(permission)
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual(
      mayRead ? [403, 'access.area_forbidden'] : [403, 'access.forbidden'],
    )
    expect(answer.body).not.toContain('的灯坏了')
  })

  test.each(Object.entries(lists))('cannot take %s of it along, and no job is left of the try', async (list, more) => {
    const body = { requestId: newId(), list, format: 'csv', purpose: '改了网址', query: { ...more, area: areaOf(town) } }
    const answer = await send(post, 'POST', '/exports', body)
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'access.area_forbidden'])
    expect(await db.superuser("SELECT FROM exchange.export_job WHERE purpose = '改了网址'")).toEqual([])
  })
})

test('a line post narrows its own files to a place below its own, and nobody else’s are in them', async () => {
  const area = town.areas.xingfu.areaId
  expect((await send('departmentClerk', 'GET', `/cases?area=${area}`)).json()).toMatchObject({ items: [] })
  // A place as a whole would show it more than its files.
  expect((await send('departmentClerk', 'GET', `/statistics/areas?kind=appeal&area=${area}`)).statusCode).toBe(403)
})

test('the rows behind a figure of a place that is not below the own are none, by address and as a file', async () => {
  const query = { kind: 'appeal', figure: 'cases', days: '30', place: town.areas.xiangyangCell1.areaId }
  const rows = await send('communityWorker', 'GET', `/statistics/rows?${new URLSearchParams(query)}`)
  expect([rows.statusCode, rows.json<{ items: unknown[] }>().items]).toEqual([200, []])
  const body = { requestId: newId(), list: 'cases.figure', format: 'csv', purpose: '别处的', query }
  expect((await send('communityWorker', 'POST', '/exports', body)).json()).toMatchObject({ rowsExpected: 0 })
  const own = { ...query, place: town.areas.xingfuCell1.areaId }
  expect(
    (await send('communityWorker', 'GET', `/statistics/rows?${new URLSearchParams(own)}`)).json<{ items: unknown[] }>().items,
  ).toHaveLength(1)
})
