import type pg from 'pg'
import { systemActor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import { isDatabaseAway } from '../database.ts'
import { sql } from '../sql.ts'
import { type TransactionDeps, transact } from '../transaction.ts'
import { DeliveryFailure, deliver, type Round } from './deliver.ts'
import { type RetryPolicy, recordFailure, usualRetries } from './record-failure.ts'
import type { Log, Subscriber } from './subscriber.ts'
import { listenForWakes, type WakeLine } from './wake.ts'

export interface DispatcherOptions {
  pool: pg.Pool
  clock: Clock
  subscribers: readonly Subscriber[]
  log?: Log
  /** Hears processes that write events elsewhere; without it their events are found by polling. */
  wakeLine?: WakeLine
  /** The safety net below every wake-up. */
  pollMs?: number
  retries?: RetryPolicy
  /** Told once after a round whose subscribers told events themselves, beside waking this dispatcher. */
  wake?: (events: ReadonlySet<string>) => void
}

export interface Dispatcher {
  /** Begins to deliver in the background. */
  start(): void
  /** These events were committed, or any: deliver now to whoever wants them. Calls while a round runs are one more round. */
  wake(events?: ReadonlySet<string>): void
  /**
   * Resolves when no event waits, also none that the delivered ones brought about; failed events between two attempts are left alone.
   * Works without `start`, so that a test decides when things happen.
   */
  drain(options?: { timeoutMs?: number }): Promise<void>
  /** Finishes the rounds under way; what is left is delivered by whoever starts next. */
  stop(): Promise<void>
}

interface Line {
  readonly subscriber: Subscriber
  running: Promise<void> | undefined
  again: boolean
  /** Wait before looking again at events behind an open transaction. */
  patienceMs: number
}

const batch = 200
/** Under load a round collects what arrived during this rest instead of running for every event. */
const restMs = 10
const longestPatienceMs = 320

/** Delivers the outbox to its subscribers, each with a line of its own: a slow or failing one never holds up another. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const log = options.log ?? (() => {})
  const retries = options.retries ?? usualRetries
  const lines: Line[] = options.subscribers.map((subscriber) => ({ subscriber, running: undefined, again: false, patienceMs: restMs }))
  const names = options.subscribers.map((subscriber) => subscriber.name)
  if (new Set(names).size !== names.length) throw new Error(`two outbox subscribers have one name: ${names.join(', ')}`)

  let stopped = false
  let poll: NodeJS.Timeout | undefined
  let ears: { stop(): Promise<void> } | undefined
  let ready: Promise<void> | undefined

  const deps: TransactionDeps = {
    pool: options.pool,
    clock: options.clock,
    wake: (events) => {
      wake(events)
      options.wake?.(events)
    },
  }

  /** Every subscriber has a place in the line before the first round; asked again when the database was away. */
  const prepare = (): Promise<void> => {
    ready ??= transact(deps, systemActor, async (ctx) => {
      await ctx.run(sql`
        INSERT INTO base.outbox_cursor (subscriber, xact_id, outbox_id) SELECT name, '0'::xid8, 0 FROM unnest(${names}::text[]) name
        ON CONFLICT (subscriber) DO NOTHING`)
    }).catch((error) => {
      ready = undefined
      throw error
    })
    return ready
  }

  const wake = (events?: ReadonlySet<string>): void => {
    if (stopped) return
    for (const line of lines) if (!events || line.subscriber.events.some((event) => events.has(event))) void advance(line)
  }

  const advance = (line: Line): Promise<void> => {
    line.again = true
    line.running ??= runLine(line).finally(() => {
      line.running = undefined
      if (line.again && !stopped) void advance(line)
    })
    return line.running
  }

  const runLine = async (line: Line): Promise<void> => {
    let limit = batch
    while (line.again && !stopped) {
      line.again = false
      const round = await oneRound(line, limit)
      limit = typeof round === 'number' ? round : batch
      if (typeof round === 'number' || round === 'moved') line.again = true
      if (round === 'behind') lookAgainSoon(line)
      else line.patienceMs = restMs
      if (line.again) await pause(round === 'moved' ? 0 : restMs)
    }
  }

  /** A number: the event at that place fails, so the next round takes only those before it. */
  const oneRound = async (line: Line, limit: number): Promise<Round | 'failed' | number> => {
    try {
      await prepare()
      return await deliver(deps, line.subscriber, limit)
    } catch (error) {
      if (!(error instanceof DeliveryFailure) || isDatabaseAway(error.cause)) {
        log('outbox round failed, will be tried again', { subscriber: line.subscriber.name, error: String(error) })
        return 'failed'
      }
      if (error.index > 0) return error.index
      return failed(line, error)
    }
  }

  const failed = async (line: Line, failure: DeliveryFailure): Promise<'moved' | 'failed'> => {
    const detail = { subscriber: line.subscriber.name, event: failure.event.event, outboxId: failure.event.id, error: failure.message }
    try {
      if ((await recordFailure(deps, line.subscriber.name, failure, retries)) === 'retry') {
        log('outbox event failed, will be tried again', detail)
        return 'failed'
      }
      log('outbox event put aside after its last attempt', detail)
      return 'moved'
    } catch (error) {
      log('outbox failure could not be recorded', { ...detail, error: String(error) })
      return 'failed'
    }
  }

  const lookAgainSoon = (line: Line): void => {
    setTimeout(() => !stopped && void advance(line), line.patienceMs).unref()
    line.patienceMs = Math.min(longestPatienceMs, line.patienceMs * 2)
  }

  /** Also while the database is away: then nobody knows. */
  const isAnythingLeft = async (): Promise<boolean> => {
    try {
      await prepare()
      return await transact(deps, systemActor, async (ctx) => {
        const left = await ctx.find(sql`
          SELECT 1 AS here FROM base.outbox_cursor c
          WHERE c.subscriber = ANY(${names}::text[]) AND (c.retry_at IS NULL OR c.retry_at <= ${ctx.now})
            AND EXISTS (SELECT FROM base.outbox o WHERE (o.xact_id, o.outbox_id) > (c.xact_id, c.outbox_id))
          LIMIT 1`)
        return left !== undefined
      })
    } catch (error) {
      if (isDatabaseAway(error)) return true
      throw error
    }
  }

  return {
    start() {
      poll ??= setInterval(() => wake(), options.pollMs ?? 1000)
      if (options.wakeLine) ears ??= listenForWakes({ ...options.wakeLine, onWake: wake, log })
      wake()
    },
    wake,
    async drain({ timeoutMs = 30_000 } = {}) {
      const end = performance.now() + timeoutMs
      while (lines.length > 0) {
        await Promise.all(lines.map(advance))
        if (!(await isAnythingLeft())) return
        if (stopped) throw new Error('the dispatcher was stopped with events left')
        if (performance.now() > end) throw new Error(`events were left in the outbox after ${timeoutMs} ms`)
        await pause(restMs)
      }
    },
    async stop() {
      stopped = true
      clearInterval(poll)
      await Promise.all([ears?.stop(), ...lines.map((line) => line.running)])
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
