import type { Sent } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'

let db: TestDatabase
let cases: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  cases = await casesApp(db)
  await fill()
})
afterAll(async () => {
  await cases?.close()
  await db?.close()
})

type Figures = Omit<contract.AreaFigures, never>
const keys = ['open', 'overdue', 'dueSoon', 'paused', 'ruling', 'supervised'] as const
const sum = (parts: readonly Figures[]): Figures =>
  Object.fromEntries(keys.map((key) => [key, parts.reduce((total, part) => total + part[key], 0)])) as Figures

const ask = (by: By, query: Sent<typeof contract.countAreas>['query'] = {}) => cases.send(contract.countAreas, by, { query })
const count = async (by: By, query: Sent<typeof contract.countAreas>['query'] = {}) => (await ask(by, query)).result
const kindOf = async (kind: string, by: By, area?: string) => {
  const { kinds } = await count(by, area ? { area } : {})
  return kinds.find((one) => one.kind === kind)!
}
const list = async (by: By, query: Sent<typeof contract.listOverview>['query']) =>
  (await cases.send(contract.listOverview, by, { query })).result

/** Three levels: two townships, three communities, six cells, and one matter that nobody placed below its township. */
async function fill(): Promise<void> {
  const { openOne, move, moveTo } = cases
  db.clock.moveTo('2026-03-02T09:00:00+08:00')
  const cells = ['239999001001001', '239999001001002', '239999001002001', '239999100200001', '239999100200002']
  for (const [at, areaCode] of cells.entries()) for (let more = 0; more <= at % 3; more++) await openOne({ areaCode })
  await openOne({ areaCode: '239999001001' })
  await openOne({ areaCode: '239999001' })
  await moveTo('sent')
  await moveTo('done')
  db.clock.moveTo('2026-03-09T16:00:00+08:00')
  const { caseId } = await openOne({ detail: '3号楼2单元501的张大爷家漏水，打13800001234。谢谢', areaCode: cells[2]! })
  await move(caseId, 'list', 'siblingWorker', { appealType: 'help', category: 'lights' })
  await move(caseId, 'send', 'dispatcher', { orgId: cases.town.orgs.housing })
  await move(caseId, 'watch', 'countyDispatcher', { reason: '请尽快' })
  const said = await openOne({ detail: '楼上的人天天打牌', areaCode: cells[0]! })
  await move(said.caseId, 'list', 'communityWorker', { appealType: 'report', category: 'lights' })
  const body = { kind: 'event', channel: 'grid', detail: '一棵树横在路上', category: 'trees', level: 'big', areaCode: cells[0]! } as const
  await cases.send(contract.openCase, 'gridWorker', { body: { requestId: newId(), ...body } })
}

test('every figure of a township is the sum of its communities, of a county that of its townships, of a community that of its cells, each kind by itself [PLAT-01] (any figure at township level equals the sum of its communities)', async () => {
  const { county, subdistrict, town, xingfu } = cases.town.areas
  for (const area of [county, subdistrict, town, xingfu].map(({ areaId }) => areaId)) {
    const { kinds, areas } = await count('countyLead', { area })
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['appeal', 'event'])
    for (const { own, areas: parts, elsewhere } of kinds) {
      expect(parts.map(({ areaId }) => areaId)).toEqual(areas.map(({ areaId }) => areaId))
      expect(sum([...parts, elsewhere])).toEqual(own)
    }
    // What the row says in the whole, the part says of itself.
    for (const { areaId } of areas) {
      const inside = await count('countyLead', { area: areaId })
      for (const { kind, own } of inside.kinds)
        expect({ areaId, ...own }).toEqual(kinds.find((one) => one.kind === kind)?.areas.find((one) => one.areaId === areaId))
    }
  }
  const appeals = await kindOf('appeal', 'countyLead')
  expect(appeals.own).toMatchObject({ open: 14, supervised: 1 })
  expect(appeals.own.overdue).toBeGreaterThan(5)
  const inTownship = await kindOf('appeal', 'countyLead', subdistrict.areaId)
  expect(inTownship.elsewhere.open).toBe(1)
  expect((await kindOf('event', 'countyLead')).own.open).toBe(1)
})

