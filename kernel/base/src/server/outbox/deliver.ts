import { systemActor } from '../actor.ts'
import { isRetryable } from '../database.ts'
import { type Statement, sql } from '../sql.ts'
import { type Ctx, type TransactionDeps, transact } from '../transaction.ts'
import type { OutboxEvent, Subscriber } from './subscriber.ts'

/**
 * How one round left the line: `moved` (there may be more), `idle` (nothing left), `behind` (events are committed that it could not
 * see yet, mostly because an older transaction is still open),
 * `held` (another process is at it), `waiting` (a failed event has not reached its next attempt).
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

/** A place in the line. Transactions are ordered by their id as text, since xid8 is wider than a JavaScript number. */
export interface Position {
  readonly xactId: string
  readonly outboxId: number
}

interface CursorRow {
  xact_id: string
  outbox_id: number
  failures: number
  retry_at: Date | null
}

interface EventRow {
  outbox_id: number
  event: string
  payload: Record<string, unknown> | null
  made_at: Date
  xact_id: string
}

/** A round keeps its transaction short: an open one holds back everybody who reads below the oldest. */
const roundMilliseconds = 100

/** Applies at most `limit` events to one subscriber and moves its cursor past them, in one transaction. Throws DeliveryFailure. */
export async function deliver(deps: TransactionDeps, subscriber: Subscriber, limit: number): Promise<Round> {
  return transact(deps, systemActor, async (ctx) => {
    const cursor = await lockCursor(ctx, subscriber.name)
    if (!cursor) return 'held'
    if (cursor.retry_at && cursor.retry_at > ctx.now) return 'waiting'
    const rows = await ctx.rows(eventsAfter(cursor, subscriber.events, limit))
    if (rows.length === 0) return (await ctx.find(anyAfter(cursor))) ? 'behind' : 'idle'
    const last = await applyAll(ctx, subscriber, rows)
    const isAll = last === rows.at(-1) && rows.length < limit
    await ctx.run(sql`
      UPDATE base.outbox_cursor SET xact_id = ${last.xact_id}::xid8, outbox_id = ${last.outbox_id}, failures = 0, retry_at = NULL
      WHERE subscriber = ${subscriber.name}`)
    if (!isAll) return 'moved'
    return (await ctx.find(anyAfter(last))) ? 'behind' : 'idle'
  })
}

export async function lockCursor(ctx: Ctx, subscriber: string): Promise<CursorRow | undefined> {
  return ctx.find(sql<CursorRow>`
    SELECT xact_id::text, outbox_id, failures, retry_at FROM base.outbox_cursor WHERE subscriber = ${subscriber} FOR UPDATE SKIP LOCKED`)
}

/** Answers the last row that is done. Rows of events nobody asked for are passed without their payload. */
async function applyAll(ctx: Ctx, subscriber: Subscriber, rows: EventRow[]): Promise<EventRow> {
  const start = performance.now()
  let last = rows[0]!
  for (const [index, row] of rows.entries()) {
    if (index > 0 && performance.now() - start > roundMilliseconds) break
    if (row.payload) {
      const event = { id: row.outbox_id, event: row.event, payload: row.payload, madeAt: row.made_at }
      try {
        await subscriber.apply(ctx, event)
      } catch (cause) {
        if (isRetryable(cause)) throw cause
        throw new DeliveryFailure(index, event, { xactId: row.xact_id, outboxId: row.outbox_id }, cause)
      }
    }
    last = row
  }
  return last
}

/** Below the oldest open transaction only: ids are taken before they are committed, so "id > last" would step over a slow one. */
function eventsAfter(cursor: CursorRow, events: readonly string[], limit: number): Statement<EventRow> {
  return sql<EventRow>`
    SELECT outbox_id, event, CASE WHEN event = ANY(${events}::text[]) THEN payload END AS payload, made_at, xact_id::text
    FROM base.outbox
    WHERE (xact_id, outbox_id) > (${cursor.xact_id}::xid8, ${cursor.outbox_id}::bigint) AND xact_id < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY base.outbox.xact_id, outbox_id
    LIMIT ${limit}`
}

function anyAfter(cursor: { xact_id: string; outbox_id: number }): Statement {
  return sql`SELECT 1 AS here FROM base.outbox WHERE (xact_id, outbox_id) > (${cursor.xact_id}::xid8, ${cursor.outbox_id}::bigint) LIMIT 1`
}
