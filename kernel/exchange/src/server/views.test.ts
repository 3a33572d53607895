import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SavedView } from '../contract/view.ts'
import { type ExportsApp, exportsApp } from '../testing/exports-app.ts'
import { lampList } from '../testing/lamp-list.ts'

let db: TestDatabase
let lamps: ExportsApp
beforeAll(async () => {
  db = await testDatabase({ through: 'exchange' })
  lamps = await exportsApp(db, [lampList()])
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type By = Parameters<typeof lamps.send>[0]
const save = (by: By, name: string, query: Record<string, string> = { q: '灯不亮' }) =>
  lamps.send(by, 'POST', '/views', { requestId: newId(), list: 'lamps.list', name, query })
const names = async (by: By) =>
  (await lamps.send(by, 'GET', '/views?list=lamps.list')).json<{ items: SavedView[] }>().items.map(({ name }) => name)

test('a person saves a filter under a name, finds it again, and deletes it', async () => {
  const saved = (await save('communityWorker', '不亮的')).json<SavedView>()
  expect(saved).toMatchObject({ list: 'lamps.list', name: '不亮的', query: { q: '灯不亮' } })
  expect(await names('communityWorker')).toEqual(['不亮的'])
  const gone = await lamps.send('communityWorker', 'DELETE', `/views/${saved.viewId}`)
  expect([gone.status, await names('communityWorker')]).toEqual([204, []])
})

test("nobody sees or deletes another's, and a list that the post may not read has none", async () => {
  const { viewId } = (await save('communityWorker', '我的')).json<SavedView>()
  expect(await names('siblingWorker')).toEqual([])
  const other = await lamps.send('siblingWorker', 'DELETE', `/views/${viewId}`)
  expect([other.status, other.json<{ code: string }>().code]).toEqual([404, 'exchange.view_unknown'])
  expect(await names('communityWorker')).toEqual(['我的'])
  expect((await save('systemAdmin', '我的')).json<{ code: string }>().code).toBe('exchange.list_unknown')
  expect(await names('systemAdmin')).toEqual([])
})

test('a name is used once, a filter must be one of the list, and twenty are enough', async () => {
  await save('dispatcher', '一')
  expect((await save('dispatcher', '一')).json<{ code: string }>().code).toBe('exchange.view_name_taken')
  expect((await save('dispatcher', '二', { nonsense: 'x' })).json<{ code: string }>().code).toBe('exchange.data_invalid')
  for (let i = 2; i <= 20; i++) expect((await save('dispatcher', `第${i}个`)).status).toBe(201)
  expect((await save('dispatcher', '再一个')).json<{ code: string }>().code).toBe('exchange.too_many_views')
})