test('each post counts what lies below it and nothing else, and the same as the queues of the workbench do [PLAT-01] (own node and below)', async () => {
  const { county, subdistrict, town, xingfu, xiangyang } = cases.town.areas
  for (const by of ['communityWorker', 'dispatcher', 'countyLead'] as const) {
    const { own } = await kindOf('appeal', by)
    const { queues } = (await cases.send(contract.countCases, by, { query: {} })).result
    const { total: open, ...clocks } = queues.all!
    expect({ open, ...clocks, supervised: queues.supervised?.total }).toEqual({
      open: own.open,
      overdue: own.overdue,
      dueSoon: own.dueSoon,
      paused: own.paused,
      supervised: own.supervised,
    })
  }
  expect(await count('dispatcher')).toMatchObject({
    area: { areaId: subdistrict.areaId, level: 'township' },
    above: [],
    areas: [{ areaId: xingfu.areaId }, { areaId: xiangyang.areaId }],
  })
  expect((await count('countyLead', { area: xingfu.areaId })).above.map(({ areaId }) => areaId)).toEqual([
    county.areaId,
    subdistrict.areaId,
  ])
  for (const area of [county.areaId, town.areaId, newId()]) {
    expect((await ask('dispatcher', { area })).problem).toMatchObject({ status: 403, code: 'access.area_forbidden' })
    expect((await cases.send(contract.listOverview, 'dispatcher', { query: { figure: 'open', area } })).status).toBe(403)
    expect((await cases.send(contract.getAppealStatistics, 'dispatcher', { query: { area } })).status).toBe(403)
  }
  // A line post sees files wherever they lie, and no place as a whole: narrower would be more.
  expect((await ask('departmentClerk', { area: subdistrict.areaId })).status).toBe(403)
  expect((await kindOf('appeal', 'departmentClerk')).own.open).toBe(2)
})

test('behind every figure are as many matters as it says, wherever one looks', async () => {
  const { county, subdistrict, xingfu } = cases.town.areas
  for (const area of [county, subdistrict, xingfu].map(({ areaId }) => areaId)) {
    for (const kind of ['appeal', 'event']) {
      const { own } = await kindOf(kind, 'countyLead', area)
      for (const figure of keys) {
        const found: string[] = []
        let cursor: string | undefined
        do {
          const page = await list('countyLead', { figure, kind, area, limit: 3, ...(cursor ? { cursor } : {}) })
          found.push(...page.items.map(({ caseId }) => caseId))
          cursor = page.next ?? undefined
        } while (cursor)
        expect([kind, figure, new Set(found).size, found.length]).toEqual([kind, figure, own[figure], own[figure]])
      }
    }
  }
})

test('what came in last comes first, page after page; the statistics of a narrower place count its own', async () => {
  const { county, subdistrict } = cases.town.areas
  const first = await list('countyLead', { figure: 'received', kind: 'appeal', limit: 10 })
  const second = await list('countyLead', { figure: 'received', kind: 'appeal', limit: 10, cursor: first.next! })
  const all = [...first.items, ...second.items]
  expect(all.map(({ openedAt }) => openedAt)).toEqual(
    all
      .map(({ openedAt }) => openedAt)
      .sort()
      .reverse(),
  )
  const volume = async (area: string) => (await cases.send(contract.getAppealStatistics, 'countyLead', { query: { area } })).result.appeals
  expect(await volume(county.areaId)).toBe(all.length)
  const inTownship = (await cases.send(contract.getAppealStatistics, 'dispatcher', { query: {} })).result.appeals
  expect(await volume(subdistrict.areaId)).toBe(inTownship)
  expect(inTownship).toBeLessThan(all.length)
})

test('nothing on the wall says who somebody is, where he lives, how to reach him, or what he reports', async () => {
  const { items } = await list('countyLead', { figure: 'open', kind: 'appeal', limit: 50 })
  const [masked] = (await list('countyLead', { figure: 'supervised' })).items
  expect(masked).toMatchObject({ communityName: '向阳社区', isSealed: false })
  const sealed = items.filter(({ isSealed }) => isSealed)
  expect(sealed.map(({ category, categoryName }) => [category, categoryName])).toEqual([[null, null]])
  for (const row of items) {
    expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['place', 'title', 'detail']))
    expect(JSON.stringify(row)).not.toMatch(/13800001234|501|打牌|第一网格|张某/)
  }
})
