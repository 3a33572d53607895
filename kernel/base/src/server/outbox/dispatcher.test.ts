import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anActor, type TestDatabase, testDatabase } from '../../testing/index.ts'
import { sql } from '../sql.ts'
import { listDeadLetters, resendDeadLetter } from './dead-letters.ts'
import { deliver } from './deliver.ts'
import { createDispatcher, type Dispatcher, type DispatcherOptions } from './dispatcher.ts'
import { purgeOutbox } from './purge-outbox.ts'
import { recordFailure } from './record-failure.ts'
import type { OutboxEvent, Subscriber } from './subscriber.ts'
import { createWaker } from './wake.ts'

let db: TestDatabase
const running: Dispatcher[] = []

beforeEach(async () => {
  db = await testDatabase({ through: 'base' })
  await db.superuser(
    'CREATE TABLE public.told (subscriber text, outbox_id bigint, payload jsonb); GRANT SELECT, INSERT ON public.told TO linli_system',
  )
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((dispatcher) => dispatcher.stop()))
  await db.close()
})

test('a subscriber is told its events once, in order, and is spared the others', async () => {
  await emit('lamp.broken', 1, 2)
  await emit('bench.painted', 9)
  await emit('lamp.broken', 3)
  const dispatcher = aDispatcher([writer('lamps', ['lamp.broken'])])
  await dispatcher.drain()
  await dispatcher.drain()
  expect(await told('lamps')).toEqual([1, 2, 3])
})

test('an event behind a transaction that is still open waits for it, and is not stepped over', async () => {
  const dispatcher = aDispatcher([writer('lamps', ['lamp.broken'])])
  const slow = await db.pool.connect()
  await slow.query(
    "BEGIN; SET ROLE linli_system; INSERT INTO base.outbox (event, payload, made_at) VALUES ('lamp.broken', '{\"n\": 1}', now())",
  )
  await emit('lamp.broken', 2)
  await expect(dispatcher.drain({ timeoutMs: 100 })).rejects.toThrow('left in the outbox')
  expect(await told('lamps')).toEqual([])
  await slow.query('COMMIT; RESET ROLE')
  slow.release()
  await dispatcher.drain()
  expect(await told('lamps')).toEqual([1, 2])
})

test('what a subscriber tells in turn is delivered before drain is done', async () => {
  const chain: Subscriber = {
    name: 'chain',
    events: ['lamp.broken'],
    apply: async (ctx, { payload }) => {
      if ((payload.n as number) < 4) ctx.emit('lamp.broken', { n: (payload.n as number) + 1 })
    },
  }
  await emit('lamp.broken', 1)
  await aDispatcher([chain, writer('lamps', ['lamp.broken'])]).drain()
  expect(await told('lamps')).toEqual([1, 2, 3, 4])
})

test('a failing event is tried with growing waits, then put aside, and the line goes on', async () => {
  const lines: string[] = []
  const dispatcher = aDispatcher([writer('lamps', ['lamp.broken'], (n) => n === 2)], {
    retries: { attempts: 3, firstWaitMs: 1000, longestWaitMs: 60_000 },
    log: (message) => lines.push(message),
  })
  await emit('lamp.broken', 1, 2, 3)
  await dispatcher.drain()
  expect(await told('lamps')).toEqual([1])
  db.clock.advance(999)
  await dispatcher.drain()
  expect(await failures()).toBe(1)
  db.clock.advance(1)
  await dispatcher.drain()
  expect(await failures()).toBe(2)
  db.clock.advance(2000)
  await dispatcher.drain()
  expect(await told('lamps')).toEqual([1, 3])
  expect(await db.system((ctx) => listDeadLetters(ctx))).toMatchObject([
    { subscriber: 'lamps', event: 'lamp.broken', error: 'Error: no lamp 2' },
  ])
  expect(lines.at(-1)).toBe('outbox event put aside after its last attempt')
})

test('a failing subscriber holds up nobody else', async () => {
  const dispatcher = aDispatcher([writer('lamps', ['lamp.broken'], () => true), writer('other', ['lamp.broken'])])
  await emit('lamp.broken', 1, 2)
  await dispatcher.drain()
  expect([await told('lamps'), await told('other')]).toEqual([[], [1, 2]])
})

test('an event that was put aside is resent once', async () => {
  let isBroken = true
  const subscriber = writer('lamps', ['lamp.broken'], () => isBroken)
  await emit('lamp.broken', 1)
  await aDispatcher([subscriber], { retries: { attempts: 1, firstWaitMs: 1, longestWaitMs: 1 } }).drain()
  const [dead] = await db.system((ctx) => listDeadLetters(ctx))
  isBroken = false
  await db.system((ctx) => resendDeadLetter(ctx, [subscriber], dead!))
  await expect(db.system((ctx) => resendDeadLetter(ctx, [subscriber], dead!))).rejects.toMatchObject({ status: 404 })
  expect(await told('lamps')).toEqual([1])
})

