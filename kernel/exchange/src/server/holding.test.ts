import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ExportJob, HeldExport } from '../contract/export.ts'
import { exportRule } from '../define/export-rule.ts'
import { type ExportsApp, exportsApp } from '../testing/exports-app.ts'
import { addLamps, lampList, lampTable } from '../testing/lamp-list.ts'
import type { ExportWorker } from './export-worker.ts'

let db: TestDatabase
let lamps: ExportsApp
let worker: ExportWorker
beforeAll(async () => {
  db = await testDatabase({ through: 'exchange' })
  lamps = await exportsApp(db, [lampList()], { ...exportRule, rowsPerDay: 100, rowsPerFile: 150, mostWaiting: 3 })
  await db.superuser(lampTable)
  await db.superuser(addLamps(lamps.town.areas.xingfu.areaPath, 60))
  await db.superuser(addLamps(lamps.town.areas.liulin.areaPath, 151))
  worker = lamps.worker()
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})
let day = 0
beforeEach(async () => {
  await db.superuser('DELETE FROM exchange.export_job')
  db.clock.moveTo(`2026-03-${String(2 + day++).padStart(2, '0')}T12:00:00+08:00`)
})

const alerts = () =>
  db.superuser<{ payload: Record<string, unknown> }>("SELECT payload FROM base.outbox WHERE event = 'security.alerted' ORDER BY outbox_id")
const held = async () => (await lamps.send('securityAdmin', 'GET', '/exports/held')).json<{ items: HeldExport[] }>().items
const decide = (exportId: string, release: boolean, by: 'securityAdmin' | 'communityWorker' | 'auditAdmin' = 'securityAdmin') =>
  lamps.send(by, 'POST', `/exports/${exportId}/decision`, { requestId: newId(), release, reason: '已电话核实' })

describe('[SEC-07] an export at night', () => {
  test.each([
    ['21:59', 'queued'],
    ['22:00', 'held'],
    ['23:59', 'held'],
    ['00:00', 'held'],
    ['05:59', 'held'],
    ['06:00', 'queued'],
  ])('asked for at %s in Asia/Shanghai it is %s', async (time, state) => {
    db.clock.moveTo(`2026-04-${10 + day}T${time}:00+08:00`)
    const job = await lamps.ask('communityWorker')
    expect([job.state, job.heldFor]).toEqual([state, state === 'held' ? 'night' : null])
    await lamps.send('communityWorker', 'POST', `/exports/${job.exportId}/cancel`, { requestId: newId() })
  })

  test('waits, and the security administrator is alerted; no worker touches it', async () => {
    db.clock.moveTo('2026-05-06T23:10:00+08:00')
    const before = (await alerts()).length
    const job = await lamps.ask('communityWorker')
    await worker.drain()
    expect((await lamps.job('communityWorker', job.exportId)).state).toBe('held')
    const { accountId, actor } = lamps.town.posts.communityWorker
    expect((await alerts()).slice(before).map(({ payload }) => payload)).toEqual([
      { alert: 'export-night', accountId, orgId: actor.orgId, areaPath: actor.areaPath, count: 60, at: '2026-05-06T15:10:00.000Z' },
    ])
    expect((await lamps.trail(job.exportId)).map(({ action }) => action)).toEqual(['exchange.held'])
    expect(await held()).toMatchObject([
      { exportId: job.exportId, heldFor: 'night', rowsExpected: 60, byName: '王小燕', purpose: '月度核对', accountId },
    ])
    expect(JSON.stringify(await held())).not.toContain('query')

    expect((await decide(job.exportId, true, 'communityWorker')).status).toBe(403)
    expect((await decide(job.exportId, true, 'auditAdmin')).status).toBe(403)
    expect((await decide(job.exportId, true)).json()).toEqual({ exportId: job.exportId, state: 'queued' })
    expect((await decide(job.exportId, false)).json<{ code: string }>().code).toBe('exchange.already_ended')
    await worker.drain()
    expect(await lamps.job('communityWorker', job.exportId)).toMatchObject({
      state: 'done',
      heldFor: 'night',
      decisionReason: '已电话核实',
    })
    expect((await lamps.trail(job.exportId)).map(({ action }) => action)).toEqual(['exchange.held', 'exchange.released', 'exchange.done'])
    expect((await lamps.send('securityAdmin', 'GET', `/exports/${job.exportId}/file`)).status).toBe(403)
  })

  test('refused, it is over, and the person reads why', async () => {
    db.clock.moveTo('2026-05-08T02:00:00+08:00')
    const job = await lamps.ask('communityWorker')
    expect((await decide(job.exportId, false)).status).toBe(200)
    expect(await lamps.job('communityWorker', job.exportId)).toMatchObject({
      state: 'canceled',
      reason: 'refused',
      decisionReason: '已电话核实',
    })
    expect((await lamps.trail(job.exportId)).at(-1)).toMatchObject({
      action: 'exchange.refused',
      account_id: lamps.town.posts.securityAdmin.accountId,
    })
  })
})

describe('more than a day is worth', () => {
  test('is held whatever the lists and files it was cut into, and the next day begins anew', async () => {
    expect((await lamps.ask('communityWorker')).state).toBe('queued')
    const second = await lamps.ask('communityWorker')
    expect([second.state, second.heldFor]).toEqual(['held', 'volume'])
    expect((await alerts()).at(-1)?.payload).toMatchObject({ alert: 'export-volume', count: 60 })
    await lamps.send('communityWorker', 'POST', `/exports/${second.exportId}/cancel`, { requestId: newId() })
    db.clock.advance(24 * 3_600_000)
    expect((await lamps.ask('communityWorker')).state).toBe('queued')
  })

  test('two requests at once are not both the last that fits', async () => {
    const both = await Promise.all([lamps.ask('communityWorker'), lamps.ask('communityWorker')])
    expect(both.map(({ state }) => state).sort()).toEqual(['held', 'queued'])
    for (const { exportId } of both) await lamps.send('communityWorker', 'POST', `/exports/${exportId}/cancel`, { requestId: newId() })
  })

  test('one file has an end, and so has the line of one person', async () => {
    const refused = async (by: 'villageWorker' | 'communityWorker') =>
      (await lamps.send(by, 'POST', '/exports', { requestId: newId(), list: 'lamps.list', format: 'csv', purpose: '核对' })).json<{
        code: string
      }>().code
    expect(await refused('villageWorker')).toBe('exchange.too_large')
    db.clock.moveTo('2026-06-01T23:00:00+08:00')
    const waiting: ExportJob[] = []
    for (let i = 0; i < 3; i++) waiting.push(await lamps.ask('communityWorker'))
    expect(await refused('communityWorker')).toBe('exchange.too_many_waiting')
    await lamps.send('communityWorker', 'POST', `/exports/${waiting[0]!.exportId}/cancel`, { requestId: newId() })
    expect((await lamps.ask('communityWorker')).state).toBe('held')
  })
})
