import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { checkCaseType } from '../define/check-case-type.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'
import { lampHelp } from '../testing/lamp-help.ts'
import { addDuties } from './duties/add-duties.ts'
import { checkEveryProjection } from './rebuild.ts'

let db: TestDatabase
let lamps: CasesApp
let wantedBy: string

beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db, [lampHelp])
  wantedBy = new Date(db.clock.now().getTime() + 10 * 86_400_000).toISOString()
  const line = { clause: '看灯', document: '清单', words: [], validFrom: '2026-01-01', category: 'lights' }
  await db.system((system) =>
    addDuties(system, [
      {
        ...line,
        orgId: lamps.town.orgs.xingfuCommittee,
        areaPath: lamps.town.areas.xingfu.areaPath,
        standing: 'cooperating',
        clauseNo: '社1',
      },
      {
        ...line,
        orgId: lamps.town.orgs.xiangyangCommittee,
        areaPath: lamps.town.areas.xiangyang.areaPath,
        standing: 'withdrawn',
        clauseNo: '收1',
      },
    ]),
  )
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

const xingfu = '239999001001'
const xiangyang = '239999001002'
const ask = (by: By, areaCode = xingfu, data: Record<string, unknown> = {}, requestId = newId()) =>
  lamps.send(contract.openRequest, by, {
    body: { requestId, areaCode, data: { category: 'lights', detail: '请看看灯', support: 'none', wantedBy, ...data } },
  })
const view = async (by: By, caseId: string) => (await lamps.send(contract.getCase, by, { params: { caseId } })).result
const queue = async (by: By, name: 'admit' | 'mine') =>
  (await lamps.send(contract.listCases, by, { query: { queue: name, kind: 'assistance' } })).result.items.map((row) => row.caseId)
const figures = async (by: By) => (await lamps.send(contract.getAssistanceStatistics, by)).result

test('the type declares nothing that does not fit', () => {
  expect(checkCaseType(lampHelp)).toEqual([])
  expect(checkCaseType({ ...lampHelp, asks: undefined } as never)).toContain('lamp-help: stage said is about a request, and nobody asks')
})

describe('an organization that asks a community', () => {
  test('is refused at once where the duty list has withdrawn it, with the clause named, and counted [EVAL-09] (refused at opening)', async () => {
    const before = await figures('departmentClerk')
    const refused = await ask('departmentClerk', xiangyang)
    expect([refused.status, refused.problem.code]).toEqual([422, 'case.duty_withdrawn'])
    expect(refused.problem.fields).toEqual([{ path: 'data.category', message: '《清单》收1“看灯”已收回，不能请社区承担' }])
    expect(refused.problem.current).toMatchObject({ clauseNo: '收1' })
    const after = await figures('departmentClerk')
    expect([after.blocked - before.blocked, after.requests - before.requests]).toEqual([1, 0])
    expect((await figures('dispatcher')).blocked).toBe(after.blocked)
    expect((await figures('otherDispatcher')).blocked).toBe(0)
  })

  test('sees what it asked for, and so does the community, with the line of the list that it was asked by [EVAL-09] (approval)', async () => {
    const { caseId } = (await ask('departmentClerk')).result
    const seen = await view('departmentClerk', caseId)
    expect(seen).toMatchObject({
      kind: 'assistance',
      stage: 'asked',
      requesterName: '清河县住房和城乡建设局',
      duty: { standing: 'cooperating', clauseNo: '社1' },
      moves: [],
    })
    expect(seen.parties.map(({ role, name }) => [role, name])).toEqual([
      ['main', '幸福社区居民委员会'],
      ['requester', '清河县住房和城乡建设局'],
    ])
    expect(await queue('dispatcher', 'admit')).toContain(caseId)
    expect(await queue('communityWorker', 'mine')).not.toContain(caseId)
    expect((await view('communityWorker', caseId)).moves).toEqual([])
    await lamps.move(caseId, 'pass', 'dispatcher')
    expect(await queue('communityWorker', 'mine')).toContain(caseId)
    expect((await view('communityWorker', caseId)).dueAt).toBe(wantedBy)
    expect((await lamps.send(contract.getCase, 'otherClerk', { params: { caseId } })).status).toBe(404)
  })

  test('is told why, may ask once more, and then have it ruled on; it never rules itself', async () => {
    const { caseId } = (await ask('departmentClerk')).result
    await lamps.move(caseId, 'pass', 'dispatcher')
    await lamps.move(caseId, 'decline', 'communityWorker', { why: 'busy', note: '换届正忙' })
    expect(await queue('departmentClerk', 'mine')).toContain(caseId)
    const said = await view('departmentClerk', caseId)
    expect(said).toMatchObject({ holder: '清河县住房和城乡建设局', rejections: [{ reason: 'busy', basis: '换届正忙' }] })
    await lamps.move(caseId, 'again', 'departmentClerk', { support: 'staff' })
    await lamps.move(caseId, 'decline', 'communityWorker', { why: 'busy', note: '还是不行' })
    expect((await view('departmentClerk', caseId)).moves.map(({ key }) => key)).toEqual(['judge'])
    await lamps.move(caseId, 'judge', 'departmentClerk')
    expect((await view('dispatcher', caseId)).ruling).toMatchObject({ areaName: '河东街道' })
    await lamps.move(caseId, 'settle', 'dispatcher')
  })

  test('that is the township itself is not its own judge: another person lets it through, and the county rules', async () => {
    const { caseId } = (await ask('dispatcher')).result
    expect((await view('dispatcher', caseId)).moves).toEqual([])
    await lamps.move(caseId, 'pass', 'townshipLead')
    await lamps.move(caseId, 'decline', 'communityWorker', { why: 'busy', note: '换届正忙' })
    await lamps.move(caseId, 'judge', 'dispatcher')
    expect((await view('dispatcher', caseId)).ruling).toMatchObject({ areaName: '清河县', level: 'county' })
    expect((await view('dispatcher', caseId)).moves).toEqual([])
    await lamps.move(caseId, 'settle', 'countyDispatcher')
  })

  test('says what it wants field by field, in its own area, once', async () => {
    const wrong = await ask('departmentClerk', xingfu, { category: 'roofs', detail: '', wantedBy: '2020-01-01T00:00:00Z' })
    expect(wrong.problem.fields?.map(({ path }) => path).sort()).toEqual(['data.category', 'data.detail', 'data.wantedBy'])
    expect((await ask('dispatcher', '239999100200')).problem.code).toBe('access.area_forbidden')
    expect((await ask('departmentClerk', '239999001')).problem.fields?.[0]?.path).toBe('areaCode')
    for (const by of ['communityWorker', 'gridWorker', 'propertyClerk', 'systemAdmin'] as const)
      expect((await ask(by)).status, by).toBe(403)
    const requestId = newId()
    const [first, second] = [await ask('departmentClerk', xingfu, {}, requestId), await ask('departmentClerk', xingfu, {}, requestId)]
    expect([first.status, second.status, second.result]).toEqual([201, 200, first.result])
    expect((await ask('departmentClerk', xingfu, { support: 'staff' }, requestId)).problem.code).toBe('base.request_reused')
  })
})

test('figures are of requests alone, by reason and support, and every column is the fold of its entries', async () => {
  const { refusals, support, requests, admitted } = await figures('dispatcher')
  expect(refusals).toEqual([{ key: 'busy', count: 3 }])
  expect(support).toEqual([])
  expect([requests, admitted]).toEqual([4, 3])
  expect(await figures('otherClerk')).toMatchObject({ requests: 0, blocked: 0 })
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
})
