import { systemActor, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { checkEveryProjection } from '../rebuild.ts'
import { sweepNotices } from './notice-sweep.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases', max: 12 })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

/** As the background of the platform does: batch by batch until nothing is due. */
async function sweep(deps: Pick<CasesApp['deps'], 'catalogue'> = lamps.deps): Promise<void> {
  while ((await transact(db.deps, systemActor, (system) => sweepNotices(system, deps))) > 0);
}

/** Every test begins on another Monday at nine, with nothing left to tell of the tests before. */
const mondays = ['03-09', '04-13', '05-11', '06-08', '07-06', '08-10', '09-07', '11-09', '12-07'].map((day) => `2026-${day}T09:00:00+08:00`)
beforeEach(async () => {
  db.clock.moveTo(mondays.shift()!)
  await sweep()
})

const minutes = (n: number) => db.clock.advance(n * 60_000)
const noticesOf = async (caseId: string) => {
  const rows = await db.superuser<{ payload: { clock: string; round: number; level: number; tells: string[]; template: string } }>(
    `SELECT payload FROM base.outbox WHERE event = 'case.noticed' AND payload->>'caseId' = '${caseId}' ORDER BY outbox_id`,
  )
  return rows.map(({ payload }) => `${payload.clock}.${payload.round} level ${payload.level}`)
}

describe('reminders and escalation', () => {
  test('amber at 80 %, red at 100 %, then the next level, whoever holds the case [GRID-06]', async () => {
    const { caseId } = await lamps.moveTo('reported')
    // Two working hours for acceptance: amber after 96 minutes.
    minutes(95)
    await sweep()
    expect(await noticesOf(caseId)).toEqual([])
    minutes(1)
    await sweep()
    expect(await noticesOf(caseId)).toEqual(['accept.1 level 1'])
    minutes(23)
    await sweep()
    expect(await noticesOf(caseId)).toHaveLength(1)
    minutes(1)
    await sweep()
    expect(await noticesOf(caseId)).toEqual(['accept.1 level 1', 'accept.1 level 2'])
    minutes(24 * 60)
    await sweep()
    await sweep()
    expect(await noticesOf(caseId)).toEqual(['accept.1 level 1', 'accept.1 level 2', 'accept.1 level 3'])
    const [last] = await db.superuser<{ payload: object }>(
      "SELECT payload FROM base.outbox WHERE event = 'case.noticed' ORDER BY outbox_id DESC LIMIT 1",
    )
    expect(last!.payload).toMatchObject({ tells: ['approver', 'county'], template: 'lamp.escalated', clockName: '受理', holder: 'desk' })
    expect(await db.superuser(`SELECT 1 FROM base.audit_entry WHERE action = 'cases.notice' AND subject_id = '${caseId}'`)).toHaveLength(3)
    minutes(30 * 24 * 60)
    await sweep()
    expect(await noticesOf(caseId)).toHaveLength(3)
  })

  test('are told once per case, clock and level, also with three sweepers at once [GRID-06]', async () => {
    const cases = await Promise.all(Array.from({ length: 30 }, () => lamps.openOne()))
    minutes(120)
    await Promise.all([sweep(), sweep(), sweep()])
    await Promise.all([sweep(), sweep(), sweep()])
    for (const { caseId } of cases) expect(await noticesOf(caseId)).toEqual(['accept.1 level 1', 'accept.1 level 2'])
    expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => cases.some(({ caseId }) => caseId === fault.caseId))).toEqual(
      [],
    )
  })

  test('a sweeper that was cut off in the middle leaves nothing behind, and the next one tells it all', async () => {
    const { caseId } = await lamps.openOne()
    minutes(120)
    const cut = transact(db.deps, systemActor, async (system) => {
      await sweepNotices(system, lamps.deps)
      throw new Error('cut')
    })
    await expect(cut).rejects.toThrow('cut')
    expect(await noticesOf(caseId)).toEqual([])
    await sweep()
    expect(await noticesOf(caseId)).toHaveLength(2)
  })

  test('sweeping and moving at the same time neither block each other nor tell of a stopped clock', async () => {
    const cases = await Promise.all(Array.from({ length: 12 }, () => lamps.openOne()))
    minutes(97)
    const moved = Promise.all(cases.map(({ caseId }) => lamps.move(caseId, 'list', 'communityWorker', { appealType: 'help' })))
    await Promise.all([sweep(), sweep(), moved])
    await sweep()
    for (const { caseId } of cases) expect((await noticesOf(caseId)).length).toBeLessThanOrEqual(1)
    expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
  })
})

