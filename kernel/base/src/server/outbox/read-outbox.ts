import { sql } from '../sql.ts'
import type { Ctx } from '../transaction.ts'
import type { OutboxEvent } from './subscriber.ts'

/** A place in the outbox. The transaction is text, since xid8 is wider than a JavaScript number. */
export interface Position {
  readonly xactId: string
  readonly outboxId: number
}

export const outboxStart: Position = { xactId: '0', outboxId: 0 }

/** An event and its place; `payload` is null for events that were not asked for, so that a reader can step over them. */
export interface PlacedEvent {
  readonly position: Position
  readonly id: number
  readonly event: string
  readonly payload: OutboxEvent['payload'] | null
  readonly madeAt: Date
}

export function isBefore(a: Position, b: Position): boolean {
  return a.xactId === b.xactId ? a.outboxId < b.outboxId : BigInt(a.xactId) < BigInt(b.xactId)
}

/** What could be read, and whether anything is committed behind it: more than was asked for, or hidden by an older open transaction. */
export interface OutboxPart {
  readonly found: PlacedEvent[]
  readonly isLonger: boolean
}

interface EventRow {
  outbox_id: number
  is_hidden: boolean
  xact_id: string
  event: string
  payload: OutboxEvent['payload'] | null
  made_at: Date
}

/**
 * The next events after a place, in order, as linli_system. Only those below the oldest open transaction: ids are taken before they are
 * committed, so "id > last" would step over the event of a slow one for ever.
 */
export async function readOutbox(
  ctx: Ctx,
  after: Position,
  { events, limit }: { events: readonly string[]; limit: number },
): Promise<OutboxPart> {
  const rows = await ctx.rows(sql<EventRow>`
    SELECT o.outbox_id, o.xact_id::text, o.event, CASE WHEN o.event = ANY(${events}::text[]) THEN o.payload END AS payload, o.made_at,
      o.xact_id >= pg_snapshot_xmin(pg_current_snapshot()) AS is_hidden
    FROM base.outbox o WHERE (o.xact_id, o.outbox_id) > (${after.xactId}::xid8, ${after.outboxId}::bigint)
    ORDER BY o.xact_id, o.outbox_id LIMIT ${limit + 1}`)
  const found = rows.filter((row) => !row.is_hidden).slice(0, limit)
  return { found: found.map(placed), isLonger: rows.length > found.length }
}

const placed = (row: EventRow): PlacedEvent => ({
  position: { xactId: row.xact_id, outboxId: row.outbox_id },
  id: row.outbox_id,
  event: row.event,
  payload: row.payload,
  madeAt: row.made_at,
})

/** The place behind everything that can be read now. */
export async function findOutboxEnd(ctx: Ctx): Promise<Position> {
  const last = await ctx.find(sql<Position>`
    SELECT o.xact_id::text AS "xactId", o.outbox_id AS "outboxId" FROM base.outbox o WHERE o.xact_id < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY o.xact_id DESC, o.outbox_id DESC LIMIT 1`)
  return last ?? outboxStart
}
