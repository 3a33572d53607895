import { newId } from '@linli/base/define'
import { publicActor } from '@linli/base/server'
import { anActor, type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { appealStatistics } from './statistics.ts'

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

const statistics = async (by: By, days?: number) =>
  (await lamps.send(contract.getAppealStatistics, by, { query: days ? { days } : {} })).result
const ratesOf = async (by: By, days?: number) =>
  Object.fromEntries(
    (await statistics(by, days)).rates.map(({ key, numerator, denominator, value, leftOut }) => [
      key,
      { share: `${numerator}/${denominator}`, value, leftOut },
    ]),
  )
const call = (resolved: boolean, satisfied?: boolean) => ({
  contactedAt: db.clock.now().toISOString(),
  resolved,
  ...(satisfied !== undefined && { satisfied }),
})

test('before anything happened the rates are unknown, not nought', async () => {
  expect(await statistics('countyLead')).toMatchObject({ appeals: 0, exclusions: [] })
  for (const { value, denominator, definition, name } of (await statistics('countyLead')).rates) {
    expect([value, denominator]).toEqual([null, 0])
    expect([name.length, definition.length].every((length) => length > 2)).toBe(true)
  }
})

/**
 * Ten appeals of Monday, 2 March, counted by hand a month later:
 * A, B contacted within a working day and resolved at once, satisfied and without an opinion; C contacted on Wednesday, too late, not resolved
 * at the first call back, resolved and dissatisfied at the second, in time; D dispatched to one office, an hour later to another, which contacts
 * in time and answers on the 20th, too late for its promise of the 9th, resolved and satisfied; E dispatched and forgotten;
 * F refused; G withdrawn; H not accepted yet; I accepted only; J reported again from F, dispatched and answered at once, nobody has called back.
 */
test('response, resolution, satisfaction and promises kept are what one counts by hand [GRID-07] (the three rates)', async () => {
  const at = (day: string) => db.clock.moveTo(`2026-03-${day}:00+08:00`)
  const { housing, urbanManagement } = lamps.town.orgs
  at('02T09:00')
  const [a, b, c, d] = await Promise.all(Array.from({ length: 5 }, () => lamps.moveTo('sent')))
  const [f, g] = [await lamps.openOne(), await lamps.openOne()]
  await lamps.openOne()
  await lamps.moveTo('listed')
  const j = await lamps.openOne()
  await lamps.move(f!.caseId, 'dismiss', 'communityWorker', { reason: '不归我们管' })
  await lamps.move(j.caseId, 'dismiss', 'communityWorker', { reason: '不归我们管' })
  await lamps.send(contract.withdrawPublicCase, null, { params: { number: g!.number }, body: { requestId: newId(), tail: g!.tail } })
  at('02T10:00')
  await lamps.move(d!.caseId, 'resend', 'dispatcher', { orgId: urbanManagement })
  expect((await ratesOf('dispatcher')).response).toEqual({
    share: '0/0',
    value: null,
    leftOut: [{ key: 'pending', reason: '还没到联系时限', count: 5 }],
  })

  at('03T09:00')
  for (const { caseId } of [a!, b!]) {
    await lamps.move(caseId, 'ring', 'departmentClerk')
    await lamps.move(caseId, 'take', 'departmentClerk')
    await lamps.move(caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })
  }
  await lamps.move(a!.caseId, 'call', 'dispatcher', call(true, true))
  await lamps.move(b!.caseId, 'call', 'dispatcher', call(true))
  await lamps.move(d!.caseId, 'ring', 'otherClerk')
  await lamps.send(contract.reopenPublicCase, null, {
    params: { number: j.number },
    body: { requestId: newId(), tail: j.tail, reason: '就是你们的灯' },
  })
  await lamps.move(j.caseId, 'send', 'dispatcher', { orgId: housing })
  await lamps.move(j.caseId, 'take', 'departmentClerk')
  await lamps.move(j.caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })

  at('04T09:00')
  await lamps.move(c!.caseId, 'ring', 'departmentClerk')
  await lamps.move(c!.caseId, 'take', 'departmentClerk')
  await lamps.move(c!.caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })
  await lamps.move(c!.caseId, 'call', 'dispatcher', call(false, false))
  await lamps.move(c!.caseId, 'mend', 'departmentClerk', { words: '换了整根灯杆' })
  await lamps.move(c!.caseId, 'call', 'dispatcher', call(true, false))
  at('20T09:00')
  await lamps.move(d!.caseId, 'take', 'otherClerk')
  await lamps.move(d!.caseId, 'mend', 'otherClerk', { words: '换了灯泡' })
  await lamps.move(d!.caseId, 'call', 'dispatcher', call(true, true))

  db.clock.moveTo('2026-04-01T09:00:00+08:00')
  const hand = {
    // A, B, D and J in time; C late, E never.
    response: { share: '4/6', value: 4 / 6, leftOut: [] },
    // A, B, C twice, D.
    resolution: { share: '4/5', value: 4 / 5, leftOut: [] },
    // A and D are content, C is not, twice; B said nothing.
    satisfaction: { share: '2/4', value: 2 / 4, leftOut: [{ key: 'silent', reason: '回访时没有表态', count: 1 }] },
    // A, B, C, J kept; D, E and I, whose promise runs since acceptance, broken.
    onTime: { share: '4/7', value: 4 / 7, leftOut: [] },
    // Every dispatch, D's two and none given back.
    rejected: { share: '0/7', value: 0, leftOut: [] },
  }
  expect(await ratesOf('dispatcher', 60)).toEqual(hand)
  const whole = await statistics('dispatcher', 60)
  expect(whole).toMatchObject({ appeals: 10, asOf: '2026-04-01T01:00:00.000Z' })
  expect(whole.exclusions).toEqual([
    { stage: 'dismissed', name: '不修', count: 1 },
    { stage: 'takenBack', name: '已撤回', count: 1 },
  ])

  // The same for whoever sees all of it; nothing for the neighbors; each department its own.
  for (const by of ['gridWorker', 'communityWorker', 'countyLead'] as const) expect(await ratesOf(by, 60)).toEqual(hand)
  expect(await statistics('otherDispatcher', 60)).toMatchObject({ appeals: 0 })
  expect(await ratesOf('otherClerk', 60)).toMatchObject({
    response: { share: '1/1' },
    resolution: { share: '1/1' },
    satisfaction: { share: '1/1' },
    onTime: { share: '0/1' },
  })
  expect(await ratesOf('departmentClerk', 60)).toMatchObject({
    response: { share: '3/5' },
    resolution: { share: '3/4' },
    satisfaction: { share: '1/3' },
    onTime: { share: '4/5' },
  })
  expect(await statistics('departmentClerk', 60)).toMatchObject({ appeals: 5, exclusions: [] })
  // Opened before the days that are asked for.
  expect(await statistics('dispatcher', 7)).toMatchObject({ appeals: 0, exclusions: [] })
})

test('a post without a level, and nobody at all, are counted nothing', async () => {
  for (const actor of [
    publicActor,
    anActor({ reach: 'none' }),
    anActor({ reach: 'line' }),
    anActor({ reach: 'county' }),
    anActor({ reach: 'province', areaPath: null }),
  ]) {
    const { appeals, rates } = await db.as(actor, (ctx) => appealStatistics(ctx, lamps.deps.catalogue, 366))
    expect([actor.reach, appeals, rates.map((rate) => rate.denominator)]).toEqual([actor.reach, 0, [0, 0, 0, 0, 0]])
  }
  const { province } = lamps.town.areas
  const whole = anActor({ reach: 'province', areaId: province.areaId, areaPath: province.areaPath })
  expect((await db.as(whole, (ctx) => appealStatistics(ctx, lamps.deps.catalogue, 366))).appeals).toBe(10)
})
