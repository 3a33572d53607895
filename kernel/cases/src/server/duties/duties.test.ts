import type { TownPost } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { createDispatcher } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { collectTemplates } from '@linli/messages/define'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { addDuties } from './add-duties.ts'
import { dutyTemplates } from './duty-templates.ts'
import { dutiesSubscriber } from './tell-duties.ts'

let db: TestDatabase
let lamps: CasesApp
let today: string

beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  today = (await lamps.send(contract.listDuties, 'dispatcher')).result.on
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

const later = (days: number): string => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const draft = (changes: Partial<contract.DutyDraft> = {}): contract.DutyDraft => ({
  category: 'lights',
  orgId: lamps.town.orgs.housing,
  areaId: lamps.town.areas.subdistrict.areaId,
  standing: 'basic',
  clauseNo: '1.1',
  clause: '路灯的养护和维修',
  document: '河东街道职责清单',
  words: ['路灯'],
  ...changes,
})
const propose = (by: By, changes: Partial<contract.DutyDraft> = {}, effectiveOn = today) =>
  lamps.send(contract.proposeDuty, by, { body: { requestId: newId(), draft: draft(changes), effectiveOn, reason: '县里下发新清单' } })
const decide = (by: By, changeId: string, confirm = true, note?: string) =>
  lamps.send(contract.decideDutyChange, by, { params: { changeId }, body: { requestId: newId(), confirm, ...(note && { note }) } })
const end = (by: By, dutyId: string, expectedVersion: number, effectiveOn = today) =>
  lamps.send(contract.proposeEnd, by, {
    params: { dutyId },
    body: { requestId: newId(), expectedVersion, effectiveOn, reason: '已由县里收回' },
  })
const amend = (by: By, dutyId: string, expectedVersion: number, changes: Partial<contract.DutyDraft>, effectiveOn = today) =>
  lamps.send(contract.proposeAmendment, by, {
    params: { dutyId },
    body: { requestId: newId(), expectedVersion, draft: draft(changes), effectiveOn, reason: '按新文件改' },
  })
const list = async (by: By, query: object = {}) => (await lamps.send(contract.listDuties, by, { query })).result
const clauses = async (by: By, query: object = {}) => (await list(by, query)).items.map(({ clauseNo }) => clauseNo)
const detail = async (by: By, dutyId: string) => (await lamps.send(contract.getDuty, by, { params: { dutyId } })).result

/** A line as two people put it there. */
async function aDuty(changes: Partial<contract.DutyDraft> = {}): Promise<contract.DutyRow> {
  const { changeId } = (await propose('dispatcher', changes)).result
  await decide('townshipLead', changeId)
  const { items } = await list('dispatcher', { q: changes.clauseNo ?? '1.1' })
  return items.find((line) => line.clauseNo === (changes.clauseNo ?? '1.1'))!
}

