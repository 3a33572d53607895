import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'
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
