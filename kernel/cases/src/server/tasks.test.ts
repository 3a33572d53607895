import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'
import { checkEveryProjection } from './rebuild.ts'

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

const view = async (by: By, caseId: string) => (await lamps.send(contract.getCase, by, { params: { caseId } })).result
const tryMove = async (by: By, caseId: string, key: string, data: Record<string, unknown> = {}) => {
  const [row] = await db.superuser<{ seq: number }>(`SELECT seq FROM cases.case_file WHERE case_id = '${caseId}'`)
  return lamps.send(contract.moveCase, by, { params: { caseId, key }, body: { requestId: newId(), expectedSeq: row!.seq, data } })
}
const step = async (by: By, caseId: string, key: string, data: Record<string, unknown> = {}) =>
  (await tryMove(by, caseId, key, data)).result
const mine = async (by: By) => (await lamps.send(contract.listCases, by, { query: { queue: 'mine' } })).result.items
const count = async (by: By) => (await lamps.send(contract.countCases, by, {})).result.queues.mine!.total
const share = (caseId: string, org: 'urbanManagement' | 'propertyCompany', more: object = {}) =>
  step('departmentClerk', caseId, 'share', { orgId: lamps.town.orgs[org], part: '挖开路面', ...more })
const statuses = async (caseId: string) => (await view('dispatcher', caseId)).tasks.map((task) => task.status)

test('parts run in parallel, each with a clock of its own; the main organization answers when all are settled, for all of them', async () => {
  const { caseId } = await lamps.moveTo('mending')
  const before = await count('otherClerk')
  await share(caseId, 'urbanManagement')
  await share(caseId, 'propertyCompany', { part: '开门让人进' })
  const shared = await view('departmentClerk', caseId)
  expect(shared.tasks.map(({ orgName, part, status }) => ({ orgName, part, status }))).toEqual([
    { orgName: '清河县城市管理局', part: '挖开路面', status: 'open' },
    { orgName: '安居物业服务公司', part: '开门让人进', status: 'open' },
  ])
  expect(shared.clocks.filter(({ key, stoppedAt }) => key === 'help' && !stoppedAt)).toHaveLength(2)
  expect(await count('otherClerk')).toBe(before + 1)
  const [row] = (await mine('otherClerk')).filter((one) => one.caseId === caseId)
  expect(row?.clock).toMatchObject({ key: 'help', name: '协办', state: 'onTime' })
  expect(row?.dueAt).toBe(shared.clocks.find(({ key, orgName }) => key === 'help' && orgName === '清河县城市管理局')?.dueAt)
  expect(shared.moves.map((move) => move.key)).not.toContain('mend')
  expect((await tryMove('departmentClerk', caseId, 'mend', { words: '修好了' })).problem.code).toBe('case.move_forbidden')

  await step('otherClerk', caseId, 'helped', { words: '路面挖开，埋好了管' })
  expect((await mine('otherClerk')).filter((one) => one.caseId === caseId)).toEqual([])
  expect((await tryMove('otherClerk', caseId, 'helped', { words: '再报一次' })).problem.code).toBe('case.move_forbidden')
  await step('propertyClerk', caseId, 'helped', { words: '门开了' })
  const offer = (await view('departmentClerk', caseId)).moves.find((move) => move.key === 'mend')
  expect(offer?.initial).toEqual({ words: '清河县城市管理局：路面挖开，埋好了管\n安居物业服务公司：门开了' })
  await step('departmentClerk', caseId, 'mend', { words: '换了线' })
  expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === caseId)).toEqual([])
})

test('a serial part waits for those before it, and its clock with it', async () => {
  const { caseId } = await lamps.moveTo('mending')
  await share(caseId, 'urbanManagement')
  await share(caseId, 'propertyCompany', { serial: true })
  expect(await statuses(caseId)).toEqual(['open', 'waiting'])
  expect((await mine('propertyClerk')).filter((one) => one.caseId === caseId)).toEqual([])
  expect((await tryMove('propertyClerk', caseId, 'helped', { words: '先做了' })).problem.code).toBe('case.move_forbidden')
  db.clock.advance(3_600_000)
  await step('otherClerk', caseId, 'helped', { words: '挖好了' })
  expect(await statuses(caseId)).toEqual(['done', 'open'])
  const clock = (await view('departmentClerk', caseId)).clocks.findLast(({ key }) => key === 'help')
  expect(clock).toMatchObject({ orgName: '安居物业服务公司', startedAt: db.clock.now().toISOString() })
  await step('propertyClerk', caseId, 'helped', { words: '好了' })
  expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === caseId)).toEqual([])
})

