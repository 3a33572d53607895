import { newId } from '@linli/base/define'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccessUnderTest, anAccess, type TownPost } from '../testing/index.ts'

let house: AccessUnderTest
beforeAll(async () => {
  house = await anAccess()
})
afterAll(() => house.close())

const call = (by: TownPost, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
  house.app.inject({ method, url: `/api/v1${path}`, headers: house.town.signIn(by), ...(payload && { payload }) })
const wanted = (from: string, until: string, deputy: TownPost = 'otherGridWorker') => ({
  requestId: newId(),
  accountId: house.town.posts[deputy].accountId,
  from,
  until,
  reason: 'leave',
})
const setFor = (by: TownPost, post: TownPost, body: object) => call(by, 'POST', `/posts/${house.town.posts[post].postId}/deputies`, body)

test('a deputy acts in the post under his own name, for as long as it was set and no longer [GRID-01] (AB role)', async () => {
  const { gridWorker, otherGridWorker } = house.town.posts
  const body = wanted('2026-03-03', '2026-03-04')
  const made = await setFor('gridWorker', 'gridWorker', body)
  expect([made.statusCode, made.json()]).toMatchObject([201, { holderName: '周倩', deputyName: '孙磊', state: 'planned', mayEnd: true }])
  expect((await setFor('gridWorker', 'gridWorker', body)).json()).toEqual(made.json())
  const actAs = () => call('otherGridWorker', 'POST', '/me/acting-post', { postId: gridWorker.postId })
  expect((await actAs()).json().code).toBe('access.post_unknown')

  house.db.clock.advance(86_400_000)
  const me = (await actAs()).json()
  expect(me.name).toBe('孙磊')
  expect(me.actingPost).toMatchObject({
    postId: gridWorker.postId,
    areaName: '幸福第一网格',
    deputyFor: { name: '周倩', until: '2026-03-04' },
  })
  expect(me.permissions).toContain('cases.handle')
  const actor = await house.sessions.resolve({ headers: house.town.signIn('otherGridWorker'), routeOptions: { config: {} } } as never)
  expect(actor).toMatchObject({
    accountId: otherGridWorker.accountId,
    postId: gridWorker.postId,
    areaId: house.town.areas.xingfuCell1.areaId,
    displayName: '孙磊（代周倩）',
  })
  const [worker] = (await call('communityWorker', 'GET', `/communities/${house.town.areas.xingfu.areaId}/cells`)).json().cells[0].workers
  expect(worker).toMatchObject({ name: '周倩', deputy: { name: '孙磊', until: '2026-03-04' } })
  const trail = (await call('auditAdmin', 'GET', '/audit?action=access.post_taken')).json().items
  expect(trail[0].accountName).toBe('孙磊')

  house.db.clock.advance(2 * 86_400_000)
  expect((await call('otherGridWorker', 'GET', '/me')).statusCode).toBe(401)
  const [over] = (await call('gridWorker', 'GET', '/deputies')).json().items
  expect(over).toMatchObject({ state: 'over', mayEnd: false })
})

test('what does not fit is refused with its field, and two at a time as taken', async () => {
  const today = '2026-03-05'
  const refusals: [object, string, string][] = [
    [wanted('2026-03-04', today), 'from', '从今天或以后开始'],
    [wanted('2026-03-09', '2026-03-08'), 'until', '结束不能早于开始'],
    [wanted(today, '2028-01-01'), 'until', '一次最多一年'],
    [wanted(today, today, 'gridWorker'), 'accountId', '要选同一单位在岗的人'],
    [wanted(today, today, 'siblingWorker'), 'accountId', '要选同一单位在岗的人'],
  ]
  for (const [body, path, message] of refusals) {
    const answer = await setFor('gridWorker', 'gridWorker', body)
    expect([answer.statusCode, answer.json().code, answer.json().fields]).toEqual([422, 'access.deputy_unfit', [{ path, message }]])
  }
  expect((await setFor('gridWorker', 'gridWorker', wanted(today, '2026-03-10'))).statusCode).toBe(201)
  const taken = await setFor('systemAdmin', 'gridWorker', wanted('2026-03-10', '2026-03-12', 'communityWorker'))
  expect([taken.statusCode, taken.json().code]).toEqual([409, 'access.deputy_taken'])
  expect((await setFor('systemAdmin', 'systemAdmin', wanted(today, today, 'securityAdmin'))).json().code).toBe('access.post_unknown')
})

test('ended early, whoever stood in is out at once and does not come back', async () => {
  const { communityWorker } = house.town.posts
  const made = (await setFor('communityWorker', 'communityWorker', wanted('2026-03-05', '2026-03-06', 'gridWorker'))).json()
  expect((await call('gridWorker', 'POST', '/me/acting-post', { postId: communityWorker.postId })).statusCode).toBe(200)
  expect((await call('communityWorker', 'DELETE', `/deputies/${made.deputyId}`)).statusCode).toBe(204)
  expect((await call('gridWorker', 'GET', '/me')).statusCode).toBe(401)
  expect((await call('communityWorker', 'DELETE', `/deputies/${made.deputyId}`)).json().code).toBe('access.deputy_unknown')
})
