import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import * as contract from '@linli/cases/contract'
import type { CaseType } from '@linli/cases/define'
import { type CaseHistory, checkEveryProjection, importHistories } from '@linli/cases/server'
import { aWalk, type By, type CasesApp, type Cast, casesApp } from '@linli/cases/testing'
import { loadScenes } from '@linli/scene/server'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packs } from './packs.ts'

type Kind = 'callOut' | 'assistance'
type Figures = Record<string, number>

let db: TestDatabase
let app: CasesApp
const { catalogue } = loadScenes(packs, { switches: { isOn: () => true, note: () => {}, stop: () => {} } })
const typeOf = (kind: Kind): CaseType => catalogue.all().find((type) => type.kind === kind)!
const places = ['239999001001001', '239999001001002', '239999001002', '239999100200001']
const posts = ['communityWorker', 'dispatcher', 'countyLead', 'departmentClerk', 'otherClerk'] as const

beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  app = await casesApp(db, catalogue.all())
  db.clock.moveTo('2026-06-30T09:00:00+08:00')
  const { orgs } = app.town
  const [account] = await db.superuser<{ account_id: string }>('SELECT account_id FROM access.account LIMIT 1')
  const cast: Cast = { orgIds: [orgs.housing, orgs.urbanManagement, orgs.propertyCompany], accountIds: [account!.account_id] }
  for (const kind of ['callOut', 'assistance'] as const) {
    const found: CaseHistory['place'][] = []
    for (const code of places) found.push((await db.system((system) => app.deps.findPlace(system, code)))!)
    const histories = livesOf(kind, cast).map(
      (entries, i): CaseHistory => ({ caseId: newId(entries[0]!.at.getTime()), place: found[i % found.length]!, entries }),
    )
    await db.system((system) => importHistories(system, app.deps, typeOf(kind), histories))
  }
}, 180_000)
afterAll(async () => {
  await app?.close()
  await db?.close()
})

/** Two hundred lives by the rulebook of the scene itself, some of them long over, some still going on. */
function livesOf(kind: Kind, cast: Cast): CaseHistory['entries'][] {
  const stride = fc.record({ pick: fc.nat(100_000), minutes: fc.integer({ min: 1, max: 3000 }) })
  const life = fc.record({ day: fc.nat(80), hour: fc.nat(23), strides: fc.array(stride, { minLength: 2, maxLength: 12 }) })
  const seed = kind === 'callOut' ? 71 : 72
  return fc.sample(life, { numRuns: 200, seed }).map(({ day, hour, strides }, i) => {
    const start = new Date(Date.UTC(2026, 3, 8 + day, hour))
    const asked = {
      orgId: app.town.orgs.xingfuCommittee,
      support: 'staff',
      wantedBy: new Date(start.getTime() + 6 * 86_400_000).toISOString(),
    }
    const opened = kind === 'assistance' ? { by: cast.orgIds[i % 2]!, data: asked } : {}
    const entries = aWalk(typeOf(kind), strides, start, cast, opened).filter(({ at }) => at <= db.clock.now())
    return entries.map((entry) => ({
      ...entry,
      postId: null,
      ...(entry.seq === 1 && { data: { ...entry.data, title: '路口塌了', channel: 'grid', level: ['ordinary', 'urgent'][i % 2]! } }),
    }))
  })
}

interface Life {
  status: string
  stage: string
  main_org_id: string | null
  requester_org_id: string | null
  entries: { move: string; at: string; org_id: string | null; data: Record<string, unknown> }[]
  clocks: { key: string; org_id: string | null; due: string | null; stopped: string | null }[]
}

