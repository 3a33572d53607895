import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { checkEveryProjection } from '../rebuild.ts'

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

type Clerk = 'departmentClerk' | 'otherClerk' | 'propertyClerk' | 'siblingWorker'
const office = {
  departmentClerk: 'housing',
  otherClerk: 'urbanManagement',
  propertyClerk: 'propertyCompany',
  siblingWorker: 'xiangyangCommittee',
} as const
const orgOf = (clerk: Clerk): string => lamps.town.orgs[office[clerk]]
const back = { reason: 'place', basis: '产权不在我们单位' }

const view = async (by: By, caseId: string) => (await lamps.send(contract.getCase, by, { params: { caseId } })).result
const tryMove = async (by: By, caseId: string, key: string, data: Record<string, unknown> = {}) => {
  const [row] = await db.superuser<{ seq: number }>(`SELECT seq FROM cases.case_file WHERE case_id = '${caseId}'`)
  return lamps.send(contract.moveCase, by, { params: { caseId, key }, body: { requestId: newId(), expectedSeq: row!.seq, data } })
}
const step = async (by: By, caseId: string, key: string, data: Record<string, unknown> = {}) =>
  (await tryMove(by, caseId, key, data)).result
const moves = async (by: By, caseId: string) => (await view(by, caseId)).moves.map((move) => move.key)
const queue = async (by: By) =>
  (await lamps.send(contract.listCases, by, { query: { queue: 'rule' } })).result.items.map((row) => row.caseId)
const count = async (by: By) => (await lamps.send(contract.countCases, by, {})).result.queues.rule!.total

/** A case in another community, sent to each in turn and given back. */
async function givenBackBy(...clerks: Clerk[]): Promise<string> {
  const { caseId } = await listedThere()
  for (const clerk of clerks) {
    await step('dispatcher', caseId, 'send', { orgId: orgOf(clerk) })
    await step(clerk, caseId, 'giveBack', back)
  }
  return caseId
}

/** Its own community takes it in. */
async function listedThere() {
  const opened = await lamps.openOne({ areaCode: '239999001002001' })
  await step('siblingWorker', opened.caseId, 'list', { appealType: 'help', category: 'lights' })
  return opened
}

describe('a dispatch that is rejected', () => {
  test('goes back to the desk once, with reason and basis on record, the promise to the resident running on [GRID-03] (rejection and ruling)', async () => {
    const { caseId } = await listedThere()
    const promised = (await view('dispatcher', caseId)).outerDueAt
    await step('dispatcher', caseId, 'send', { orgId: orgOf('departmentClerk') })
    expect((await tryMove('departmentClerk', caseId, 'giveBack', { reason: 'place' })).problem).toMatchObject({
      code: 'case.data_invalid',
      fields: [{ path: 'data.basis' }],
    })
    const back1 = await step('departmentClerk', caseId, 'giveBack', back)
    expect(back1).toMatchObject({ stage: 'listed', outerDueAt: promised, ruling: null })
    expect(back1.rejections).toMatchObject([{ orgName: '清河县住房和城乡建设局', reason: 'place', basis: back.basis }])
    expect(back1.clocks.filter((clock) => clock.key === 'repair').every((clock) => clock.stoppedAt)).toBe(true)
    expect(await moves('dispatcher', caseId)).toEqual(expect.arrayContaining(['send', 'askJudge']))
  })

  test('is not sent again to who gave it back, except by a ruling [GRID-03] (rejection and ruling)', async () => {
    const caseId = await givenBackBy('departmentClerk')
    expect((await tryMove('dispatcher', caseId, 'send', { orgId: orgOf('departmentClerk') })).problem).toMatchObject({
      code: 'case.data_invalid',
      fields: [{ path: 'data.orgId', message: expect.stringContaining('提请裁定') }],
    })
    await step('dispatcher', caseId, 'askJudge', { reason: '确属住建局职责' })
    const ruled = await step('countyDispatcher', caseId, 'judge', { orgId: orgOf('departmentClerk'), basis: '三定方案第五条' })
    expect(ruled).toMatchObject({ stage: 'sent', holder: '清河县住房和城乡建设局' })
    expect(await moves('departmentClerk', caseId)).not.toContain('giveBack')
    expect(await moves('dispatcher', caseId)).not.toContain('resend')
  })

  test('after it was claimed is taken: only what was just sent may be given back', async () => {
    const { caseId } = await lamps.moveTo('mending')
    expect((await tryMove('departmentClerk', caseId, 'giveBack', back)).problem.code).toBe('case.move_forbidden')
  })
})

