import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases', max: 16 })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})
beforeEach(() => db.clock.advance(2 * 3_600_000))

const reveal = (caseId: string, by: By = 'communityWorker', reason = '回电核对灯杆号', fields: ('name' | 'phone')[] = ['phone']) =>
  lamps.send(contract.revealContact, by, { params: { caseId }, body: { reason, fields } })
const audited = (caseId: string, action: string) =>
  db.superuser<{ account_id: string; purpose: string; detail: object }>(
    `SELECT account_id, purpose, detail FROM base.audit_entry WHERE action = '${action}' AND subject_id = '${caseId}'`,
  )

test('a contact is masked until somebody states why, and the resident reads who looked [SEC-01] (masking, reason, who looked)', async () => {
  const { caseId, number, tail } = await lamps.openOne()
  const view = (await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })).result
  expect(view.reporter).toEqual({ name: '孙*兰', phone: '199****0042', sealed: false })
  const shown = await reveal(caseId)
  expect(shown.result).toEqual({ values: { phone: '19999990042' }, secondsShown: 60 })
  const { views } = (await lamps.send(contract.getPublicCase, null, { params: { number }, query: { tail } })).result
  expect(views).toEqual([{ at: db.clock.now().toISOString(), by: '幸福社区居民委员会 王工作人员', reason: '回电核对灯杆号' }])
})

test('each look is audited with its purpose and the names of the fields, not with what they hold [SEC-07] (audit of views)', async () => {
  const { caseId } = await lamps.openOne()
  await reveal(caseId, 'communityWorker', '回电核对灯杆号', ['name', 'phone'])
  expect(await audited(caseId, 'cases.reveal')).toEqual([
    { account_id: lamps.town.posts.communityWorker.accountId, purpose: '回电核对灯杆号', detail: { fields: ['name', 'phone'] } },
  ])
})

test('an account looks thirty times an hour, also when it asks for all of them at once', async () => {
  const cases = await Promise.all(Array.from({ length: 4 }, () => lamps.openOne()))
  const answers = await Promise.all(Array.from({ length: 36 }, (_, i) => reveal(cases[i % 4]!.caseId)))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(30)
  const refused = answers.filter((answer) => answer.status === 429)
  expect(refused).toHaveLength(6)
  expect(refused[0]!.problem.code).toBe('case.reveal_exhausted')
  const notes = await Promise.all(cases.map(({ caseId }) => audited(caseId, 'cases.reveal_refused')))
  expect(notes.flat()).toHaveLength(6)
  // Another account is not held up, and after an hour neither is this one.
  expect((await reveal(cases[0]!.caseId, 'dispatcher')).status).toBe(200)
  db.clock.advance(3_600_001)
  expect((await reveal(cases[0]!.caseId)).status).toBe(200)
})

test('who gave a tip-off is sealed from everyone who handles it, and that somebody tried is noted', async () => {
  const { caseId } = await lamps.openOne({ appealType: 'report' })
  expect((await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })).result.reporter).toEqual({
    name: null,
    phone: null,
    sealed: true,
  })
  for (const by of ['communityWorker', 'dispatcher', 'gridWorker'] as const) {
    expect((await reveal(caseId, by)).problem).toMatchObject({ status: 403, code: 'case.reporter_sealed' })
  }
  expect(await audited(caseId, 'cases.reveal_refused')).toHaveLength(3)
  expect(await db.superuser(`SELECT 1 FROM cases.contact_view WHERE case_id = '${caseId}'`)).toEqual([])
})

test('a matter that turns out to be a tip-off is sealed from then on', async () => {
  const { caseId } = await lamps.openOne()
  expect((await reveal(caseId)).status).toBe(200)
  const listed = await lamps.move(caseId, 'list', 'communityWorker', { appealType: 'report' })
  expect(listed.reporter).toEqual({ name: null, phone: null, sealed: true })
  expect((await reveal(caseId)).problem.code).toBe('case.reporter_sealed')
})

test('an anonymous case has nothing to show, and says so', async () => {
  const { caseId } = await lamps.openOne({ contact: undefined })
  expect((await reveal(caseId, 'communityWorker', '回电', ['name', 'phone'])).result.values).toEqual({ name: null, phone: null })
})

test('a department that handles the case may look, another one does not even see it', async () => {
  const { caseId } = await lamps.moveTo('mending')
  expect((await reveal(caseId, 'departmentClerk')).result.values).toEqual({ phone: '19999990042' })
  expect((await reveal(caseId, 'otherClerk')).status).toBe(404)
})
