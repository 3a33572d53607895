import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp, type OpenedCase } from '../../testing/cases-app.ts'

const day = 86_400_000

let db: TestDatabase
let lamps: CasesApp
let first: OpenedCase
let sent: OpenedCase
let bad: OpenedCase
let there: OpenedCase
/** The day in Asia/Shanghai on which the first was opened; the others follow, a week each. */
let dayOfFirst: string
const dayAfter = (days: number) => new Date(Date.parse(dayOfFirst) + days * day).toISOString().slice(0, 10)
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  dayOfFirst = new Date(db.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  first = await lamps.openOne()
  db.clock.advance(7 * day)
  sent = await lamps.moveTo('sent')
  db.clock.advance(7 * day)
  bad = await lamps.moveTo('remending')
  db.clock.advance(7 * day)
  there = await lamps.openOne({ areaCode: '239999001002001' })
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type Query = NonNullable<Parameters<typeof lamps.send<typeof contract.listCases>>[2]>['query']
const ids = async (by: By, query: Query) => (await lamps.send(contract.listCases, by, { query })).result.items.map((row) => row.caseId)
const total = async (by: By, query: Query) => (await lamps.send(contract.findTotal, by, { query })).result
const idOf = (...cases: OpenedCase[]) => cases.map((one) => one.caseId)
const at = (area: keyof CasesApp['town']['areas']) => lamps.town.areas[area].areaId

test('an area inside of one’s own, the organization in charge, the days of opening, both ends included', async () => {
  expect((await ids('dispatcher', { area: at('xiangyang') })).sort()).toEqual(idOf(there))
  expect((await ids('countyLead', { area: at('subdistrict') })).length).toBe(4)
  expect((await ids('dispatcher', { org: lamps.town.orgs.housing })).sort()).toEqual(idOf(sent, bad).sort())
  expect(await ids('dispatcher', { org: lamps.town.orgs.housing, area: at('xiangyang') })).toEqual([])
  expect(await ids('dispatcher', { from: dayOfFirst, to: dayOfFirst })).toEqual(idOf(first))
  expect(await ids('dispatcher', { from: dayAfter(7), to: dayAfter(14) })).toEqual(idOf(bad, sent))
  expect(await ids('dispatcher', { from: dayAfter(1), to: dayAfter(6) })).toEqual([])
  // An organization sees them by its deadlines.
  expect((await ids('departmentClerk', { from: dayAfter(7), to: dayAfter(14) })).sort()).toEqual(idOf(bad, sent).sort())
})

test('latest opened first, and the pages of that order hold each case once', async () => {
  const whole = await ids('dispatcher', { sort: 'opened' })
  expect(whole).toEqual(idOf(there, bad, sent, first))
  const paged: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: { items: contract.CaseRow[]; next: string | null } = (
      await lamps.send(contract.listCases, 'dispatcher', { query: { sort: 'opened', limit: 1, cursor } })
    ).result
    paged.push(...page.items.map((row) => row.caseId))
    cursor = page.next
  }
  expect(paged).toEqual(whole)
})

test('a grade that its rulebook calls a bad one, a channel, a level, a superior’s eye, a report that went on elsewhere', async () => {
  expect(await ids('dispatcher', { rated: 'badly' })).toEqual(idOf(bad))
  expect(await ids('dispatcher', { rated: 'well' })).toEqual([])
  expect(await ids('dispatcher', { channel: 'phone' })).toEqual([])
  expect((await ids('dispatcher', { channel: 'app' })).length).toBe(4)
  expect(await ids('dispatcher', { level: 'urgent' })).toEqual([])
  expect(await ids('dispatcher', { supervised: 'true' })).toEqual([])
  expect(await ids('dispatcher', { merged: 'true' })).toEqual([])
})

test('an area out of one’s own is refused and named, also for an organization whose files lie in it', async () => {
  for (const by of ['communityWorker', 'dispatcher', 'departmentClerk'] as const) {
    for (const area of [at('prefecture'), crypto.randomUUID()]) {
      for (const endpoint of [contract.listCases, contract.findTotal] as const) {
        const answer = await lamps.send(endpoint, by, { query: { area } })
        expect([answer.status, answer.problem.code, answer.problem.fields?.[0]?.path]).toEqual([403, 'access.area_forbidden', 'area'])
      }
    }
  }
})

test('a day that is none, a sort or a mark that there is not: each is refused by name', async () => {
  for (const query of [
    { from: '2026-02-30' },
    { to: 'gestern' },
    { sort: 'title' },
    { rated: 'mine' },
    { org: 'housing' },
    { area: '1' },
  ]) {
    const answer = await lamps.send(contract.listCases, 'dispatcher', { query: query as Query })
    expect([query, answer.status, answer.problem.fields?.[0]?.path]).toEqual([query, 400, Object.keys(query)[0]])
  }
})

test('the total is the length of the list', async () => {
  for (const query of [{}, { status: 'open' }, { area: at('xiangyang') }, { from: dayAfter(7) }, { rated: 'badly' }] as Query[]) {
    const { total: said, isMore } = await total('dispatcher', query)
    expect([query, said, isMore]).toEqual([query, (await ids('dispatcher', query)).length, false])
  }
})

test('an address that was sent along says what it names: the way down to an area, the organization; and the stages of its kind', async () => {
  const query = { area: at('xingfuCell1'), org: lamps.town.orgs.housing }
  const { area, org, stages } = (await lamps.send(contract.listTerms, 'countyLead', { query })).result
  expect(area.map((one) => one.name)).toEqual(['河东街道', '幸福社区', '幸福第一网格'])
  expect(org).toEqual({ orgId: lamps.town.orgs.housing, name: '清河县住房和城乡建设局' })
  expect(stages).toContainEqual({ key: 'mending', name: expect.any(String) })
  expect((await lamps.send(contract.listTerms, 'dispatcher', { query })).result.area.map((one) => one.name)).toEqual([
    '幸福社区',
    '幸福第一网格',
  ])
  expect((await lamps.send(contract.listTerms, 'siblingWorker', { query })).problem.code).toBe('access.area_forbidden')
})
