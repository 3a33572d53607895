import { setTimeout as pause } from 'node:timers/promises'
import { systemActor, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ExportJob } from '../contract/export.ts'
import { type ExportsApp, exportsApp } from '../testing/exports-app.ts'
import { addLamps, type LampList, lampList, lampTable } from '../testing/lamp-list.ts'
import { claimExport } from './claim-export.ts'
import type { ExportWorker } from './export-worker.ts'
import { purgeExports } from './purge-exports.ts'

let db: TestDatabase
let lamps: ExportsApp
let list: LampList
let worker: ExportWorker | undefined
beforeAll(async () => {
  db = await testDatabase({ through: 'exchange' })
  list = lampList()
  lamps = await exportsApp(db, [list])
  await db.superuser(lampTable)
  for (const area of ['xingfu', 'xiangyang', 'liulin'] as const) await db.superuser(addLamps(lamps.town.areas[area].areaPath, 1600))
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})
beforeEach(async () => {
  list.beforePage = async () => {}
  await db.superuser("UPDATE exchange.export_job SET state = 'canceled', lease_id = NULL, lease_until = NULL WHERE state <> 'done'")
  // Whoever is left from the test before would take this one's work.
  await Promise.all(made.splice(0).map((one) => one.stop()))
  worker = aWorker()
})

const made: ExportWorker[] = []
function aWorker(): ExportWorker {
  const one = lamps.worker()
  made.push(one)
  return one
}

const rowOf = async ({ exportId }: ExportJob) =>
  (
    await db.superuser<{ state: string; reason: string | null; attempts: number; rows_done: number }>(
      `SELECT state, reason, attempts, rows_done FROM exchange.export_job WHERE export_id = '${exportId}'`,
    )
  )[0]
const parts = async () => (await lamps.onDisk()).filter((name) => name.endsWith('.part'))

/** Runs until the writer stands before this page, does something there, and lets it go on. */
async function inTheMiddle(page: number, act: () => Promise<unknown>): Promise<void> {
  list.beforePage = async (at) => {
    if (at === page) await act()
  }
  await worker!.drain()
}

test('canceled in the middle, it leaves no file and no half of one', async () => {
  const job = await lamps.ask('communityWorker')
  let seen: ExportJob | undefined
  await inTheMiddle(3, async () => {
    seen = await lamps.job('communityWorker', job.exportId)
    expect(await parts()).toHaveLength(1)
    expect((await lamps.send('communityWorker', 'GET', `/exports/${job.exportId}/file`)).json<{ code: string }>().code).toBe(
      'exchange.not_ready',
    )
    const body = { requestId: crypto.randomUUID() }
    expect((await lamps.send('communityWorker', 'POST', `/exports/${job.exportId}/cancel`, body)).status).toBe(200)
  })
  expect(seen).toMatchObject({ state: 'running', rowsDone: 1000, rowsExpected: 1600 })
  expect(await lamps.job('communityWorker', job.exportId)).toMatchObject({ state: 'canceled', reason: 'by-person', bytes: null })
  expect(await lamps.onDisk()).toEqual([])
  const again = await lamps.send('communityWorker', 'POST', `/exports/${job.exportId}/cancel`, { requestId: crypto.randomUUID() })
  expect(again.json<{ code: string }>().code).toBe('exchange.already_ended')
})

test('a post that ends in the middle gets no file: not the rest, and not what was read before', async () => {
  const job = await lamps.ask('villageWorker')
  const { postId } = lamps.town.posts.villageWorker
  await inTheMiddle(2, () => db.superuser(`UPDATE access.post SET ended_at = now() WHERE post_id = '${postId}'`))
  expect(await rowOf(job)).toMatchObject({ state: 'failed', reason: 'post-ended' })
  expect(await lamps.onDisk()).toEqual([])
  expect((await lamps.trail(job.exportId)).at(-1)).toMatchObject({ action: 'exchange.failed', detail: { reason: 'post-ended' } })
})

test('an account that is disabled between the last page and the file gets none either', async () => {
  const job = await lamps.ask('siblingWorker')
  const { accountId } = lamps.town.posts.siblingWorker
  await inTheMiddle(4, () => db.superuser(`UPDATE access.account SET disabled_at = now() WHERE account_id = '${accountId}'`))
  expect(await rowOf(job)).toMatchObject({ state: 'failed', reason: 'post-ended' })
  await db.superuser(`UPDATE access.account SET disabled_at = NULL WHERE account_id = '${accountId}'`)
})

test('the right to the list withdrawn in the middle ends it as well', async () => {
  const job = await lamps.ask('communityWorker')
  const right = "role_key = 'communityWorker' AND permission = 'cases.read'"
  await inTheMiddle(2, () => db.superuser(`DELETE FROM access.role_permission WHERE ${right}`))
  expect(await rowOf(job)).toMatchObject({ state: 'failed', reason: 'post-ended' })
  await db.superuser("INSERT INTO access.role_permission (role_key, permission) VALUES ('communityWorker', 'cases.read')")
})

