import { systemActor } from '../actor.ts'
import { isRetryable } from '../database.ts'
import { sql } from '../sql.ts'
import { type Ctx, type TransactionDeps, transact } from '../transaction.ts'
import { type PlacedEvent, type Position, readOutbox } from './read-outbox.ts'
import type { OutboxEvent, Subscriber } from './subscriber.ts'

/**
 * How one round left the line: `moved` (there may be more), `idle` (nothing left), `behind` (events are committed that it could not
 * see yet, mostly because an older transaction is still open), `held` (another process is at it), `waiting` (a failed event has not
 * reached its next attempt).
 */
export type Round = 'moved' | 'idle' | 'behind' | 'held' | 'waiting'

/** The event at `index` of a round could not be applied; the round is rolled back. */
export class DeliveryFailure extends Error {
  readonly index: number
  readonly event: OutboxEvent
  readonly position: Position
  constructor(index: number, event: OutboxEvent, position: Position, cause: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), { cause })
    this.index = index
    this.event = event
    this.position = position
  }
}

interface CursorRow extends Position {
  failures: number
  retryAt: Date | null
}

/**
 * A round keeps its transaction short: an open one holds back everybody who reads below the oldest. A press on a wristband is on a page in ten
 * milliseconds, so nobody's round may be much longer than that; a round of its own costs a lock and a move of the cursor.
 */
const roundMilliseconds = 15

/** Applies at most `limit` events to one subscriber and moves its cursor past them, in one transaction. Throws DeliveryFailure. */
export async function deliver(deps: TransactionDeps, subscriber: Subscriber, limit: number): Promise<Round> {
  return transact(deps, systemActor, async (ctx) => {
    const cursor = await lockCursor(ctx, subscriber.name)
    if (!cursor) return 'held'
    if (cursor.retryAt && cursor.retryAt > ctx.now) return 'waiting'
    const { found, isLonger } = await readOutbox(ctx, cursor, { events: subscriber.events, limit })
    if (found.length === 0) return isLonger ? 'behind' : 'idle'
    const done = await applyInOrder(ctx, subscriber, found)
    await moveCursor(ctx, subscriber.name, found[done - 1]!.position)
    if (done < found.length || found.length === limit) return 'moved'
    return isLonger ? 'behind' : 'idle'
  })
}

export async function lockCursor(ctx: Ctx, subscriber: string): Promise<CursorRow | undefined> {
  return ctx.find(sql<CursorRow>`
    SELECT xact_id::text AS "xactId", outbox_id AS "outboxId", failures, retry_at AS "retryAt"
    FROM base.outbox_cursor WHERE subscriber = ${subscriber} FOR UPDATE SKIP LOCKED`)
}

export async function moveCursor(ctx: Ctx, subscriber: string, { xactId, outboxId }: Position): Promise<void> {
  await ctx.run(sql`
    UPDATE base.outbox_cursor SET xact_id = ${xactId}::xid8, outbox_id = ${outboxId}, failures = 0, retry_at = NULL WHERE subscriber = ${subscriber}`)
}

/** Answers how many are done: all of them, unless they take too long together. */
async function applyInOrder(ctx: Ctx, subscriber: Subscriber, events: PlacedEvent[]): Promise<number> {
  const start = performance.now()
  for (const [index, { payload, position, ...rest }] of events.entries()) {
    if (index > 0 && performance.now() - start > roundMilliseconds) return index
    if (!payload) continue
    const event = { ...rest, payload }
    try {
      await subscriber.apply(ctx, event)
    } catch (cause) {
      if (isRetryable(cause)) throw cause
      throw new DeliveryFailure(index, event, position, cause)
    }
  }
  return events.length
}
