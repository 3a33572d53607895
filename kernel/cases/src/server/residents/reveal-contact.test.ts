import { createDispatcher } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { collectTemplates, securityTemplates } from '@linli/messages/define'
import { alertSubscriber } from '@linli/messages/server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'

const templates = collectTemplates(securityTemplates)

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
  expect(view.reporter).toEqual({ name: '孙*兰', phone: '199****0042', agent: null, sealed: false })
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

test('an account looks thirty times an hour, also when it asks a hundred times at once [SEC-07] (more than N an hour: blocked)', async () => {
  const cases = await Promise.all(Array.from({ length: 4 }, () => lamps.openOne()))
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => reveal(cases[i % 4]!.caseId)))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(30)
  const refused = answers.filter((answer) => answer.status === 429)
  expect(refused).toHaveLength(70)
  expect(refused[0]!.problem.code).toBe('case.reveal_exhausted')
  expect(refused[0]!.headers['retry-after']).toBe('3600')
  const notes = await Promise.all(cases.map(({ caseId }) => audited(caseId, 'cases.reveal_refused')))
  expect(notes.flat()).toHaveLength(70)
  // Another account is not held up, and after an hour neither is this one.
  expect((await reveal(cases[0]!.caseId, 'dispatcher')).status).toBe(200)
  db.clock.advance(3_600_001)
  expect((await reveal(cases[0]!.caseId)).status).toBe(200)
})

test('the security administrator of the county is told who was stopped, once an hour [SEC-07] (more than N an hour: alert)', async () => {
  const { posts } = lamps.town
  const { caseId } = await lamps.openOne()
  const told = async () => {
    const dispatcher = createDispatcher({ pool: db.pool, clock: db.clock, subscribers: [alertSubscriber(templates)] })
    await dispatcher.drain()
    await dispatcher.stop()
    return db.superuser<{ post_id: string; params: object }>(
      `SELECT post_id, params FROM messages.message WHERE params->>'account' = '${posts.gridWorker.accountId}' ORDER BY made_at`,
    )
  }
  const lookTooOften = () => Promise.all(Array.from({ length: 33 }, () => reveal(caseId, 'gridWorker')))
  db.clock.moveTo(new Date(Math.ceil(db.clock.now().getTime() / 3_600_000) * 3_600_000))
  await lookTooOften()
  const at = db.clock.now().toISOString()
  const org = '幸福社区居民委员会'
  const alert = { post_id: posts.securityAdmin.postId, params: { account: posts.gridWorker.accountId, org, count: 30, at } }
  expect(await told()).toEqual([alert])
  db.clock.advance(30 * 60_000)
  expect((await reveal(caseId, 'gridWorker')).headers['retry-after']).toBe('1800')
  expect(await told()).toEqual([alert])
  db.clock.advance(30 * 60_000)
  await lookTooOften()
  expect(await told()).toHaveLength(2)
})

test('who gave a tip-off is sealed from everyone who handles it, and that somebody tried is noted', async () => {
  const { caseId } = await lamps.openOne({ appealType: 'report' })
  expect((await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })).result.reporter).toEqual({
    name: null,
    phone: null,
    agent: null,
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
  expect(listed.reporter).toEqual({ name: null, phone: null, agent: null, sealed: true })
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
