import { aTown } from '@linli/access/testing'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPlatform } from './security/a-platform.ts'
import type { Platform } from './start-platform.ts'

let db: TestDatabase
let platform: Platform
let signIn: Record<string, string>
beforeAll(async () => {
  db = await testDatabase()
  signIn = { ...(await db.system((system) => aTown(system))).signIn('dispatcher') }
  // The test town's sessions never end; this one is of a person who has just used it.
  await db.superuser("UPDATE access.session SET made_at = now(), seen_at = now(), expires_at = now() + interval '7 days'")
  platform = await aPlatform(db)
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

const hour = 3_600_000
let now = Date.now()
const jump = async (hours: number, more: object = {}): Promise<number> => {
  now += hours * hour
  const body = JSON.stringify({ now: new Date(now).toISOString(), ...more })
  return (await fetch(`${platform.url}/api/v1/test/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
    .status
}
const me = async (): Promise<number> => (await fetch(`${platform.url}/api/v1/me`, { headers: signIn })).status

test('a jump of the test clock signs nobody out; time that passes does', async () => {
  expect(await me()).toBe(200)
  expect([await jump(26), await me()]).toEqual([204, 200])
  expect([await jump(24 * 30), await me()]).toEqual([204, 200])
  expect([await jump(1, { sessionsAge: true }), await me()]).toEqual([204, 401])
})

test('the clock never goes back', async () => {
  expect(await jump(-1)).toBe(400)
})
