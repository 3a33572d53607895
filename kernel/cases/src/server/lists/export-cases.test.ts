import { type TestDatabase, testDatabase } from '@linli/base/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { caseExport } from './export-cases.ts'

let db: TestDatabase
let lamps: CasesApp
let list: ReturnType<typeof caseExport>
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  list = caseExport(lamps.deps, (lang): Record<string, string> => (lang === 'en' ? { 'category.lights': 'Lights' } : {}))
  for (const stage of ['reported', 'listed', 'sent', 'mending', 'mended', 'done', 'remending', 'done'] as const) {
    db.clock.advance(3_600_000)
    await lamps.moveTo(stage)
  }
  await lamps.openOne({ areaCode: '239999001002001', title: '向阳苑的路灯', place: '向阳苑 100% 亮' })
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type Filter = Parameters<typeof list.pick>[1]
type Post = NonNullable<By>

/** The list as the screen has it, page after page. */
async function shown(by: Post, query: Filter): Promise<contract.CaseRow[]> {
  const rows: contract.CaseRow[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: { items: contract.CaseRow[]; next: string | null } = (
      await lamps.send(contract.listCases, by, { query: { ...query, limit: 3, cursor } })
    ).result
    rows.push(...page.items)
    cursor = page.next
  }
  return rows
}

async function exported(by: Post, query: Filter): Promise<contract.CaseRow[]> {
  return db.as(lamps.town.posts[by].actor, async (ctx) => {
    const ids = await list.pick(ctx, query, 1000)
    expect(await list.count(ctx, query, 1000)).toBe(ids.length)
    const rows = await list.load(ctx, ids, query)
    return ids.map((id) => rows.get(id)!)
  })
}

const posts = [
  'gridWorker',
  'communityWorker',
  'siblingWorker',
  'dispatcher',
  'countyLead',
  'departmentClerk',
  'otherClerk',
  'otherDispatcher',
] as const
const filters: Filter[] = [
  {},
  { status: 'open' },
  { status: 'closed' },
  { queue: 'mine' },
  { queue: 'desk' },
  { queue: 'rectify' },
  { clock: 'overdue' },
  { clock: 'onTime' },
  { stage: 'sent' },
  { q: '向阳苑' },
  { q: '路' },
  { category: 'lights', kind: 'appeal' },
]

test('[SEC-01] what is exported is what the post sees on the screen, row by row and in the same order, for every post and filter', async () => {
  let rows = 0
  for (const by of posts) {
    for (const query of filters) {
      const wanted = await shown(by, query)
      expect([by, query, await exported(by, query)]).toEqual([by, query, wanted])
      rows += wanted.length
    }
  }
  expect(rows).toBeGreaterThan(60)
})

/** Any filter that a screen can put together. */
function anyFilter(): fc.Arbitrary<Filter> {
  const { areas, orgs } = lamps.town
  const today = new Date(db.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const one = <const T>(...values: T[]) => fc.constantFrom(...values)
  return fc.record(
    {
      queue: one('all', 'mine', 'desk', 'rectify', 'supervised'),
      stage: one('sent', 'mending', 'done', 'reported'),
      kind: one('appeal', 'event'),
      status: one('open', 'closed', 'withdrawn'),
      clock: one('onTime', 'dueSoon', 'overdue'),
      category: one('lights', 'roads'),
      area: one(areas.xingfu.areaId, areas.xiangyang.areaId, areas.xingfuCell1.areaId),
      org: one(orgs.housing, orgs.xingfuCommittee),
      channel: one('app', 'phone'),
      from: one(today, '2020-01-01'),
      to: one(today, '2020-01-01'),
      supervised: one('true'),
      merged: one('true'),
      rated: one('badly', 'well'),
      q: one('路灯', '向阳苑', '1'),
      sort: one('opened'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Filter>
}

test('[SEC-01] whatever is filtered and sorted, exported rows are listed rows in the same order, and the total is their number', async () => {
  let seen = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('dispatcher', 'countyLead', 'departmentClerk'),
      fc.oneof(anyFilter(), oneWord()),
      async (by, query) => {
        // An area out of one's own is refused, as the list refuses it.
        const wanted = await shown(by, query)
        expect(await exported(by, query)).toEqual(wanted)
        expect((await lamps.send(contract.findTotal, by, { query })).result).toMatchObject({ total: wanted.length, isMore: false })
        seen += wanted.length
      },
    ),
    { numRuns: 120, seed: 20260301 },
  )
  expect(seen).toBeGreaterThan(100)
})

/** Of all that could be asked for, one thing: so that there is something to find. */
const oneWord = () =>
  anyFilter().chain((filter) => {
    const entries = Object.entries(filter)
    return entries.length === 0 ? fc.constant(filter) : fc.constantFrom(...entries).map((entry) => Object.fromEntries([entry]) as Filter)
  })

test('a limit cuts the list where it stands, and a count stops just beyond it', async () => {
  const { actor } = lamps.town.posts.dispatcher
  const all = await shown('dispatcher', {})
  for (const most of [0, 1, 7, 100]) {
    const [ids, count] = await db.as(actor, async (ctx) => [await list.pick(ctx, {}, most), await list.count(ctx, {}, most)] as const)
    expect(ids).toEqual(all.slice(0, most).map(({ caseId }) => caseId))
    expect(count).toBe(Math.min(all.length, most + 1))
  }
})

test('a case of another area is not loaded, whoever names its id', async () => {
  const [elsewhere] = await shown('siblingWorker', {})
  const rows = await db.as(lamps.town.posts.communityWorker.actor, (ctx) => list.load(ctx, [elsewhere!.caseId], {}))
  expect(rows.size).toBe(0)
})

test('nothing of who reported is among the columns, and words come in the language of the file', async () => {
  const row = (await shown('dispatcher', { stage: 'sent' }))[0]!
  const cells = (lang: 'zh' | 'en') => Object.fromEntries(list.columns.map((column) => [column.key, column.value(row, lang)]))
  expect(Object.keys(cells('zh')).filter((key) => /phone|name|reporter|contact/i.test(key))).toEqual([])
  expect(JSON.stringify([cells('zh'), cells('en')])).not.toMatch(/19999990042|孙桂兰/)
  expect(cells('en')).toMatchObject({ category: 'Lights', status: 'Open', channel: 'Resident', number: row.number })
  expect(cells('zh')).toMatchObject({ status: '办理中', channel: '居民端', opened: new Date(row.openedAt) })
})

test('a filter that the list does not have is not understood', () => {
  expect(list.query.safeParse({ queue: 'all', q: '灯' }).success).toBe(true)
  for (const wrong of [{ areaPath: '/' }, { cursor: 'x' }, { limit: '5' }, { queue: 'secret' }])
    expect(list.query.safeParse(wrong).success).toBe(false)
})