describe('a duty list', () => {
  test('is changed by one who proposes and another who confirms, and both stay on record', async () => {
    const proposed = await propose('dispatcher', { clauseNo: '2.1' })
    expect([proposed.status, proposed.result.state]).toEqual([201, 'proposed'])
    expect(await clauses('dispatcher', { q: '2.1' })).toEqual([])
    const { changeId } = proposed.result
    // The one who proposes has no right to decide; a lead of another township does not even see it.
    expect((await decide('dispatcher', changeId)).status).toBe(403)
    expect((await decide('townshipLead', changeId, false)).problem.fields).toEqual([{ path: 'note', message: '不同意要写明理由' }])
    const decided = (await decide('townshipLead', changeId)).result
    expect(decided).toMatchObject({ state: 'confirmed', proposedBy: '陈明', decidedBy: '赵国强' })
    expect((await decide('townshipLead', changeId)).problem.code).toBe('case.duty_change_decided')
    expect(await clauses('dispatcher', { q: '2.1' })).toEqual(['2.1'])
    const audited = await db.superuser<{ action: string }>(
      `SELECT action FROM base.audit_entry WHERE subject_kind = 'dutyChange' AND subject_id = '${changeId}' ORDER BY at`,
    )
    expect(audited.map(({ action }) => action)).toEqual(['cases.propose_duty', 'cases.confirm_duty'])
  })

  test('says what is wrong with a line, by field, and takes no day gone by and no other township', async () => {
    const wrong = await propose('dispatcher', { category: 'roofs', orgId: newId(), areaId: newId() })
    expect(wrong.problem.fields?.map(({ path }) => path)).toEqual(['draft.category', 'draft.areaId', 'draft.orgId'])
    expect((await propose('dispatcher', {}, later(-1))).problem.fields?.[0]?.path).toBe('effectiveOn')
    const town = lamps.town.areas.town.areaId
    expect((await propose('dispatcher', { areaId: town, orgId: lamps.town.orgs.townGovernment })).problem.code).toBe(
      'access.area_forbidden',
    )
    const stranger = await propose('dispatcher', { areaId: lamps.town.areas.xingfu.areaId, orgId: lamps.town.orgs.liulinCommittee })
    expect(stranger.problem.fields).toEqual([{ path: 'draft.orgId', message: '这家单位不管这个地方' }])
    for (const by of ['communityWorker', 'departmentClerk', 'gridWorker', 'systemAdmin'] as const)
      expect((await propose(by)).status, by).toBe(403)
  })

  test('keeps what was: a line that changes ends, and the new one names it', async () => {
    const line = await aDuty({ clauseNo: '3.1' })
    db.clock.advance(60_000)
    const first = await amend('dispatcher', line.dutyId, line.version, { clauseNo: '3.1', clause: '路灯、灯杆的养护和维修' }, later(5))
    expect(first.result).toMatchObject({
      state: 'proposed',
      line: { clause: '路灯的养护和维修' },
      draft: { clause: '路灯、灯杆的养护和维修' },
    })
    expect((await amend('dispatcher', line.dutyId, line.version, { clause: '又一次' })).problem.code).toBe('case.duty_pending')
    await decide('townshipLead', first.result.changeId)
    expect((await end('dispatcher', line.dutyId, line.version)).problem.code).toBe('case.duty_changed')
    const both = await list('dispatcher', { q: '3.1', ever: 'true' })
    expect(both.items.map(({ state, validTo }) => [state, validTo])).toEqual([
      ['inForce', later(5)],
      ['coming', null],
    ])
    expect((await list('dispatcher', { q: '3.1', on: later(6) })).items.map(({ clause }) => clause)).toEqual(['路灯、灯杆的养护和维修'])
    const seen = await detail('communityWorker', both.items[1]!.dutyId)
    expect(seen.history.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      [later(5), null],
      [today, later(5)],
    ])
    expect(seen.changes.map(({ change, reason }) => [change, reason])).toEqual([
      ['amend', '按新文件改'],
      ['add', '县里下发新清单'],
    ])
  })

  test('of two who change one line at once, one wins; the other sees what it became', async () => {
    const line = await aDuty({ clauseNo: '4.1' })
    const both = await Promise.all([
      end('dispatcher', line.dutyId, line.version),
      amend('dispatcher', line.dutyId, line.version, { clause: '另一种写法' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    const { changeId } = both.find(({ status }) => status === 201)!.result
    const decided = await Promise.all([decide('townshipLead', changeId), decide('townshipLead', changeId)])
    expect(decided.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('is taken back by whoever proposed it, and by nobody else', async () => {
    const { changeId } = (await propose('dispatcher', { clauseNo: '5.1' })).result
    const back = (by: By) => lamps.send(contract.takeBackDutyChange, by, { params: { changeId }, body: { requestId: newId() } })
    expect((await back('countyDispatcher')).problem.code).toBe('case.duty_change_unknown')
    expect((await back('dispatcher')).result.state).toBe('takenBack')
    expect((await decide('townshipLead', changeId)).problem.code).toBe('case.duty_change_decided')
  })

  test('is read by everybody of the places it holds in, and of those above and below, and by nobody else', async () => {
    await aDuty({ clauseNo: '6.1', areaId: lamps.town.areas.xingfu.areaId, orgId: lamps.town.orgs.xingfuCommittee })
    const reading = async (by: TownPost) => (await clauses(by, { q: '6.1' })).length
    for (const by of ['communityWorker', 'gridWorker', 'dispatcher', 'departmentClerk', 'countyLead', 'systemAdmin'] as const)
      expect(await reading(by), by).toBe(1)
    for (const by of ['siblingWorker', 'villageWorker', 'otherDispatcher', 'propertyClerk'] as const) expect(await reading(by), by).toBe(0)
    expect((await lamps.send(contract.listDuties, null)).status).toBe(401)
    const { changes } = await detail('communityWorker', (await list('dispatcher', { q: '6.1' })).items[0]!.dutyId)
    expect(changes).toHaveLength(1)
  })

  test('is filtered by list, words, category, organization, place and day, and counted list by list', async () => {
    await aDuty({ clauseNo: '7.2', standing: 'withdrawn', clause: '违章灯箱的查处' })
    await aDuty({ clauseNo: '7.10', standing: 'cooperating', clause: '灯箱的登记' })
    expect(await clauses('dispatcher', { q: '灯箱' })).toEqual(['7.2', '7.10'])
    expect((await list('dispatcher', { q: '灯箱' })).counts).toEqual({ basic: 0, cooperating: 1, withdrawn: 1 })
    expect(await clauses('dispatcher', { q: '灯箱', standing: 'withdrawn' })).toEqual(['7.2'])
    expect(await clauses('dispatcher', { q: '灯箱', category: 'roads' })).toEqual([])
    expect(await clauses('dispatcher', { q: '灯箱', org: lamps.town.orgs.urbanManagement })).toEqual([])
    expect(await clauses('dispatcher', { q: '灯箱', area: lamps.town.areas.xingfuCell1.areaId })).toEqual(['7.2', '7.10'])
    expect(await clauses('countyLead', { q: '灯箱', area: lamps.town.areas.town.areaId })).toEqual([])
    expect(await clauses('dispatcher', { q: '灯箱', on: later(-1) })).toEqual([])
    const first = await list('dispatcher', { q: '灯箱', limit: 1 })
    expect([first.items[0]!.clauseNo, (await list('dispatcher', { q: '灯箱', limit: 1, cursor: first.next })).items[0]!.clauseNo]).toEqual([
      '7.2',
      '7.10',
    ])
    const choices = (await lamps.send(contract.listDutyChoices, 'dispatcher')).result
    expect(choices.organizations).toContainEqual({ orgId: lamps.town.orgs.housing, name: '清河县住房和城乡建设局' })
  })
})

describe('what is sent by a line of the lists', () => {
  const sent = async (clauseNo: string) => {
    const { caseId } = await lamps.openOne()
    await lamps.move(caseId, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
    await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.urbanManagement })
    return { caseId, clauseNo }
  }

  test('is found from that line, and so is what was given back citing it; an end of the line changes suggestions at once [GRID-03] (duty lists)', async () => {
    const line = await aDuty({ clauseNo: '8.1', orgId: lamps.town.orgs.urbanManagement })
    const { caseId } = await sent('8.1')
    expect(await detail('dispatcher', line.dutyId)).toMatchObject({ routed: { total: 1, open: 1 }, rejected: [] })
    const routed = await lamps.send(contract.listCases, 'dispatcher', { query: { duty: line.dutyId } })
    expect(routed.result.items.map((row) => row.caseId)).toEqual([caseId])
    await lamps.move(caseId, 'giveBack', 'otherClerk', { reason: 'place', basis: '清单 8.1 只管主干道' })
    const { rejected } = await detail('dispatcher', line.dutyId)
    expect(rejected).toMatchObject([{ caseId, orgName: '清河县城市管理局', code: 'place', basis: '清单 8.1 只管主干道' }])
    expect(await detail('villageWorker', line.dutyId).catch(() => undefined)).toBeUndefined()
    expect((await detail('systemAdmin', line.dutyId)).rejected).toBeNull()

    const other = await lamps.openOne()
    await lamps.move(other.caseId, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
    const suggested = async () =>
      (await lamps.send(contract.suggestRoute, 'dispatcher', { params: { caseId: other.caseId } })).result.items.map(({ orgId }) => orgId)
    expect(await suggested()).toContain(lamps.town.orgs.urbanManagement)
    const { changeId } = (await end('dispatcher', line.dutyId, line.version)).result
    expect(await suggested()).toContain(lamps.town.orgs.urbanManagement)
    await decide('townshipLead', changeId)
    expect(await suggested()).not.toContain(lamps.town.orgs.urbanManagement)
    // What was right then stays right: the matter is still found from the line that it was sent by.
    expect((await detail('dispatcher', line.dutyId)).state).toBe('ended')
  })

  test('is never sent down by one that is withdrawn, with the clause named [GRID-03] (duty lists)', async () => {
    await db.system((system) =>
      addDuties(system, [
        {
          ...draft({ standing: 'withdrawn', clauseNo: '收1', document: '上收清单' }),
          orgId: lamps.town.orgs.xiangyangCommittee,
          areaPath: lamps.town.areas.xiangyang.areaPath,
          validFrom: today,
        },
      ]),
    )
    const { caseId } = await lamps.openOne({ areaCode: '239999001002001' })
    const { seq } = await lamps.move(caseId, 'list', 'siblingWorker', { appealType: 'help', category: 'lights' })
    const refused = await lamps.send(contract.moveCase, 'dispatcher', {
      params: { caseId, key: 'send' },
      body: { requestId: newId(), expectedSeq: seq, data: { orgId: lamps.town.orgs.xiangyangCommittee } },
    })
    expect(refused.problem.fields).toEqual([{ path: 'data.orgId', message: '《上收清单》收1已收回，不能往下派：请派给上级主管部门' }])
  })
})

test('who may decide is told of a proposal, and who proposed it of the decision', async () => {
  const dispatcher = createDispatcher({ pool: db.pool, clock: db.clock, subscribers: [dutiesSubscriber(collectTemplates(dutyTemplates))] })
  const { changeId } = (await propose('dispatcher', { clauseNo: '9.1' })).result
  await dispatcher.drain()
  const told = (template: string) =>
    db.superuser<{ account_id: string }>(
      `SELECT account_id FROM messages.message WHERE template = '${template}' AND once_key LIKE 'duty/${changeId}/%'`,
    )
  expect(await told('cases.duty-proposed')).toEqual([{ account_id: lamps.town.posts.townshipLead.accountId }])
  await decide('townshipLead', changeId, false, '文号不对')
  await dispatcher.drain()
  expect(await told('cases.duty-refused')).toEqual([{ account_id: lamps.town.posts.dispatcher.accountId }])
  await dispatcher.stop()
})
