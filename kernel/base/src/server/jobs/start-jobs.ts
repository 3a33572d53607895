import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Log } from '../outbox/subscriber.ts'

/** Recurring work, at times of Asia/Shanghai; of many processes one runs it. It must be safe to run twice. */
export interface Job {
  readonly name: string
  readonly cron: string
  run(): Promise<unknown>
}

export interface JobsOptions {
  servingUrl: string
  jobs: readonly Job[]
  log: Log
}

const schema = 'pgboss'

/** Creates or upgrades the library's schema as the owner, declares the schedules, and lets the system role work on them: the only place that grants it. */
export async function prepareJobs(ownerUrl: string, jobs: readonly Pick<Job, 'name' | 'cron'>[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema, max: 2, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  try {
    const names = new Set(jobs.map(({ name }) => name))
    for (const { name } of await boss.getSchedules()) if (!names.has(name)) await boss.unschedule(name)
    for (const { name, cron } of jobs) {
      await boss.createQueue(name, { retryLimit: 3, retryDelay: 60, retryBackoff: true })
      await boss.schedule(name, cron, {}, { tz: 'Asia/Shanghai' })
    }
  } finally {
    await boss.stop({ graceful: false })
  }
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO linli_system;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO linli_system;
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO linli_system;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO linli_system`)
  } finally {
    await client.end()
  }
}

/** Works the schedules as the system role. */
export async function startJobs({ servingUrl, jobs, log }: JobsOptions): Promise<{ stop(): Promise<void> }> {
  const url = new URL(servingUrl)
  url.searchParams.set('options', '-c role=linli_system')
  const boss = new PgBoss({ connectionString: url.href, schema, max: 3, migrate: false, application_name: 'linli-jobs' })
  boss.on('error', (error) => log('a recurring job could not reach the database and is tried again', { error: error.message }))
  await boss.start()
  for (const job of jobs) {
    await boss.work(job.name, { pollingIntervalSeconds: 10 }, async () => {
      try {
        await job.run()
      } catch (error) {
        log(`job ${job.name} failed and is tried again`, { error: (error as Error).message })
        throw error
      }
    })
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 5000 }) }
}
