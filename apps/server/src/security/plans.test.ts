import { type Ctx, encodeCursor, sql, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { type CasesDeps, countCases, countListed, createCatalogue, findSimilarTo, type ListQuery, listCases } from '@linli/cases/server'
import { appeals } from '@linli/scene-appeals/pack'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buffersOf, explaining, nodesOf, type PlanNode, planModes } from './explain.ts'
import { seedManyCases } from './many-cases.ts'
import { seedWorld } from './probe.ts'
import { areas, orgs, subjects } from './world.ts'

const deps = { catalogue: createCatalogue([appeals], () => true) } as unknown as CasesDeps
const limit = 30

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  const client = new pg.Client({ connectionString: db.superuserUrl })
  await client.connect()
  await seedWorld(client)
  // Plans of 200,000 rows are what is asked about, not these few.
  await client.query('TRUNCATE cases.case_file CASCADE')
  await seedManyCases(client, db.clock.now())
  await client.end()
}, 240_000)
afterAll(() => db?.close())

interface Post {
  who: 'cell' | 'community' | 'township' | 'county' | 'department'
  cases: number
  /** Begin with the column of the level, or with the organization. */
  indexes: RegExp
  /** Pages that one page of a list may touch: an index range and its rows, and for a line post the right to each of them. */
  pages: number
  /** Pages per open case, for counting. */
  pagesPerCount: number
}

const posts: Post[] = [
  { who: 'cell', cases: 200_000, indexes: /^case_file_by_cell$/, pages: 400, pagesPerCount: 1.2 },
  { who: 'community', cases: 220_000, indexes: /^case_file_(by|desk_of)_community$/, pages: 400, pagesPerCount: 1.7 },
  { who: 'township', cases: 240_000, indexes: /^case_file_(by|desk_of)_township$/, pages: 400, pagesPerCount: 1.7 },
  { who: 'county', cases: 280_000, indexes: /^case_file_by_county$/, pages: 400, pagesPerCount: 1.2 },
  { who: 'department', cases: 200_000, indexes: /^case_(party_inbox|file_pkey)$/, pages: 2500, pagesPerCount: 6 },
]

/** Lists as the screens ask for them. What is one's own to do comes from the organization's index at every post. */
const queries: Partial<ListQuery>[] = [
  {},
  { status: 'open' },
  { status: 'closed' },
  { queue: 'desk' },
  { queue: 'accept' },
  { queue: 'follow' },
  { queue: 'rectify' },
  { queue: 'extension' },
  { queue: 'mine' },
  { clock: 'overdue' },
  { clock: 'dueSoon' },
  { clock: 'paused' },
  { stage: 'replied' },
  { category: 'noise' },
  { channel: 'app', kind: 'appeal' },
  { cursor: encodeCursor('open', '2026-03-20T00:00:00.000Z', 'ffffffff-0000-4000-8000-000000000000') },
  { cursor: encodeCursor('closed', 'infinity', '80000000-0000-4000-8000-000000000000') },
]

const own = /^case_(party_inbox|file_pkey)$/

/** A page as a request reads it: its statements are planned once for all, and read by one process. */
async function readPage(who: Post['who'], query: Partial<ListQuery>) {
  const plans: PlanNode[] = []
  const work = (ctx: Ctx) => listCases(explaining(ctx, 'force_generic_plan', plans), deps, { limit, ...query })
  const { items } = await transact(db.deps, subjects[who].actor!, work, { isPage: true })
  return { items, plans }
}

test.each(posts)(
  'a page of the list of a $who post with $cases cases is an index range of its level, whatever it is filtered by',
  async ({ who, indexes, pages }) => {
    for (const query of queries) {
      const { items, plans } = await readPage(who, query)
      const seen = { query }
      const nodes = plans.flatMap(nodesOf)
      const scans = nodes.filter((node) => node['Relation Name'] === 'case_file' || node['Relation Name'] === 'case_party')
      expect({ ...seen, seqScans: scans.filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0) }).toEqual({
        ...seen,
        seqScans: [],
      })
      const main = nodes.filter((node) => node['Relation Name'] === 'case_file' && node['Actual Loops'] > 0)
      const foreign = main
        .map((node) => node['Index Name'] ?? node['Node Type'])
        .filter((name) => !(query.queue === 'mine' ? own : indexes).test(name))
      expect({ ...seen, foreign }).toEqual({ ...seen, foreign: [] })
      const removed = main.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0) * node['Actual Loops'], 0)
      const sorted = Math.max(
        0,
        ...nodes.filter((node) => node['Node Type'].endsWith('Sort')).map((node) => node['Actual Rows'] * node['Actual Loops']),
      )
      const touched = buffersOf(plans)
      expect({ ...seen, removed, sorted, tooMany: touched > pages ? touched : 0 }).toEqual({
        ...seen,
        removed: expect.toSatisfy((rows: number) => rows <= 1000),
        sorted: expect.toSatisfy((rows: number) => rows <= limit + 1),
        tooMany: 0,
      })
      if (query.queue !== 'mine' || who === 'department') expect(items).toHaveLength(limit)
    }
  },
)

