import { within } from '@linli/access/server'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import type { CaseType } from '../../define/case-type.ts'
import { aWalk, type Cast } from '../../testing/a-walk.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { naiveRecount, type Recount } from '../../testing/naive-recount.ts'
import { type CaseHistory, importHistories } from '../imports/import-histories.ts'
import { checkEveryProjection } from '../rebuild.ts'
import { figureExport } from './export-figure.ts'
import { fillFigures } from './fill-figures.ts'
import { areaStatistics } from './statistics.ts'

let db: TestDatabase
let lamps: CasesApp
let types: readonly CaseType[]
/** Where the town has cases: two cells of a community, a community by itself, and another township. */
const places = ['239999001001001', '239999001001002', '239999001002', '239999100200001']
const posts = ['gridWorker', 'communityWorker', 'siblingWorker', 'dispatcher', 'countyLead', 'departmentClerk', 'otherClerk'] as const

beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  types = lamps.deps.catalogue.all()
  db.clock.moveTo('2026-06-30T09:00:00+08:00')
  const { orgs } = lamps.town
  const [account] = await db.superuser<{ account_id: string }>('SELECT account_id FROM access.account LIMIT 1')
  const cast: Cast = { orgIds: [orgs.housing, orgs.urbanManagement, orgs.propertyCompany], accountIds: [account!.account_id] }
  for (const [seed, type] of types.filter(({ kind }) => kind === 'appeal' || kind === 'event').entries()) {
    const found: CaseHistory['place'][] = []
    for (const code of places) found.push((await db.system((system) => lamps.deps.findPlace(system, code)))!)
    const histories = walksOf(type, seed, cast).map(
      (entries, i): CaseHistory => ({ caseId: newId(entries[0]!.at.getTime()), place: found[i % found.length]!, entries }),
    )
    await db.system((system) => importHistories(system, lamps.deps, type, histories))
  }
}, 180_000)
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

/** A hundred lives that nobody thought of, up to fifty days long, the latest of them still going on. */
function walksOf(type: CaseType, seed: number, cast: Cast): CaseHistory['entries'][] {
  const stride = fc.record({ pick: fc.nat(100_000), minutes: fc.integer({ min: 1, max: 5000 }) })
  const life = fc.record({ day: fc.nat(80), hour: fc.nat(23), strides: fc.array(stride, { minLength: 3, maxLength: 14 }) })
  return fc.sample(life, { numRuns: 100, seed: 2026 + seed }).map(({ day, hour, strides }) => {
    const start = new Date(Date.UTC(2026, 3, 2 + day, hour))
    const entries = aWalk(type, strides, start, cast).filter(({ at }) => at <= db.clock.now())
    return entries.map((entry) => ({
      ...entry,
      postId: null,
      ...(entry.seq === 1 && {
        data: {
          ...entry.data,
          title: '路灯不亮',
          channel: 'app',
          ...(day % 2 === 0 && { occurredAt: new Date(start.getTime() - 3_600_000).toISOString() }),
        },
      }),
    }))
  })
}

/** What the page shows, by the same names; every figure that is not nought. */
async function shown(by: By, kind: 'appeal' | 'event', days: number): Promise<Recount> {
  const { own } = (await lamps.send(contract.getAreaStatistics, by, { query: { kind, days } })).result
  const figures = [
    ['cases', own.cases] as const,
    ...own.exclusions.map(({ stage, count }) => [`ended.${stage}`, count] as const),
    ...own.rates.flatMap(({ key, numerator, denominator, leftOut }) => [
      [`${key}.numerator`, numerator] as const,
      [`${key}.denominator`, denominator] as const,
      ...leftOut.map((one) => [`${key}.${one.key}`, one.count] as const),
    ]),
  ]
  return Object.fromEntries(figures.filter(([, count]) => count > 0))
}

