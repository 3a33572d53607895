import { PgBoss } from 'pg-boss'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/index.ts'
import { systemActor } from '../actor.ts'
import { sql } from '../sql.ts'
import { transact } from '../transaction.ts'
import { type Job, prepareJobs, startJobs } from './start-jobs.ts'

let db: TestDatabase
beforeEach(async () => {
  db = await testDatabase({ through: 'base' })
})
afterEach(() => db.close())

test('a job that is due runs once, although two processes work on it', async () => {
  const roles: string[] = []
  const job: Job = {
    name: 'count-lamps',
    cron: '17 3 * * *',
    run: async () => {
      const row = await transact(db.deps, systemActor, (ctx) => ctx.get(sql<{ role: string }>`SELECT current_user AS role`))
      roles.push(row.role)
    },
  }
  await prepareJobs(db.ownerUrl, [job])
  await makeDue('count-lamps')
  const log = vi.fn()
  const processes = await Promise.all([1, 2].map(() => startJobs({ servingUrl: db.servingUrl, jobs: [job], log })))
  await vi.waitFor(async () => expect(await states()).toEqual(['completed']), { timeout: 20_000 })
  await Promise.all(processes.map((process) => process.stop()))
  expect(roles).toEqual(['linli_system'])
  expect(log).not.toHaveBeenCalled()
}, 40_000)

test('a job that fails is said and kept for another try', async () => {
  const job: Job = { name: 'count-lamps', cron: '* * * * *', run: () => Promise.reject(new Error('no lamps')) }
  await prepareJobs(db.ownerUrl, [job])
  await makeDue('count-lamps')
  const log = vi.fn()
  const process = await startJobs({ servingUrl: db.servingUrl, jobs: [job], log })
  await vi.waitFor(async () => expect(await states()).toEqual(['retry']), { timeout: 20_000 })
  await process.stop()
  expect(log).toHaveBeenCalledWith('job count-lamps failed and is tried again', { error: 'no lamps' })
}, 40_000)

test('schedules are in Shanghai time, follow the list when it changes, and may be declared at every start', async () => {
  const schedules = () => db.superuser('SELECT name, cron, timezone FROM pgboss.schedule ORDER BY name')
  await prepareJobs(db.ownerUrl, [
    { name: 'count-lamps', cron: '17 3 * * *' },
    { name: 'dust-lamps', cron: '0 4 * * *' },
  ])
  await prepareJobs(db.ownerUrl, [{ name: 'count-lamps', cron: '18 3 * * *' }])
  expect(await schedules()).toEqual([{ name: 'count-lamps', cron: '18 3 * * *', timezone: 'Asia/Shanghai' }])
}, 40_000)

test('requests cannot reach the jobs', async () => {
  await prepareJobs(db.ownerUrl, [])
  await expect(db.superuser("SELECT set_config('role', 'linli_app', true); SELECT FROM pgboss.job")).rejects.toThrow(
    'permission denied for schema pgboss',
  )
})

/** As the schedule does when its minute comes. */
async function makeDue(name: string): Promise<void> {
  const boss = new PgBoss({ connectionString: db.ownerUrl, schema: 'pgboss', supervise: false, schedule: false, migrate: false })
  await boss.start()
  await boss.send(name, {})
  await boss.stop({ graceful: false })
}

async function states(): Promise<string[]> {
  const rows = await db.superuser<{ state: string }>("SELECT state::text FROM pgboss.job WHERE name = 'count-lamps'")
  return rows.map((row) => row.state)
}
