import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp, type OpenedCase } from '../../testing/cases-app.ts'

let db: TestDatabase
let lamps: CasesApp
/** Cases by the stage they were led to, an hour apart; those of `there` lie in another community of the township. */
const cases: Record<string, OpenedCase> = {}
let there: OpenedCase
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  for (const stage of ['reported', 'listed', 'sent', 'mending', 'mended', 'done', 'remending', 'checking'] as const) {
    db.clock.advance(3_600_000)
    cases[stage] = await lamps.moveTo(stage)
  }
  there = await lamps.openOne({ areaCode: '239999001002001', title: '向阳苑的路灯', place: '向阳苑 100% 亮' })
  cases.done2 = await lamps.moveTo('done')
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type Query = NonNullable<Parameters<typeof lamps.send<typeof contract.listCases>>[2]>['query']
const list = async (by: By, query: Query = {}) => (await lamps.send(contract.listCases, by, { query })).result
const ids = async (by: By, query: Query = {}) => (await list(by, query)).items.map((row) => row.caseId)
const counts = async (by: By) => (await lamps.send(contract.countCases, by, {})).result.queues
const named = (...stages: string[]) => stages.map((stage) => cases[stage]!.caseId).sort()

describe('whose cases they are', () => {
  test('a territory post lists its area, a line post what its organization works on', async () => {
    const here = Object.values(cases).map((one) => one.caseId)
    expect((await ids('gridWorker')).sort()).toEqual(here.sort())
    expect(await ids('otherGridWorker')).toEqual([])
    expect((await ids('communityWorker')).sort()).toEqual(here)
    expect(await ids('siblingWorker')).toEqual([there.caseId])
    expect((await ids('dispatcher')).sort()).toEqual([...here, there.caseId].sort())
    expect((await ids('countyLead')).sort()).toEqual([...here, there.caseId].sort())
    expect(await ids('otherDispatcher')).toEqual([])
    expect((await ids('departmentClerk')).sort()).toEqual(named('sent', 'mending', 'mended', 'done', 'done2', 'remending', 'checking'))
    expect(await ids('otherClerk')).toEqual([])
  })

  test('each queue holds what waits in it', async () => {
    expect((await ids('dispatcher', { queue: 'desk' })).sort()).toEqual([...named('reported', 'listed'), there.caseId].sort())
    expect((await ids('dispatcher', { queue: 'accept' })).sort()).toEqual([...named('reported'), there.caseId].sort())
    expect(await ids('dispatcher', { queue: 'dispatch' })).toEqual(named('listed'))
    expect((await ids('dispatcher', { queue: 'follow' })).sort()).toEqual(named('mended', 'checking'))
    expect((await ids('dispatcher', { queue: 'rectify' })).sort()).toEqual(named('remending', 'checking'))
    expect((await ids('departmentClerk', { queue: 'mine' })).sort()).toEqual(named('sent', 'mending', 'remending'))
    expect(await ids('communityWorker', { queue: 'mine' })).toEqual([])
  })

  test('a count is the length of its list, for every post and queue', async () => {
    for (const by of ['gridWorker', 'communityWorker', 'dispatcher', 'countyLead', 'departmentClerk', 'propertyClerk'] as const) {
      const all = await counts(by)
      for (const [queue, count] of Object.entries(all)) {
        const open = (await list(by, { queue: queue as 'all', status: 'open' })).items
        expect([by, queue, count.total]).toEqual([by, queue, open.length])
        for (const clock of ['overdue', 'dueSoon', 'paused'] as const) {
          expect([queue, clock, count[clock]]).toEqual([queue, clock, (await ids(by, { queue: queue as 'all', clock })).length])
        }
      }
    }
    expect((await counts('departmentClerk')).mine).toEqual({ total: 3, overdue: 0, dueSoon: 0, paused: 0 })
  })
})