test('what a killed worker had begun is begun again by the next when its lease has run out, and comes out whole', async () => {
  await worker!.stop()
  const job = await lamps.ask('communityWorker')
  // As kill -9 leaves it: taken, and never heard of again.
  expect((await transact(db.deps, systemActor, claimExport))?.export_id).toBe(job.exportId)
  const next = aWorker()
  await next.drain()
  expect((await lamps.job('communityWorker', job.exportId)).state).toBe('running')
  db.clock.advance(61_000)
  await next.drain()
  expect(await lamps.job('communityWorker', job.exportId)).toMatchObject({ state: 'done', rowsDone: 1600 })
  expect((await lamps.trail(job.exportId)).map(({ action }) => action)).toEqual(['exchange.asked', 'exchange.done'])
})

test('a worker that comes back after its lease ran out writes nothing over the one that took over', async () => {
  const job = await lamps.ask('communityWorker')
  const other = aWorker()
  let took = false
  await inTheMiddle(2, async () => {
    if (took) return
    took = true
    db.clock.advance(61_000)
    // The other one stands at the same gate; the first goes on only when it is through.
    list.beforePage = async () => {}
    await other.drain()
  })
  expect(await lamps.job('communityWorker', job.exportId)).toMatchObject({ state: 'done', rowsDone: 1600 })
  expect(await parts()).toEqual([])
  expect((await lamps.trail(job.exportId)).filter(({ action }) => action === 'exchange.done')).toHaveLength(1)
})

test('an export that ended three workers is not begun a fourth time, and says so', async () => {
  // A worker looks by itself once a second; these claims are those of workers that die.
  await worker!.stop()
  const job = await lamps.ask('communityWorker')
  for (let i = 0; i < 3; i++) {
    expect((await transact(db.deps, systemActor, claimExport))?.attempts).toBe(i + 1)
    db.clock.advance(61_000)
  }
  await aWorker().drain()
  expect(await lamps.job('communityWorker', job.exportId)).toMatchObject({ state: 'failed', reason: 'interrupted' })
  expect((await lamps.trail(job.exportId)).at(-1)).toMatchObject({ action: 'exchange.failed' })
})

test('a process that stops puts its export back into the line, and that is no attempt', async () => {
  const job = await lamps.ask('communityWorker')
  const stopping: Promise<void>[] = []
  await inTheMiddle(2, async () => void stopping.push(worker!.stop()))
  await Promise.all(stopping)
  expect(await rowOf(job)).toMatchObject({ state: 'queued', attempts: 0, rows_done: 0 })
  expect(await parts()).toEqual([])
  list.beforePage = async () => {}
  await aWorker().drain()
  expect((await lamps.job('communityWorker', job.exportId)).state).toBe('done')
})

test('one file at a time for a person and two in all, whoever works', async () => {
  const asked = [
    await lamps.ask('communityWorker'),
    await lamps.ask('communityWorker'),
    await lamps.ask('siblingWorker'),
    await lamps.ask('dispatcher'),
  ]
  const running = new Set<string>()
  let most = 0
  list.beforePage = async () => {
    const rows = await db.superuser<{ account_id: string }>("SELECT account_id FROM exchange.export_job WHERE state = 'running'")
    most = Math.max(most, rows.length)
    expect(new Set(rows.map(({ account_id }) => account_id)).size).toBe(rows.length)
    for (const { account_id } of rows) running.add(account_id)
    await pause(5)
  }
  const workers = [worker!, aWorker(), aWorker()]
  while ((await db.superuser("SELECT FROM exchange.export_job WHERE state IN ('queued', 'running')")).length > 0)
    await Promise.all(workers.map((one) => one.drain()))
  expect([most, running.size]).toEqual([2, 3])
  const posts = ['communityWorker', 'communityWorker', 'siblingWorker', 'dispatcher'] as const
  for (const [i, { exportId }] of asked.entries()) expect((await lamps.job(posts[i]!, exportId)).state).toBe('done')
})

test('leftovers of dead workers are swept away, files that are still kept are not', async () => {
  const job = await lamps.ask('communityWorker')
  await worker!.drain()
  await lamps.deps.store.write(crypto.randomUUID(), 'x', async (file) => void (await file.write('left over')))
  expect(await lamps.onDisk()).toContain(job.exportId)
  const before = (await lamps.onDisk()).length
  await purgeExports(db.deps, lamps.deps.store)
  expect((await lamps.onDisk()).length).toBe(before)
  const old = {
    ...lamps.deps.store,
    survey: async function* () {
      for await (const file of lamps.deps.store.survey()) yield { ...file, idleMs: 2 * 3_600_000 }
    },
  }
  await purgeExports(db.deps, old)
  expect(await lamps.onDisk()).toContain(job.exportId)
  expect((await lamps.onDisk()).length).toBe(before - 1)
})
