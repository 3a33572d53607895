import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesApp, casesApp } from '../testing/cases-app.ts'
import { checkEveryProjection, checkProjection, rebuildCase } from './rebuild.ts'

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

const faultsOf = async (caseId: string) =>
  (await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === caseId).map((fault) => fault.part)

/** What may go wrong behind the platform's back, and how it is called. */
const planted: [part: string, sql: string][] = [
  ['file.stage', "UPDATE cases.case_file SET stage = 'done'"],
  ['file.status', "UPDATE cases.case_file SET status = 'withdrawn'"],
  ['file.main_org_id', 'UPDATE cases.case_file SET main_org_id = NULL'],
  ['file.due_at', "UPDATE cases.case_file SET due_at = due_at + interval '1 minute'"],
  ['file.outer_due_at', 'UPDATE cases.case_file SET outer_due_at = NULL'],
  ['file.paused_until', 'UPDATE cases.case_file SET paused_until = NULL'],
  ['file.reporter_sealed', 'UPDATE cases.case_file SET reporter_sealed = true'],
  ['file.opened_at', "UPDATE cases.case_file SET opened_at = opened_at - interval '1 day'"],
  ['file.figures', "UPDATE cases.case_file SET figures = figures || ' v'"],
  ['file.running_due', 'UPDATE cases.case_file SET running_due = ARRAY[now()]'],
  ['file.seen_in', 'UPDATE cases.case_file SET seen_in = seen_in + 1'],
  ['clock.remend.1.stopped_at', "UPDATE cases.case_clock SET stopped_at = now() WHERE clock_key = 'remend'"],
  ['clock.remend.1.next_notice_at', "UPDATE cases.case_clock SET next_notice_at = NULL WHERE clock_key = 'remend'"],
  [
    'clock.remend.2',
    "INSERT INTO cases.case_clock SELECT case_id, clock_key, 2, org_id, started_at FROM cases.case_clock WHERE clock_key = 'remend'",
  ],
  ['clock.accept.1', "DELETE FROM cases.case_clock WHERE clock_key = 'accept'"],
  ['rating.7.score', 'UPDATE cases.case_rating SET score = 5'],
  ['rating.7', 'DELETE FROM cases.case_rating'],
  ['entry.3.stage', "UPDATE cases.case_entry SET stage = 'mending' WHERE seq = 3"],
]

/** A case with a clock of each kind, paused while it is put right. */
async function aBusyCase(): Promise<string> {
  const { caseId } = await lamps.moveTo('remending')
  await lamps.move(caseId, 'pause', 'departmentClerk', {
    reason: '等配件',
    until: new Date(db.clock.now().getTime() + 86_400_000).toISOString(),
  })
  return caseId
}

test.each(planted)('a projection that was tampered with is noticed: %s', async (part, sql) => {
  const caseId = await aBusyCase()
  expect(await faultsOf(caseId)).toEqual([])
  const scoped = sql.includes('WHERE') ? `${sql} AND case_id = '${caseId}'` : `${sql} WHERE case_id = '${caseId}'`
  await db.superuser(scoped)
  expect(await faultsOf(caseId)).toContain(part)
})

test('the party of a case is part of it, by organization and role', async () => {
  const caseId = await aBusyCase()
  const { housing, hotline } = lamps.town.orgs
  await db.superuser(`UPDATE cases.case_party SET role = 'former' WHERE case_id = '${caseId}'`)
  expect(await faultsOf(caseId)).toEqual([`party.${housing}.role`])
  await db.superuser(`UPDATE cases.case_party SET role = 'main', org_id = '${hotline}' WHERE case_id = '${caseId}'`)
  expect((await faultsOf(caseId)).sort()).toEqual([`party.${housing}`, `party.${hotline}`].sort())
})

test('a log that lost an entry, or whose times run backward, is noticed', async () => {
  const lost = await aBusyCase()
  await db.superuser(`DELETE FROM cases.case_entry WHERE case_id = '${lost}' AND seq = 4`)
  expect(await faultsOf(lost)).toContain('entry.5.seq')
  const backward = await aBusyCase()
  await db.superuser(`UPDATE cases.case_entry SET made_at = made_at - interval '1 hour' WHERE case_id = '${backward}' AND seq = 4`)
  expect(await faultsOf(backward)).toContain('entry.4.made_at')
})

test('what was tampered with is right again after a rebuild', async () => {
  const caseId = await aBusyCase()
  await db.superuser(`
    UPDATE cases.case_file SET stage = 'done', status = 'closed', due_at = NULL, paused_until = NULL, handler_id = NULL WHERE case_id = '${caseId}';
    UPDATE cases.case_clock SET due_at = NULL, stopped_at = now(), next_level = NULL, next_notice_at = NULL WHERE case_id = '${caseId}';
    DELETE FROM cases.case_party WHERE case_id = '${caseId}'; DELETE FROM cases.case_rating WHERE case_id = '${caseId}'`)
  expect((await faultsOf(caseId)).length).toBeGreaterThan(10)
  await db.system((system) => rebuildCase(system, lamps.deps, caseId))
  expect(await faultsOf(caseId)).toEqual([])
})

test('pages end where they say, and go through every case once', async () => {
  const { next, checked } = await db.system((system) => checkProjection(system, lamps.deps))
  expect(next).toBeNull()
  const [all] = await db.superuser<{ count: number }>('SELECT count(*) FROM cases.case_file')
  expect(checked).toBe(Number(all!.count))
})