/** Everything that the post sees of a kind, with its whole log, read past everything that is kept for figures. */
function livesSeenBy(by: (typeof posts)[number], kind: Kind): Promise<Life[]> {
  const { actor } = app.town.posts[by]
  const scope =
    actor.reach === 'line'
      ? `EXISTS (SELECT FROM cases.case_party p WHERE p.case_id = f.case_id AND p.org_id = '${actor.orgId}')`
      : `starts_with(f.area_path, '${actor.areaPath}')`
  return db.superuser<Life>(`
    SELECT f.status, f.stage, f.main_org_id, f.requester_org_id,
      (SELECT jsonb_agg(jsonb_build_object('move', e.move, 'at', e.made_at, 'org_id', e.org_id, 'data', e.data) ORDER BY e.seq) FROM cases.case_entry e WHERE e.case_id = f.case_id) AS entries,
      coalesce((SELECT jsonb_agg(jsonb_build_object('key', c.clock_key, 'org_id', c.org_id, 'due', c.due_at, 'stopped', c.stopped_at)) FROM cases.case_clock c WHERE c.case_id = f.case_id), '[]') AS clocks
    FROM cases.case_file f WHERE f.kind = '${kind}' AND ${scope}`)
}

/** Or the comparison would say nothing of them. */
const alwaysThere: Record<Kind, string[]> = {
  callOut: [
    'registered.numerator',
    'response.numerator',
    'response.letGo',
    'partsOnTime.denominator',
    'partsOnTime.givenBack',
    'handledOnTime.denominator',
  ],
  assistance: [
    'response.numerator',
    'response.letGo',
    'takenOn.numerator',
    'handledOnTime.numerator',
    'rework.numerator',
    'checkedOnTime.denominator',
  ],
}

class Count {
  readonly figures: Figures = {}
  add(figure: string, count = 1): void {
    if (count > 0) this.figures[figure] = (this.figures[figure] ?? 0) + count
  }
  /** Of those that were in time, late, overdue or not yet due. */
  clock(rate: string, { due, stopped }: Life['clocks'][number]): void {
    const now = db.clock.now().getTime()
    const [at, until] = [stopped && Date.parse(stopped), due ? Date.parse(due) : Number.POSITIVE_INFINITY]
    if (!at && until >= now) return this.add(`${rate}.pending`)
    this.add(`${rate}.denominator`)
    if (at && at <= until) this.add(`${rate}.numerator`)
  }
}

const made = (life: Life, ...moves: string[]) => life.entries.filter(({ move }) => moves.includes(move))
const stoppedBy = (life: Life, { stopped }: Life['clocks'][number], ...moves: string[]) =>
  made(life, ...moves).filter(({ at }) => stopped !== null && Date.parse(at) === Date.parse(stopped))

/** How a look at it ended: let through, refused, waiting, taken back before. */
function countLook(count: Count, life: Life, letThrough: string): void {
  const isThrough = made(life, letThrough).length > 0
  if (isThrough) count.add('registered.numerator')
  if (isThrough || life.status === 'closed') count.add('registered.denominator')
  else count.add(life.status === 'open' ? 'registered.waiting' : 'registered.takenBack')
}

/** As somebody counts them who knows the rulebook of 吹哨报到 and nothing of the engine. */
function countCallOuts(lives: readonly Life[], ownOrg: string | undefined): Figures {
  const count = new Count()
  for (const life of lives) {
    if (ownOrg === undefined || life.main_org_id === ownOrg) {
      count.add('cases')
      countLook(count, life, 'issueCall')
      if (life.status !== 'open' && made(life, 'settleCall').length === 0) count.add(`ended.${life.stage}`)
    }
    for (const clock of life.clocks.filter(({ org_id }) => ownOrg === undefined || org_id === ownOrg)) {
      if (clock.key === 'arrive') {
        if (clock.stopped && stoppedBy(life, clock, 'reportInAsLead').length === 0) count.add('response.letGo')
        else count.clock('response', clock)
      }
      if (clock.key === 'report') {
        const came = stoppedBy(life, clock, 'reportIn').some(({ org_id }) => org_id === clock.org_id)
        if (clock.stopped && !came) count.add('partsOnTime.givenBack')
        else count.clock('partsOnTime', clock)
      }
      if (clock.key === 'resolve') {
        if (clock.stopped && stoppedBy(life, clock, 'settleCall').length === 0) count.add('handledOnTime.passedOn')
        else count.clock('handledOnTime', clock)
      }
    }
  }
  return count.figures
}

