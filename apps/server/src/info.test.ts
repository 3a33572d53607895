import { type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoLogins } from './demo/demo-logins.ts'
import { demoPassword } from './demo/town-people.ts'
import { infoRoute } from './info.ts'

let db: TestDatabase
let app: FastifyInstance
let isDemo = false

beforeAll(async () => {
  db = await testDatabase()
  app = await testHttp((http) =>
    infoRoute(http, db.deps, { demo: () => isDemo, phones: () => 'http://127.0.0.1:17820/', version: '0.0.0', deskBridge: undefined }),
  )
})
afterAll(async () => {
  await app?.close()
  await db?.close()
})

const ask = () => app.inject({ url: '/api/v1/public/info' })

test('a database that is not marked as demo tells no account and no password', async () => {
  isDemo = false
  const answer = await ask()
  expect(answer.json()).toEqual({ version: '0.0.0', demo: false, deskBridge: null, phonesUrl: null })
  expect(answer.body).not.toContain(demoPassword)
})

test('a demo database tells the logins of its demo file, each with the name of its role', async () => {
  isDemo = true
  const { demo, logins } = (await ask()).json() as { demo: boolean; logins: { role: string; account: string; password: string }[] }
  expect(demo).toBe(true)
  expect(logins.map(({ role, account, password }) => ({ role, account, password }))).toEqual(
    demoLogins().map(({ role, account, password }) => ({ role, account, password })),
  )
  expect(logins[0]).toMatchObject({ roleName: '社区工作者', orgName: expect.stringContaining('社区') })
})
