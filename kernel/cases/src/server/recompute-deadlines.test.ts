import { createWorkingCalendar } from '@linli/base/define'
import { publishedCalendar, publishedDays, publishedYears, sql, systemActor, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesApp, casesApp } from '../testing/cases-app.ts'
import { checkEveryProjection } from './rebuild.ts'
import { recomputeDeadlines } from './recompute-deadlines.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

const dueOf = async (caseId: string) =>
  (await db.superuser<{ due_at: Date }>(`SELECT due_at FROM cases.case_file WHERE case_id = '${caseId}'`))[0]!.due_at
const recomputed = () =>
  transact(lamps.deps, systemActor, (ctx) =>
    ctx.rows(sql<{ subject_id: string }>`SELECT subject_id FROM base.audit_entry WHERE action = 'cases.deadline_recomputed'`),
  )

test('a year of the calendar that comes in late moves the deadlines that were provisional, once, with a line in the audit', async () => {
  const year = db.clock.now().getUTCFullYear()
  const known = publishedYears.filter((other) => other < year)
  await db.superuser(
    `DELETE FROM base.calendar_year; INSERT INTO base.calendar_year (year, source) SELECT unnest('{${known}}'::int[]), 'test'`,
  )
  lamps.deps.calendar = () => createWorkingCalendar(known, publishedDays(known))
  // A day before the long holiday of May: plain weeks would count its days as work.
  db.clock.advance(Date.parse(`${year}-04-30T01:00:00Z`) - db.clock.now().getTime())
  const open = await lamps.moveTo('mending')
  const done = await lamps.moveTo('done')
  expect(await recomputeDeadlines(lamps.deps)).toBe(0)
  const [provisional, doneDue] = [await dueOf(open.caseId), await dueOf(done.caseId)]

  await db.superuser(`INSERT INTO base.calendar_year (year, source) VALUES (${year}, 'test')`)
  lamps.deps.calendar = () => publishedCalendar()
  expect(await recomputeDeadlines(lamps.deps)).toBe(1)
  expect((await dueOf(open.caseId)).getTime()).toBeGreaterThan(provisional.getTime())
  expect(await dueOf(done.caseId)).toEqual(doneDue)
  expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === open.caseId)).toEqual([])
  expect((await recomputed()).map((line) => line.subject_id)).toEqual([open.caseId])
  expect(await recomputeDeadlines(lamps.deps)).toBe(0)
})
