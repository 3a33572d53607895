import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../server/sql.ts'
import { anActor } from './an-actor.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase({ through: 'base' })
})
afterAll(() => db.close())

test('work of an actor commits its events, and the outbox is closed to requests', async () => {
  const actor = anActor({ reach: 'cell' })
  await db.as(actor, async (ctx) => ctx.emit('lamp.broken', { lampId: 7 }))
  expect(await db.superuser("SELECT event, payload FROM base.outbox WHERE event = 'lamp.broken'")).toEqual([
    { event: 'lamp.broken', payload: { lampId: 7 } },
  ])
  await expect(db.as(actor, (ctx) => ctx.rows(sql`SELECT 1 FROM base.outbox`))).rejects.toThrow('permission denied')
  expect(await db.system((ctx) => ctx.rows(sql`SELECT 1 FROM base.outbox`))).toHaveLength(1)
})

test('work that throws leaves nothing behind', async () => {
  const failing = db.as(anActor(), async (ctx) => {
    ctx.emit('lamp.mended', {})
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await db.superuser("SELECT FROM base.outbox WHERE event = 'lamp.mended'")).toEqual([])
})

test('the clock of a transaction is the one the test moves', async () => {
  db.clock.moveTo('2026-05-01T00:00:00Z')
  expect(await db.system(async (ctx) => ctx.now.toISOString())).toBe('2026-05-01T00:00:00.000Z')
})