describe('in which order', () => {
  test('the open ones by the deadline of whoever holds them, then the ended ones, latest first', async () => {
    const { items } = await list('dispatcher')
    const open = items.filter((row) => row.status === 'open')
    expect(items.map((row) => row.status)).toEqual([...open.map(() => 'open'), 'closed', 'closed'])
    expect(open.map((row) => row.dueAt)).toEqual(open.map((row) => row.dueAt).sort())
    expect(items.slice(-2).map((row) => row.caseId)).toEqual([cases.done2!.caseId, cases.done!.caseId])
  })

  test.each([1, 2, 3, 7])('page by page, %i at a time, every case comes once and in the same order', async (limit) => {
    for (const by of ['dispatcher', 'departmentClerk'] as const) {
      const whole = await ids(by)
      const paged: string[] = []
      for (let cursor: string | undefined | null; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof list>> = await list(by, { limit, cursor })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        paged.push(...page.items.map((row) => row.caseId))
        cursor = page.next
      }
      expect(paged).toEqual(whole)
    }
  })

  test('a page goes on from its row although the case at its end has moved on meanwhile', async () => {
    const first = await list('dispatcher', { limit: 2, status: 'open' })
    await lamps.move(first.items[1]!.caseId, 'note', 'dispatcher', { note: '看过了' })
    const second = await list('dispatcher', { limit: 2, status: 'open', cursor: first.next! })
    expect(second.items.map((row) => row.caseId)).toEqual((await ids('dispatcher', { status: 'open' })).slice(2, 4))
  })
})

describe('what is asked for', () => {
  test('a stage, a status, a kind, a category', async () => {
    expect(await ids('dispatcher', { stage: 'sent' })).toEqual(named('sent'))
    expect((await ids('dispatcher', { stage: 'done' })).sort()).toEqual(named('done', 'done2'))
    expect(await ids('dispatcher', { stage: 'done', status: 'open' })).toEqual([])
    expect(await ids('dispatcher', { stage: 'nowhere' })).toEqual([])
    expect((await ids('dispatcher', { status: 'closed' })).sort()).toEqual(named('done', 'done2'))
    expect(await ids('dispatcher', { status: 'withdrawn' })).toEqual([])
    expect(await ids('dispatcher', { kind: 'event' })).toEqual([])
    expect(await ids('dispatcher', { category: 'lights', queue: 'dispatch' })).toEqual(named('listed'))
    expect(await ids('dispatcher', { category: 'roads' })).toEqual([])
  })

  test('a number from its start, with or without its dash, and words of the title or the place', async () => {
    const { number } = cases.sent!
    for (const q of [number, number.replace('-', ''), `诉${number}`]) expect(await ids('dispatcher', { q })).toEqual(named('sent'))
    expect(await ids('dispatcher', { q: '向阳苑' })).toEqual([there.caseId])
    expect(await ids('dispatcher', { q: '100%' })).toEqual([there.caseId])
    for (const q of ['%', '向', '路灯 向阳', '阳苑 100%亮'])
      expect(await ids('dispatcher', { q })).toEqual(q === '路灯 向阳' ? [] : [there.caseId])
    expect(await ids('siblingWorker', { q: '向阳苑' })).toEqual([there.caseId])
    expect(await ids('communityWorker', { q: '向阳苑' })).toEqual([])
    expect(await ids('communityWorker', { q: '向' })).toEqual([])
    expect(await ids('dispatcher', { q: '_' })).toEqual([])
    expect(await ids('dispatcher', { q: "'; DROP TABLE" })).toEqual([])
    expect((await ids('dispatcher', { q: '' })).length).toBe(10)
  })

  test('a clock: on time, due soon, overdue, paused', async () => {
    const states = ['onTime', 'dueSoon', 'overdue', 'paused'] as const
    const byState = async () =>
      Object.fromEntries(await Promise.all(states.map(async (clock) => [clock, await ids('dispatcher', { clock })] as const)))
    const mending = cases.mending!.caseId
    await lamps.move(mending, 'pause', 'departmentClerk', {
      reason: '等配件',
      until: new Date(db.clock.now().getTime() + 86_400_000).toISOString(),
    })
    const before = await byState()
    expect(before.paused).toEqual([mending])
    const rows = (await list('dispatcher', { status: 'open' })).items
    for (const clock of states)
      expect(before[clock]!.sort()).toEqual(
        rows
          .filter((row) => row.clock?.state === clock)
          .map((row) => row.caseId)
          .sort(),
      )
    db.clock.advance(60 * 86_400_000)
    const late = await byState()
    expect(late.overdue!.length).toBe(8)
    expect([late.onTime, late.dueSoon, late.paused]).toEqual([[], [], []])
    expect((await counts('dispatcher')).all).toEqual({ total: 8, overdue: 8, dueSoon: 0, paused: 0 })
  })
})
