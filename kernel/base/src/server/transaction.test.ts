import { afterAll, beforeAll, expect, test } from 'vitest'
import { anActor, type TestDatabase, testDatabase } from '../testing/index.ts'
import { sql } from './sql.ts'
import type { Ctx } from './transaction.ts'

let db: TestDatabase
beforeAll(async () => {
  // One connection: whatever a transaction leaves behind meets the next.
  db = await testDatabase({ max: 1 })
})
afterAll(() => db?.close())

const whoAmI = (ctx: Ctx) =>
  ctx.rows(sql<{ who: string; area: string | null }>`SELECT current_user AS who, base.setting('area_path') AS area`)
const left = async () =>
  (
    await db.pool.query(
      "SELECT current_user AS who, nullif(current_setting('app.area_path', true), '') AS area, now() = statement_timestamp() AS alone",
    )
  ).rows

for (const asksOnce of [false, true]) {
  test(`the first question is asked under the scope of the actor, and nothing of it stays (asksOnce: ${asksOnce})`, async () => {
    const actor = anActor({ areaPath: '/1/2/' })
    expect(await db.as(actor, whoAmI, { asksOnce })).toEqual([{ who: 'linli_app', area: '/1/2/' }])
    expect(await left()).toEqual([{ who: expect.not.stringMatching(/^linli_(app|system)$/), area: null, alone: true }])
  })

  test(`what an opening that failed takes along is told by its own reason, and the connection serves on (asksOnce: ${asksOnce})`, async () => {
    const nobody = anActor({ databaseRole: 'nobody' as 'linli_app' })
    await expect(db.as(nobody, whoAmI, { asksOnce })).rejects.toThrow(/role "nobody" does not exist/)
    expect(await db.as(anActor(), whoAmI, { asksOnce })).toMatchObject([{ who: 'linli_app' }])
  })

  test(`a question that fails is told, and the connection serves on (asksOnce: ${asksOnce})`, async () => {
    await expect(db.as(anActor(), (ctx) => ctx.rows(sql`SELECT 1 / ${0}::int`), { asksOnce })).rejects.toMatchObject({ code: '22012' })
    expect(await db.as(anActor(), whoAmI, { asksOnce })).toMatchObject([{ who: 'linli_app' }])
  })
}

test('who said to ask once may not ask again, nor write', async () => {
  const twice = async (ctx: Ctx) => [await whoAmI(ctx), await whoAmI(ctx)]
  await expect(db.as(anActor(), twice, { asksOnce: true })).rejects.toThrow('asked a second time')
  const told = async (ctx: Ctx) => {
    ctx.emit('something', {})
    return whoAmI(ctx)
  }
  await expect(db.as(anActor(), told, { asksOnce: true })).rejects.toThrow(/permission denied/)
  expect(await db.superuser(sql`SELECT count(*) AS n FROM base.outbox WHERE event = 'something'`)).toEqual([{ n: 0 }])
})

test('work that asks nothing opens and closes', async () => {
  expect(await db.as(anActor(), async () => 'nothing')).toBe('nothing')
  expect(await left()).toMatchObject([{ alone: true }])
})