test('a process that failed never sets back what another has done since', async () => {
  await emit('lamp.broken', 1, 2)
  const other = aDispatcher([writer('lamps', ['lamp.broken'])])
  await other.drain({ timeoutMs: 20_000 })
  await db.superuser("UPDATE base.outbox_cursor SET xact_id = '0', outbox_id = 0; DELETE FROM public.told")
  const failure = await deliver(
    db.deps,
    writer('lamps', ['lamp.broken'], () => true),
    10,
  ).catch((error) => error)
  await other.drain()
  expect(await recordFailure(db.deps, 'lamps', failure, { attempts: 1, firstWaitMs: 1, longestWaitMs: 1 })).toBe('retry')
  await other.drain()
  expect(await told('lamps')).toEqual([1, 2])
  expect(await db.system((ctx) => listDeadLetters(ctx))).toEqual([])
})

test('in the background, a wake-up of another process delivers long before the next poll', async () => {
  const dispatcher = aDispatcher([writer('lamps', ['lamp.broken'])], {
    wakeLine: { url: db.servingUrl, origin: 'here' },
    pollMs: 60_000,
  })
  dispatcher.start()
  const waker = createWaker({ url: db.servingUrl, origin: 'elsewhere' })
  await until(async () => expect(await db.superuser("SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")).not.toEqual([]))
  await emit('lamp.broken', 1)
  await until(async () => {
    waker.wake(new Set(['lamp.broken']))
    expect(await told('lamps')).toEqual([1])
  })
  await waker.stop()
})

test('a wake-up rouses only those who want the events it names, and none of the process that sent it', async () => {
  const wakeLine = { url: db.servingUrl, origin: 'here' }
  const dispatcher = aDispatcher([writer('lamps', ['lamp.broken']), writer('benches', ['bench.painted'])], { wakeLine, pollMs: 60_000 })
  const waker = createWaker(wakeLine)
  dispatcher.start()
  await until(async () => expect(await db.superuser("SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")).not.toEqual([]))
  await dispatcher.drain()
  await emit('lamp.broken', 1)
  await emit('bench.painted', 2)
  waker.wake(new Set(['lamp.broken', 'bench.painted']))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect([await told('lamps'), await told('benches')]).toEqual([[], []])
  dispatcher.wake(new Set(['bench.painted']))
  await until(async () => expect(await told('benches')).toEqual([2]))
  expect(await told('lamps')).toEqual([])
  await waker.stop()
})

test('the poll finds what no wake-up announced, also after the database cut every connection', async () => {
  const dispatcher = aDispatcher([writer('lamps', ['lamp.broken'])], { wakeLine: { url: db.servingUrl, origin: 'here' }, pollMs: 20 })
  dispatcher.start()
  await emit('lamp.broken', 1)
  await until(async () => expect(await told('lamps')).toEqual([1]))
  await db.superuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'linli'")
  await until(() => emit('lamp.broken', 2))
  await until(async () => expect(await told('lamps')).toEqual([1, 2]))
})

test('the purge takes what is a week old and below every cursor, and keeps what waits to be resent', async () => {
  const fine = writer('fine', ['lamp.broken'])
  const slow = writer('slow', ['lamp.broken'], (n) => n === 1)
  const dispatcher = aDispatcher([fine, slow], { retries: { attempts: 2, firstWaitMs: 1000, longestWaitMs: 1000 } })
  await emit('lamp.broken', 1, 2)
  await dispatcher.drain()
  db.clock.advance(8 * 86_400_000)
  expect(await purgeOutbox(db.deps)).toBe(0)
  await dispatcher.drain()
  await emit('lamp.broken', 3)
  await dispatcher.drain()
  expect(await purgeOutbox(db.deps)).toBe(1)
  const [dead] = await db.system((ctx) => listDeadLetters(ctx))
  await db.system((ctx) => resendDeadLetter(ctx, [fine, { ...slow, apply: fine.apply }], dead!))
  expect(await purgeOutbox(db.deps)).toBe(1)
  expect(await db.superuser('SELECT payload FROM base.outbox')).toEqual([{ payload: { n: 3 } }])
})

/** Other tests on the same server hold back the horizon for a while. */
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 20_000 })

function aDispatcher(subscribers: Subscriber[], options: Partial<DispatcherOptions> = {}): Dispatcher {
  const dispatcher = createDispatcher({ pool: db.pool, clock: db.clock, subscribers, ...options })
  running.push(dispatcher)
  return dispatcher
}

/** Writes down what it was told; refuses the numbers that `fails` names, after having written. */
function writer(name: string, events: string[], fails: (n: number) => boolean = () => false): Subscriber {
  return {
    name,
    events,
    apply: async (ctx, { id, payload }: OutboxEvent) => {
      await ctx.run(sql`INSERT INTO public.told VALUES (${name}, ${id}, ${JSON.stringify(payload)}::jsonb)`)
      if (fails(payload.n as number)) throw new Error(`no lamp ${payload.n}`)
    },
  }
}

async function emit(event: string, ...numbers: number[]): Promise<void> {
  await db.as(anActor(), async (ctx) => {
    for (const n of numbers) ctx.emit(event, { n })
  })
}

async function told(subscriber: string): Promise<number[]> {
  const rows = await db.superuser<{ n: number }>(
    sql`SELECT (payload->>'n')::int AS n FROM public.told WHERE subscriber = ${subscriber} ORDER BY ctid`,
  )
  return rows.map(({ n }) => n)
}

async function failures(): Promise<number> {
  return (await db.superuser<{ failures: number }>('SELECT failures FROM base.outbox_cursor'))[0]!.failures
}
