import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint } from '../contract/endpoint.ts'
import { type TestDatabase, testDatabase, testHttp } from '../testing/index.ts'
import { serve } from './serve.ts'

const ping = endpoint({
  method: 'GET',
  path: '/public/ping',
  summary: '试一下',
  permission: 'public',
  rate: 2,
  result: z.object({ ok: z.boolean() }),
})

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase({ through: 'base' })
})
afterAll(() => db?.close())

/** What clients behind one proxy, or saying that they are behind one, are answered: three times each. */
async function answers(trustProxy: number | string[] | undefined, remoteAddress: string): Promise<number[]> {
  db.deps.limiter.buckets.clear()
  const app = await testHttp(
    (http) => serve(http, db.deps, ping, async () => ({ ok: true })),
    trustProxy === undefined ? {} : { trustProxy },
  )
  const said: number[] = []
  for (const client of ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2']) {
    const headers = { 'x-forwarded-for': client }
    said.push((await app.inject({ method: 'GET', url: '/api/v1/public/ping', headers, remoteAddress })).statusCode)
  }
  await app.close()
  return said
}

test('without a trusted proxy nobody gets a new count of tries by naming another address', async () => {
  expect(await answers(undefined, '10.1.1.1')).toEqual([200, 200, 429, 429])
})

test.each([[1], [['10.0.0.0/8']]])('behind the proxy that is trusted (%j) every client has a count of its own', async (trustProxy) => {
  expect(await answers(trustProxy, '10.1.1.1')).toEqual([200, 200, 429, 200])
})

test('an address that is not the proxy’s is not believed', async () => {
  expect(await answers(['10.0.0.0/8'], '198.51.100.9')).toEqual([200, 200, 429, 429])
})
