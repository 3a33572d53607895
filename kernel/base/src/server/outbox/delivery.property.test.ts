import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/index.ts'
import { openPool } from '../database.ts'
import { sql } from '../sql.ts'
import { createDispatcher } from './dispatcher.ts'
import type { Subscriber } from './subscriber.ts'

let db: TestDatabase
let writers: pg.Pool
beforeAll(async () => {
  db = await testDatabase({ through: 'base' })
  writers = new pg.Pool({ connectionString: db.superuserUrl, max: 8 })
  // An idle connection hears when the database is dropped.
  writers.on('error', () => {})
  await db.superuser('CREATE TABLE public.told (run integer, n integer); GRANT SELECT, INSERT ON public.told TO linli_system')
})
afterAll(async () => {
  await writers.end()
  await db.close()
})

/** One writer: events per transaction, waits before and after writing them, and whether it commits. */
const aTransaction = fc.record({
  startMs: fc.nat(60),
  events: fc.integer({ min: 1, max: 4 }),
  holdMs: fc.nat(40),
  commits: fc.boolean(),
})

let run = 0
test('no event is lost or told twice, whatever the order of commits and however often dispatchers are killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aTransaction, { minLength: 4, maxLength: 24 }),
      fc.array(fc.nat(60), { maxLength: 4 }),
      async (transactions, kills) => {
        run += 1
        const subscriber = teller(run)
        const pools = ['one', 'two'].map((name) => openPool({ url: db.servingUrl, max: 2, name: `victim-${name}` }))
        const dispatchers = pools.map((pool) => createDispatcher({ pool, clock: db.clock, subscribers: [subscriber], pollMs: 5 }))
        for (const dispatcher of dispatchers) dispatcher.start()
        const written = await Promise.all([
          ...transactions.map((transaction, index) => write(subscriber.events[0]!, index * 10, transaction)),
          ...kills.map((afterMs) => pause(afterMs).then(killDispatchers)),
        ])
        await dispatchers[0]!.drain()
        await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()))
        await Promise.all(pools.map((pool) => pool.end()))
        const told = await db.superuser<{ n: number }>(sql`SELECT n FROM public.told WHERE run = ${run} ORDER BY n`)
        expect(told.map(({ n }) => n)).toEqual(written.flat().sort((a, b) => a - b))
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)

/** Answers the numbers that were committed. */
async function write(
  event: string,
  first: number,
  { startMs, events, holdMs, commits }: typeof aTransaction extends fc.Arbitrary<infer T> ? T : never,
): Promise<number[]> {
  await pause(startMs)
  const client = await writers.connect()
  const numbers = Array.from({ length: events }, (_, i) => first + i)
  try {
    await client.query('BEGIN')
    for (const n of numbers) await client.query('INSERT INTO base.outbox (event, payload, made_at) VALUES ($1, $2, now())', [event, { n }])
    await pause(holdMs)
    await client.query(commits ? 'COMMIT' : 'ROLLBACK')
    return commits ? numbers : []
  } finally {
    client.release()
  }
}

function teller(ofRun: number): Subscriber {
  return {
    name: `teller-${ofRun}`,
    events: [`lamp.broken-${ofRun}`],
    apply: async (ctx, { payload }) => {
      await ctx.run(sql`INSERT INTO public.told VALUES (${ofRun}, ${payload.n})`)
    },
  }
}

/** As kill -9 looks from the database: sessions end in the middle of what they were doing. */
async function killDispatchers(): Promise<number[]> {
  await db.superuser(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'linli-victim%' AND datname = current_database()",
  )
  return []
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