test('a part may be given back or recalled, and a matter that leaves the main organization takes its parts along', async () => {
  const { caseId } = await lamps.moveTo('sent')
  await share(caseId, 'urbanManagement')
  await share(caseId, 'propertyCompany')
  await step('otherClerk', caseId, 'noHelp', { reason: '不归我们挖' })
  expect(await statuses(caseId)).toEqual(['rejected', 'open'])
  await step('departmentClerk', caseId, 'unshare', { orgId: lamps.town.orgs.propertyCompany })
  expect(await statuses(caseId)).toEqual(['rejected', 'recalled'])
  await share(caseId, 'propertyCompany')
  await step('departmentClerk', caseId, 'giveBack', { reason: 'place', basis: '产权不在我们单位' })
  expect(await statuses(caseId)).toEqual(['rejected', 'recalled', 'recalled'])
  expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === caseId)).toEqual([])
})

test('nobody has two parts, the main organization none beside its own, and what nobody has is not recalled', async () => {
  const { caseId } = await lamps.moveTo('mending')
  await share(caseId, 'urbanManagement')
  const orgId = (org: 'urbanManagement' | 'housing' | 'propertyCompany') => ({ orgId: lamps.town.orgs[org], part: '再挖一处' })
  for (const [key, data] of [
    ['share', orgId('urbanManagement')],
    ['share', orgId('housing')],
    ['unshare', { orgId: lamps.town.orgs.propertyCompany }],
  ] as const) {
    expect((await tryMove('departmentClerk', caseId, key, data)).problem).toMatchObject({
      code: 'case.data_invalid',
      fields: [{ path: 'data.orgId' }],
    })
  }
  expect(await statuses(caseId)).toEqual(['open'])
})

test('a superior watches a matter until it is closed; it stands in a list of its own, and a new round begins unwatched [GRID-06] (督办)', async () => {
  const { caseId, number } = await lamps.moveTo('mending')
  const watched = async () =>
    (await lamps.send(contract.listCases, 'countyLead', { query: { queue: 'supervised' } })).result.items.map((row) => row.caseId)
  expect((await tryMove('dispatcher', caseId, 'watch', { reason: '县长热线' })).problem.code).toBe('case.move_forbidden')
  expect((await step('countyLead', caseId, 'watch', { reason: '县长热线' })).supervisedAt).toBe(db.clock.now().toISOString())
  expect(await watched()).toEqual([caseId])
  expect((await lamps.send(contract.countCases, 'countyLead', {})).result.queues.supervised!.total).toBe(1)
  expect((await tryMove('townshipLead', caseId, 'watch', { reason: '再盯一次' })).problem.code).toBe('case.move_forbidden')
  await step('departmentClerk', caseId, 'mend', { words: '换了线' })
  await step('dispatcher', caseId, 'call', { contactedAt: db.clock.now().toISOString(), resolved: true })
  expect(await watched()).toEqual([])
  await lamps.send(contract.reopenPublicCase, null, { params: { number }, body: { requestId: newId(), tail: '0042', reason: '又不亮了' } })
  expect((await view('dispatcher', caseId)).supervisedAt).toBeNull()
  expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === caseId)).toEqual([])
})

test('a list of parts goes page by page by the deadlines of the parts, whatever those of the matters are', async () => {
  const earlier = await lamps.moveTo('mending')
  db.clock.advance(2 * 86_400_000)
  const later = await lamps.moveTo('mending')
  await share(later.caseId, 'propertyCompany')
  db.clock.advance(2 * 86_400_000)
  await share(earlier.caseId, 'propertyCompany')
  const whole = (await mine('propertyClerk')).map((row) => row.caseId)
  expect(whole.slice(-2)).toEqual([later.caseId, earlier.caseId])
  const paged: (string | undefined)[] = []
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const query = { queue: 'mine' as const, limit: 1, cursor }
    const page = (await lamps.send(contract.listCases, 'propertyClerk', { query })).result
    paged.push(page.items[0]?.caseId)
    cursor = page.next
  }
  expect(paged).toEqual(whole)
})