const monthAgo = () => new Date(db.clock.now().getTime() - 30 * 86_400_000).toISOString().slice(0, 10)
/** Lists in another order or of another place; each from the index that is made for it, whoever asks. */
const narrowed: { query: () => Partial<ListQuery>; pages: number }[] = [
  { query: () => ({ sort: 'opened' }), pages: 500 },
  { query: () => ({ sort: 'opened', status: 'open', clock: 'overdue' }), pages: 6000 },
  { query: () => ({ from: monthAgo() }), pages: 500 },
  { query: () => ({ to: monthAgo(), category: 'noise' }), pages: 2000 },
  { query: () => ({ org: orgs.housing.orgId, status: 'closed' }), pages: 2500 },
  { query: () => ({ area: areas.cell.areaId, status: 'closed' }), pages: 400 },
]

test.each(posts.filter(({ who }) => who !== 'department'))(
  'a list of a $who post by day of opening, of one organization or of one place is no longer than its page',
  async ({ who }) => {
    for (const { query, pages } of narrowed) {
      const { items, plans } = await readPage(who, query())
      const touched = buffersOf(plans)
      expect({ query: query(), touched, isShort: touched <= pages, items: items.length }).toMatchObject({
        isShort: true,
        items: limit,
      })
    }
  },
)

test.each(posts.filter(({ who }) => who !== 'department'))('what no case has is found missing at once, by a $who post', async ({ who }) => {
  for (const query of [{ rated: 'badly' }, { supervised: 'true' }, { merged: 'true' }] as const) {
    const { items, plans } = await readPage(who, query)
    const touched = buffersOf(plans)
    expect({ query, touched, isShort: touched <= 200, items: items.length }).toMatchObject({ isShort: true, items: 0 })
  }
})

test.each(posts)('a total stops at the most that is counted, for a $who post', async ({ who }) => {
  for (const mode of planModes) {
    const plans: PlanNode[] = []
    const total = await transact(db.deps, subjects[who].actor!, (ctx) => countListed(explaining(ctx, mode, plans), deps, {}, 1000))
    expect(total).toBe(1001)
    const touched = buffersOf(plans)
    expect({ mode, touched, isShort: touched <= 12_000 }).toMatchObject({ isShort: true })
  }
})

test.each(posts)('the counts of a $who post read its open cases once, and no others', async ({ who, cases, pagesPerCount }) => {
  for (const mode of planModes) {
    const plans: PlanNode[] = []
    const counts = await transact(db.deps, subjects[who].actor!, (ctx) => countCases(explaining(ctx, mode, plans), 'appeal'))
    const files = plans.flatMap(nodesOf).filter((node) => node['Relation Name'] === 'case_file' && node['Actual Loops'] > 0)
    // Where nearly all cases lie in one place, the index of a level above it, skipped through, serves as well.
    expect(files.map((node) => node['Index Name'] ?? node['Node Type']).filter((name) => !/^case_file_(by_|pkey)/.test(name))).toEqual([])
    expect(counts.all?.total).toBeGreaterThan(cases / 11)
    expect(counts.all?.total).toBeLessThan(cases / 9)
    expect(buffersOf(plans)).toBeLessThan((counts.all?.total ?? 0) * pagesPerCount)
  }
})

/** What a search may touch: a few hundred files by their ids, or the start of the list that is walked. */
const searches = [
  { q: '井盖', pages: 6000, hits: limit },
  { q: '路灯', pages: 6000, hits: limit },
  { q: '亮', pages: 1000, hits: limit },
  { q: '20991231', pages: 150, hits: 0 },
]

test.each(posts)(
  'a word that few cases have is found by its pairs of characters, a common one on the way, by a $who post',
  async ({ who }) => {
    for (const { q, pages, hits } of searches) {
      const { items, plans } = await readPage(who, { q })
      const touched = buffersOf(plans)
      expect({ q, touched, isShort: touched <= pages, hits: items.length }).toEqual({ q, touched, isShort: true, hits })
    }
  },
)

test.each(posts)('what may be the same matter is the range of one community for a $who post, however many there are', async ({ who }) => {
  const { community } = areas.cell.above
  const sighting = {
    communityId: community!,
    place: null,
    position: null,
    at: db.clock.now().getTime(),
    words: '路灯不亮',
    category: 'market',
  }
  for (const mode of planModes) {
    const plans: PlanNode[] = []
    const { items } = await transact(db.deps, subjects[who].actor!, (ctx) =>
      findSimilarTo(explaining(ctx, mode, plans), appeals.caseTypes[0]!, sighting),
    )
    const files = plans.flatMap(nodesOf).filter((node) => node['Relation Name'] === 'case_file' && node['Actual Loops'] > 0)
    const touched = buffersOf(plans)
    const seen = { mode, touched, by: [...new Set(files.map((node) => node['Index Name'] ?? node['Node Type']))].sort() }
    expect({ ...seen, isShort: touched <= 8000, found: items.length }).toEqual({ ...seen, isShort: true, found: 5 })
    expect(seen.by).toContain('case_file_recent')
  }
})

test.each(Object.keys(subjects) as (keyof typeof subjects)[])(
  'the search function tells %s of no file that the policies hide',
  async (who) => {
    const { actor } = subjects[who]
    if (actor?.databaseRole !== 'linli_app') return
    const [found, visible] = await transact(db.deps, actor, async (ctx) => [
      (await ctx.get(sql<{ ids: string[] }>`SELECT cases.find_files('井盖', 1000) AS ids`)).ids,
      (await ctx.rows(sql<{ case_id: string }>`SELECT case_id FROM cases.case_file WHERE title = '井盖松了'`)).map((row) => row.case_id),
    ])
    expect(found.sort()).toEqual(visible.sort())
  },
)