describe('a dispatch that a second unit rejects', () => {
  test.each([
    [['propertyClerk', 'siblingWorker'], '河东街道', 'township', 'dispatcher', 'countyDispatcher'],
    [['propertyClerk', 'departmentClerk'], '清河县', 'county', 'countyDispatcher', 'dispatcher'],
    [['departmentClerk', 'otherClerk'], '清河县', 'county', 'countyDispatcher', 'townshipLead'],
  ] as const)(
    'goes to the lowest common superior of %s: %s (%s), and nobody else [GRID-03] (rejection and ruling)',
    async (clerks, areaName, level, judge, notJudge) => {
      const before = await count(judge)
      const caseId = await givenBackBy(...clerks)
      const seen = await view(judge, caseId)
      expect(seen).toMatchObject({ stage: 'judging', ruling: { areaName, level, settledAt: null } })
      expect(seen.rejections.map((one) => one.basis)).toEqual([back.basis, back.basis])
      expect(seen.moves.map((move) => move.key)).toContain('judge')
      expect(await queue(judge)).toContain(caseId)
      expect(await count(judge)).toBe(before + 1)
      expect(await queue(notJudge)).not.toContain(caseId)
      expect((await tryMove(notJudge, caseId, 'judge', { orgId: orgOf(clerks[0]), basis: '职责清单' })).problem.code).toBe(
        'case.move_forbidden',
      )
      const ruled = await step(judge, caseId, 'judge', { orgId: orgOf(clerks[0]), basis: '职责清单第三条' })
      expect(ruled).toMatchObject({ stage: 'sent', ruling: { areaName } })
      expect(ruled.ruling?.settledAt).toBeTruthy()
      expect(await queue(judge)).not.toContain(caseId)
      expect((await tryMove(clerks[0], caseId, 'giveBack', back)).problem.code).toBe('case.move_forbidden')
      expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === caseId)).toEqual([])
    },
  )

  test('is over when it was ruled and closed: whoever rules or gives back late is told the state, and nothing is written', async () => {
    const caseId = await givenBackBy('departmentClerk', 'otherClerk')
    const { seq } = await view('countyDispatcher', caseId)
    const data = { orgId: orgOf('departmentClerk'), basis: '职责清单第三条' }
    await step('countyDispatcher', caseId, 'judge', data)
    await step('departmentClerk', caseId, 'take')
    await step('departmentClerk', caseId, 'mend', { words: '换了灯泡' })
    const now = db.clock.now().toISOString()
    const closed = await step('dispatcher', caseId, 'call', { contactedAt: now, resolved: true, satisfied: true })
    expect(closed.status).toBe('closed')
    const late = { requestId: newId(), expectedSeq: seq, data }
    const answer = await lamps.send(contract.moveCase, 'countyDispatcher', { params: { caseId, key: 'judge' }, body: late })
    expect(answer.problem).toMatchObject({ status: 409, current: { seq: closed.seq, stage: 'done' } })
    expect((await tryMove('countyDispatcher', caseId, 'judge', data)).problem.code).toBe('case.move_forbidden')
    expect((await tryMove('departmentClerk', caseId, 'giveBack', back)).problem.code).toBe('case.move_forbidden')
    expect((await view('countyDispatcher', caseId)).seq).toBe(closed.seq)
  })

  test('is ruled within a clock of its own [GRID-03] (rejection and ruling)', async () => {
    const caseId = await givenBackBy('departmentClerk', 'otherClerk')
    const { clock } = await view('countyDispatcher', caseId)
    expect(clock).toMatchObject({ key: 'judge', state: 'onTime' })
  })

  test('when the matter is reopened, may be rejected anew: each round by itself', async () => {
    const caseId = await givenBackBy('departmentClerk', 'otherClerk')
    await step('countyDispatcher', caseId, 'judge', { orgId: orgOf('departmentClerk'), basis: '职责清单第三条' })
    await step('departmentClerk', caseId, 'take')
    await step('departmentClerk', caseId, 'mend', { words: '换了灯泡' })
    await step('dispatcher', caseId, 'call', { contactedAt: db.clock.now().toISOString(), resolved: true })
    const [file] = await db.superuser<{ number: string }>(`SELECT number FROM cases.case_file WHERE case_id = '${caseId}'`)
    await lamps.send(contract.reopenPublicCase, null, {
      params: { number: file!.number },
      body: { requestId: newId(), tail: '0042', reason: '又不亮了' },
    })
    expect(await view('dispatcher', caseId)).toMatchObject({ stage: 'listed', ruling: null })
    await step('dispatcher', caseId, 'send', { orgId: orgOf('departmentClerk') })
    expect(await moves('departmentClerk', caseId)).toContain('giveBack')
  })
})

test('a unit that has just rejected it is not suggested for it', async () => {
  await db.superuser(`
    INSERT INTO cases.duty (duty_id, category, org_id, area_path, standing, clause_no, clause, document, valid_from)
    VALUES ('${newId()}', 'lights', '${orgOf('departmentClerk')}', '${lamps.town.areas.county.areaPath}', 'basic', '第一条', '路灯', '清单', '2020-01-01')`)
  const { caseId } = await listedThere()
  const suggested = async () =>
    (await lamps.send(contract.suggestRoute, 'dispatcher', { params: { caseId } })).result.items.map((item) => item.orgId)
  expect(await suggested()).toEqual([orgOf('departmentClerk')])
  await step('dispatcher', caseId, 'send', { orgId: orgOf('departmentClerk') })
  await step('departmentClerk', caseId, 'giveBack', back)
  expect(await suggested()).toEqual([])
})

test('a duty that was withdrawn from a community is not sent down to it; the message names the clause [GRID-03] (duty lists)', async () => {
  const { caseId } = await listedThere()
  const duty = (standing: string, areaPath: string) => `
    INSERT INTO cases.duty (duty_id, category, org_id, area_path, standing, clause_no, clause, document, valid_from)
    VALUES ('${newId()}', 'lights', '${orgOf('siblingWorker')}', '${areaPath}', '${standing}', '第七条', '路灯维护', '履行职责事项清单', '2020-01-01')`
  await db.superuser(duty('withdrawn', lamps.town.areas.county.areaPath))
  expect((await tryMove('dispatcher', caseId, 'send', { orgId: orgOf('siblingWorker') })).problem).toMatchObject({
    code: 'case.data_invalid',
    fields: [{ path: 'data.orgId', message: expect.stringContaining('第七条') }],
  })
  expect((await view('dispatcher', caseId)).stage).toBe('listed')
  await db.superuser(duty('basic', lamps.town.areas.xiangyang.areaPath))
  expect((await tryMove('dispatcher', caseId, 'send', { orgId: orgOf('siblingWorker') })).status).toBe(200)
})