describe('what a step does to them', () => {
  test('a stopped clock reminds nobody', async () => {
    const { caseId } = await lamps.moveTo('listed')
    await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.housing })
    await lamps.move(caseId, 'take', 'departmentClerk')
    await lamps.move(caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })
    await lamps.move(caseId, 'call', 'dispatcher', { contactedAt: db.clock.now().toISOString(), resolved: true })
    minutes(60 * 24 * 90)
    await sweep()
    expect(await noticesOf(caseId)).toEqual([])
  })

  test('a pause moves them with the deadline, and they come after it', async () => {
    const { caseId } = await lamps.moveTo('mending')
    const { dueAt } = (await lamps.send(contract.getCase, 'departmentClerk', { params: { caseId } })).result
    await lamps.move(caseId, 'pause', 'departmentClerk', {
      reason: '等配件',
      until: new Date(db.clock.now().getTime() + 7 * 86_400_000).toISOString(),
    })
    const paused = (await lamps.send(contract.getCase, 'departmentClerk', { params: { caseId } })).result
    // Of the four working days none is used up before the next Monday: Thursday instead of Friday of the week before.
    expect(Date.parse(paused.dueAt!)).toBe(Date.parse(dueAt!) + 6 * 86_400_000)
    db.clock.moveTo(dueAt!)
    minutes(1)
    await sweep()
    // Only the contact was due meanwhile: it is not held by a pause.
    expect((await noticesOf(caseId)).filter((notice) => !notice.startsWith('ring'))).toEqual([])
    db.clock.moveTo(paused.clocks.find((clock) => clock.key === 'repair')!.amberAt)
    await sweep()
    expect(await noticesOf(caseId)).toContain('repair.1 level 1')
    expect(await noticesOf(caseId)).not.toContain('repair.1 level 2')
    db.clock.moveTo(paused.dueAt!)
    await sweep()
    expect(await noticesOf(caseId)).toContain('repair.1 level 2')
  })

  test('an amber that was told before the pause is not told again after it', async () => {
    const { caseId } = await lamps.moveTo('mending')
    const { clocks } = (await lamps.send(contract.getCase, 'departmentClerk', { params: { caseId } })).result
    db.clock.moveTo(clocks.find((clock) => clock.key === 'repair')!.amberAt)
    await sweep()
    await lamps.move(caseId, 'pause', 'departmentClerk', {
      reason: '等配件',
      until: new Date(db.clock.now().getTime() + 7 * 86_400_000).toISOString(),
    })
    // What comes next is the lowest level that was not told, and the check of projections knows it.
    expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
    minutes(60 * 24 * 60)
    await sweep()
    const repair = (await noticesOf(caseId)).filter((notice) => notice.startsWith('repair'))
    expect(repair).toEqual(['repair.1 level 1', 'repair.1 level 2', 'repair.1 level 3'])
  })

  test('another department is reminded of its own clock, the promise to the resident of the one it has', async () => {
    const { caseId } = await lamps.moveTo('sent')
    await lamps.move(caseId, 'resend', 'dispatcher', { orgId: lamps.town.orgs.urbanManagement })
    minutes(60 * 24 * 60)
    await sweep()
    const notices = await noticesOf(caseId)
    expect(notices.filter((notice) => notice.startsWith('repair'))).toEqual(['repair.2 level 1', 'repair.2 level 2', 'repair.2 level 3'])
    expect(notices.filter((notice) => notice.startsWith('promise'))).toEqual([
      'promise.1 level 1',
      'promise.1 level 2',
      'promise.1 level 3',
    ])
  })

  test('where the scene is switched off nobody is told until it is on again', async () => {
    const { caseId } = await lamps.openOne()
    minutes(120)
    const off = { catalogue: { ...lamps.deps.catalogue, isOn: () => false } }
    await sweep(off)
    expect(await noticesOf(caseId)).toEqual([])
    expect((await checkEveryProjection(lamps.deps)).faults.filter((fault) => fault.caseId === caseId)).toEqual([])
    minutes(10)
    await sweep()
    expect(await noticesOf(caseId)).toEqual(['accept.1 level 1', 'accept.1 level 2'])
  })
})
