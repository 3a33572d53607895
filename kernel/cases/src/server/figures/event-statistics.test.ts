import { newId } from '@linli/base/define'
import { publicActor } from '@linli/base/server'
import { anActor, type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { listFirstTimes } from './list-first-times.ts'
import { eventStatistics } from './statistics.ts'

let db: TestDatabase
let trees: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  trees = await casesApp(db)
})
afterAll(async () => {
  await trees?.close()
  await db?.close()
})

const statistics = async (by: By, days?: number) =>
  (await trees.send(contract.getEventStatistics, by, { query: days ? { days } : {} })).result
const firstTimes = async (by: By, query: { days?: number; limit?: number; cursor?: string } = {}) =>
  (await trees.send(contract.listFirstTimes, by, { query: { days: 60, ...query } })).result
const ratesOf = async (by: By, days?: number) =>
  Object.fromEntries(
    (await statistics(by, days)).rates.map(({ key, numerator, denominator, leftOut }) => [
      key,
      [`${numerator}/${denominator}`, ...leftOut.map(({ reason, count }) => `${reason} ${count}`)],
    ]),
  )
const at = (day: string) => db.clock.moveTo(`2026-03-${day}:00+08:00`)
const open = async (level = 'big', occurredAt?: string, areaCode = '239999001001001') =>
  (
    await trees.send(contract.openCase, 'communityWorker', {
      body: {
        requestId: newId(),
        kind: 'event',
        channel: 'grid',
        detail: '一棵树横在路上',
        category: 'trees',
        level,
        areaCode,
        ...(occurredAt && { occurredAt: `2026-03-${occurredAt}:00+08:00` }),
      },
    })
  ).result.caseId
const { believe, send, saw, inspect } = {
  believe: (caseId: string) => trees.move(caseId, 'believe', 'communityWorker', { level: 'big' }),
  send: (caseId: string, org: 'housing' | 'urbanManagement' = 'housing') =>
    trees.move(caseId, 'send', 'dispatcher', { orgId: trees.town.orgs[org] }),
  saw: (caseId: string, by: 'departmentClerk' | 'otherClerk' = 'departmentClerk') => trees.move(caseId, 'saw', by, { sawn: '锯了' }),
  inspect: (caseId: string, passed: boolean) => trees.move(caseId, 'inspect', 'dispatcher', { passed }),
}

test('before anything happened the rates are unknown, not nought', async () => {
  const { events, rates, exclusions } = await statistics('countyLead')
  expect([events, rates.map(({ value }) => value), exclusions]).toEqual([0, [null, null, null, null, null], []])
  expect((await firstTimes('countyLead')).items).toEqual([])
})

/**
 * Monday, 2 March, counted by hand a month later. A: arose 8:00, reported 9:00, believed 9:30, sent 10:00 to housing (3 working days), done 12:00,
 * fails its check, done again on Tuesday 9:30, passes. B: reported 9:00, believed 9:10, sent to housing, given back, sent to the other office,
 * done on the 12th, too late, never checked. C: small, pushed aside at 9:40. D: not believed. E: nobody looked. F: sent and forgotten.
 * G: the week after, in the other cell, big, pushed aside after an hour and checked a week later, too late.
 */