async function rowsBehind(
  by: By,
  kind: 'appeal' | 'event',
  figure: string,
  more: { days: number; area?: string; place?: string; week?: string },
) {
  const items: Awaited<ReturnType<typeof pageOf>>['items'] = []
  const pageOf = async (cursor?: string) =>
    (await lamps.send(contract.listFigure, by, { query: { kind, figure, limit: 50, cursor, ...more } })).result
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(cursor)
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

describe.each(['appeal', 'event'] as const)('a hundred random lives of kind %s', (kind) => {
  test.each(posts)('are counted for %s as a naive recount of their entries and clocks counts them', async (by) => {
    for (const days of [20, 366]) {
      const naive = await db.as(lamps.town.posts[by].actor, (ctx) => naiveRecount(ctx, types, kind, days))
      expect(await shown(by, kind, days)).toEqual(naive)
      if (days === 366 && (by === 'countyLead' || by === 'departmentClerk')) expect(Object.keys(naive).length).toBeGreaterThan(9)
    }
  })

  test.each(posts)('stand behind each figure of %s, as many lines as it says', async (by) => {
    for (const [figure, count] of Object.entries(await shown(by, kind, 366))) {
      const items = await rowsBehind(by, kind, figure, { days: 366 })
      expect([figure, items.length]).toEqual([figure, count])
      expect(new Set(items.map(({ caseId, nth }) => `${caseId} ${nth}`)).size).toBe(count)
      expect(items.map(({ openedAt }) => openedAt)).toEqual(
        items
          .map(({ openedAt }) => openedAt)
          .sort()
          .reverse(),
      )
    }
  })

  test('add up: the parts of an area are the whole of it, all the way down, and each part opens to its own', async () => {
    const actor = lamps.town.posts.countyLead.actor
    const check = async (area?: string): Promise<void> => {
      const statistics = await db.as(actor, (ctx) =>
        within(ctx, area, (narrowed) => areaStatistics(narrowed, lamps.deps.catalogue, kind, 366, actor.areaPath!)),
      )
      if (!statistics.elsewhere) return
      const parts = [...statistics.parts, statistics.elsewhere]
      expect(parts.reduce((sum, part) => sum + part.cases, 0)).toBe(statistics.own.cases)
      for (const [i, rate] of statistics.own.rates.entries()) {
        expect(parts.reduce((sum, part) => sum + part.rates[i]!.denominator, 0)).toBe(rate.denominator)
        expect(parts.reduce((sum, part) => sum + part.rates[i]!.numerator, 0)).toBe(rate.numerator)
      }
      for (const part of statistics.parts.filter(({ cases }) => cases > 0)) {
        expect(await rowsBehind('countyLead', kind, 'cases', { days: 366, area: part.areaId })).toHaveLength(part.cases)
        await check(part.areaId)
      }
    }
    await check()
  })
})

describe('a figure taken along as a file', () => {
  type Asked = Parameters<ReturnType<typeof figureExport>['pick']>[1]
  /** As the writer of a file does it, in the name of the post. */
  const exported = (by: By & string, asked: Asked) => {
    const list = figureExport(lamps.deps, () => ({}))
    return db.as(lamps.town.posts[by].actor, async (ctx) => {
      const ids = await list.pick(ctx, asked, 1000)
      const rows = await list.load(ctx, ids)
      return { count: await list.count(ctx, asked, 1000), ids, numbers: ids.map((id) => rows.get(id)?.number) }
    })
  }

  test.each(posts)('has for %s the lines that the page shows behind it, in their order, a case as often as it is counted', async (by) => {
    for (const kind of ['appeal', 'event'] as const) {
      for (const [figure, count] of Object.entries(await shown(by, kind, 366))) {
        const lines = await rowsBehind(by, kind, figure, { days: 366 })
        const file = await exported(by, { kind, figure, days: 366 })
        expect([figure, file.count, file.ids.length]).toEqual([figure, count, count])
        expect(file.numbers).toEqual(lines.map(({ number }) => number))
      }
    }
  })

  test('is narrowed to a place and a week as the page is, and refuses a place outside, a figure that there is not, and any other word', async () => {
    const { areas } = lamps.town
    const inPlace: Asked = { kind: 'appeal', figure: 'cases', days: 366, area: areas.xingfu.areaId }
    const lines = await rowsBehind('countyLead', 'appeal', 'cases', { days: 366, area: areas.xingfu.areaId })
    expect((await exported('countyLead', inPlace)).numbers).toEqual(lines.map(({ number }) => number))
    const [first] = (await lamps.send(contract.listFirstTimes, 'countyLead', { query: { days: 366 } })).result.items
    const ofWeek: Asked = { kind: 'event', figure: 'cases', days: 366, place: first!.areaId, week: first!.week }
    expect((await exported('countyLead', ofWeek)).count).toBe(first!.events)
    await expect(exported('communityWorker', { ...inPlace, area: areas.county.areaId })).rejects.toMatchObject({
      code: 'access.area_forbidden',
    })
    await expect(exported('departmentClerk', inPlace)).rejects.toMatchObject({ code: 'access.area_forbidden' })
    await expect(exported('countyLead', { ...inPlace, figure: 'rework.numerator' })).rejects.toMatchObject({ code: 'base.request_invalid' })
    const { query } = figureExport(lamps.deps, () => ({}))
    expect(query.safeParse({ kind: 'appeal', figure: 'cases', days: '30' }).success).toBe(true)
    for (const wrong of [{ areaPath: '/' }, { cursor: 'x' }, { figure: 'cases; DROP' }, { days: '9999' }])
      expect(query.safeParse({ kind: 'appeal', figure: 'cases', ...wrong }).success).toBe(false)
  })

  test('has nothing of a case that the post does not see, whoever names its id', async () => {
    const [elsewhere] = await rowsBehind('siblingWorker', 'appeal', 'cases', { days: 366 })
    const list = figureExport(lamps.deps, () => ({}))
    const rows = await db.as(lamps.town.posts.communityWorker.actor, (ctx) => list.load(ctx, [elsewhere!.caseId]))
    expect(rows.size).toBe(0)
  })
})

test('the events behind three first times are those of the cell and the week [GRID-14]', async () => {
  const { items } = (await lamps.send(contract.listFirstTimes, 'countyLead', { query: { days: 366, limit: 50 } })).result
  expect(items.length).toBeGreaterThan(10)
  for (const { areaId, week, events } of items) {
    expect(await rowsBehind('countyLead', 'event', 'cases', { days: 366, place: areaId, week })).toHaveLength(events)
  }
})

test('lines are masked, and a figure that a kind does not have, a place for a line post, and a foreign area are refused', async () => {
  const [row] = await rowsBehind('dispatcher', 'appeal', 'cases', { days: 366 })
  expect(row).not.toHaveProperty('place')
  const refused = async (by: By, query: Record<string, string>) =>
    (await lamps.send(contract.listFigure, by, { query: { kind: 'appeal', figure: 'cases', ...query } as never })).problem
  expect(await refused('dispatcher', { figure: 'rework.numerator' })).toMatchObject({
    code: 'base.request_invalid',
    fields: [{ path: 'figure' }],
  })
  expect(await refused('dispatcher', { figure: 'response.nothing' })).toMatchObject({ fields: [{ path: 'figure' }] })
  expect(await refused('departmentClerk', { place: lamps.town.areas.county.areaId })).toMatchObject({ fields: [{ path: 'place' }] })
  expect(await refused('dispatcher', { area: lamps.town.areas.county.areaId })).toMatchObject({ code: 'access.area_forbidden' })
})

test('what was never counted is said so, and filled in from the entries', async () => {
  const before = await shown('countyLead', 'appeal', 366)
  await db.superuser(
    "UPDATE cases.case_file SET figures = NULL WHERE kind = 'appeal' AND number < (SELECT max(number) FROM cases.case_file)",
  )
  const { uncounted } = (await lamps.send(contract.getAppealStatistics, 'countyLead', { query: { days: 366 } })).result
  expect(uncounted).toBeGreaterThan(50)
  expect(await fillFigures(lamps.deps)).toBe(uncounted)
  expect(await shown('countyLead', 'appeal', 366)).toEqual(before)
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
})