/** The same for 请社区协助. */
function countRequests(lives: readonly Life[]): Figures {
  const count = new Count()
  for (const life of lives) {
    count.add('cases')
    countLook(count, life, 'admit')
    if (life.status !== 'open' && made(life, 'reportAssisted').length === 0) count.add(`ended.${life.stage}`)
    const yes = made(life, 'takeOn', 'agreeDate').length
    count.add('takenOn.numerator', yes)
    count.add('takenOn.denominator', yes + made(life, 'turnDown').length)
    const confirmed = made(life, 'confirmAssisted')
    count.add('rework.denominator', confirmed.length)
    count.add('rework.numerator', confirmed.filter(({ data }) => data.passed === false).length)
    for (const clock of life.clocks) {
      if (clock.key === 'answer') {
        if (clock.stopped && stoppedBy(life, clock, 'takeOn', 'proposeDate', 'turnDown').length === 0) count.add('response.letGo')
        else count.clock('response', clock)
      }
      if (clock.key === 'assist') {
        if (clock.stopped && stoppedBy(life, clock, 'reportAssisted').length === 0) count.add('handledOnTime.passedOn')
        else count.clock('handledOnTime', clock)
      }
      if (clock.key === 'confirmAssist' && (!clock.stopped || stoppedBy(life, clock, 'confirmAssisted').length > 0))
        count.clock('checkedOnTime', clock)
    }
  }
  return count.figures
}

async function statisticsOf(by: By, kind: Kind) {
  return (await app.send(contract.getAreaStatistics, by, { query: { kind, days: 366 } })).result
}

/** What the page shows, by name; every figure that is not nought. */
async function shown(by: By, kind: Kind): Promise<Figures> {
  const { own } = await statisticsOf(by, kind)
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

async function linesBehind(by: By, kind: Kind, figure: string): Promise<number> {
  let lines = 0
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page: { items: unknown[]; next: string | null } = (
      await app.send(contract.listFigure, by, { query: { kind, figure, days: 366, limit: 50, cursor } })
    ).result
    lines += page.items.length
    cursor = page.next
  }
  return lines
}

describe.each(['callOut', 'assistance'] as const)('two hundred lives of kind %s by its own rulebook', (kind) => {
  test.each(posts)('are counted for %s as whoever reads their logs counts them, and each figure opens to as many lines', async (by) => {
    const { actor } = app.town.posts[by]
    const lives = await livesSeenBy(by, kind)
    const counted = kind === 'callOut' ? countCallOuts(lives, actor.reach === 'line' ? actor.orgId! : undefined) : countRequests(lives)
    const figures = await shown(by, kind)
    expect(figures).toEqual(counted)
    expect(lives.length).toBeGreaterThan(4)
    for (const [figure, count] of Object.entries(figures)) expect([figure, await linesBehind(by, kind, figure)]).toEqual([figure, count])
    if (by === 'countyLead') expect(Object.keys(figures)).toEqual(expect.arrayContaining(alwaysThere[kind]))
  })

  test('says of each rate what is divided by what, and its parts are the whole', async () => {
    const { own, parts, elsewhere } = await statisticsOf('countyLead', kind)
    for (const [i, { name, definition, denominator, numerator }] of own.rates.entries()) {
      expect([name.length > 2, definition.includes('÷')]).toEqual([true, true])
      const all = [...parts, elsewhere!].map((part) => part.rates[i]!)
      expect(all.reduce((sum, rate) => sum + rate.denominator, 0)).toBe(denominator)
      expect(all.reduce((sum, rate) => sum + rate.numerator, 0)).toBe(numerator)
    }
  })
})

test('what is kept for figures is what the logs say', async () => {
  expect((await checkEveryProjection(app.deps)).faults).toEqual([])
})