test('the figures of events are what one counts by hand, with definition and what is left out, and nothing of appeals is in them', async () => {
  at('02T09:00')
  const a = await open('big', '02T08:00')
  const [b, c, d, , f] = [await open(), await open('small'), await open(), await open(), await open()]
  await trees.openOne()
  at('02T09:10')
  await believe(b)
  await believe(f)
  await trees.move(d, 'doubt', 'communityWorker')
  at('02T09:30')
  await believe(a)
  at('02T09:40')
  await trees.move(c, 'pushAside', 'communityWorker', { sawn: '搬开了' })
  at('02T10:00')
  for (const one of [a, b, f]) await send(one)
  await trees.move(b, 'refuse', 'departmentClerk', { reason: '不归我', basis: '清单' })
  await send(b, 'urbanManagement')
  expect(await ratesOf('dispatcher')).toMatchObject({
    registered: ['4/5', '还没有核实 1'],
    handledOnTime: ['0/0', '还没到期 3', '退单、改派或移交，没有处置 1', '网格自处置，没有派遣 1'],
    rejected: ['1/4'],
  })
  at('02T12:00')
  await saw(a)
  await inspect(a, false)
  at('03T09:30')
  await saw(a)
  await inspect(a, true)
  at('09T09:00')
  const g = await open('big', undefined, '239999001001002')
  at('09T10:00')
  await trees.move(g, 'pushAside', 'communityWorker', { sawn: '搬开了' })
  at('12T09:00')
  await saw(b, 'otherClerk')
  at('16T10:00')
  await inspect(g, true)
  db.clock.moveTo('2026-04-01T09:00:00+08:00')

  const hand = {
    // A, B, C, F, G of these and D.
    registered: ['5/6', '还没有核实 1'],
    // A in time; B late, F never.
    handledOnTime: ['1/3', '退单、改派或移交，没有处置 1', '网格自处置，没有派遣 2'],
    rework: ['1/3'],
    rejected: ['1/4'],
    // A twice in time; G late, B never.
    checkedOnTime: ['2/4'],
  }
  expect(await ratesOf('dispatcher', 60)).toEqual(hand)
  expect(await ratesOf('countyLead', 60)).toEqual(hand)
  const whole = await statistics('dispatcher', 60)
  expect(whole).toMatchObject({
    events: 7,
    asOf: '2026-04-01T01:00:00.000Z',
    exclusions: [{ stage: 'standing', name: '没有倒', count: 1 }],
  })
  expect(whole.rates.every(({ name, definition }) => name.length > 2 && definition.includes('÷'))).toBe(true)

  // The line posts: what each was charged with, and every dispatch to it.
  expect(await ratesOf('departmentClerk', 60)).toMatchObject({ handledOnTime: ['1/2', '退单、改派或移交，没有处置 1'], rejected: ['1/3'] })
  expect(await ratesOf('otherClerk', 60)).toMatchObject({ handledOnTime: ['0/1'], rejected: ['0/1'] })
  expect(await statistics('otherDispatcher', 60)).toMatchObject({ events: 0 })
  expect(await statistics('gridWorker', 60)).toMatchObject({ events: 6 })
  // Neither is an appeal counted here nor an event there.
  expect((await trees.send(contract.getAppealStatistics, 'dispatcher', { query: { days: 60 } })).result).toMatchObject({ appeals: 1 })
})

test('three first times are medians of each cell and week [GRID-14]', async () => {
  const { items, next, definition } = await firstTimes('dispatcher')
  expect([next, definition.includes('中位数')]).toEqual([null, true])
  expect(items.map(({ areaName: _, areaId: __, ...row }) => row)).toEqual([
    {
      week: '2026-03-02',
      events: 6,
      known: { minutes: 60, count: 1 },
      // A 30, B and F 10, C 40 minutes.
      seen: { minutes: 20, count: 4 },
      // A 24 hours, C none, B from the 2nd 9:10 to the 12th 9:00.
      handled: { minutes: 1440, count: 3 },
    },
    {
      week: '2026-03-09',
      events: 1,
      known: { minutes: null, count: 0 },
      seen: { minutes: 60, count: 1 },
      handled: { minutes: 0, count: 1 },
    },
  ])
  expect(new Set(items.map(({ areaName }) => areaName)).size).toBe(2)
  // Some places at a time; a post of a line sees files, not places.
  const first = await firstTimes('countyLead', { limit: 1 })
  const second = await firstTimes('countyLead', { limit: 1, cursor: first.next! })
  expect([...first.items, ...second.items, second.next]).toEqual([...items, null])
  expect((await firstTimes('departmentClerk')).items).toEqual([])
})

test('a post without a level, and nobody at all, are counted nothing', async () => {
  for (const actor of [publicActor, anActor({ reach: 'none' }), anActor({ reach: 'line' }), anActor({ reach: 'county' })]) {
    const { events } = await db.as(actor, (ctx) => eventStatistics(ctx, trees.deps.catalogue, 366))
    const { items } = await db.as(actor, (ctx) => listFirstTimes(ctx, { days: 366, limit: 10 }))
    expect([actor.reach, events, items]).toEqual([actor.reach, 0, []])
  }
})
