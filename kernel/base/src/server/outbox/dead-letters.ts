import { BaseError } from '../errors.ts'
import { sql } from '../sql.ts'
import type { Ctx } from '../transaction.ts'
import type { Subscriber } from './subscriber.ts'

export interface DeadLetter {
  subscriber: string
  outboxId: number
  event: string
  error: string
  deadAt: Date
}

/** Events that were given up and not resent, newest first. Payloads stay out: they are for machines. */
export async function listDeadLetters(ctx: Ctx, { limit = 100 } = {}): Promise<DeadLetter[]> {
  return ctx.rows(sql<DeadLetter>`
    SELECT d.subscriber, d.outbox_id AS "outboxId", o.event, d.error, d.dead_at AS "deadAt"
    FROM base.outbox_dead d JOIN base.outbox o USING (outbox_id)
    WHERE d.resent_at IS NULL ORDER BY d.dead_at DESC, d.outbox_id DESC LIMIT ${limit}`)
}

/** Applies a given-up event once more, in the caller's transaction; throws what `apply` throws. */
export async function resendDeadLetter(
  ctx: Ctx,
  subscribers: readonly Subscriber[],
  key: { subscriber: string; outboxId: number },
): Promise<void> {
  const subscriber = subscribers.find(({ name }) => name === key.subscriber)
  const row = await ctx.find(sql<{ event: string; payload: Record<string, unknown>; made_at: Date }>`
    SELECT o.event, o.payload, o.made_at FROM base.outbox_dead d JOIN base.outbox o USING (outbox_id)
    WHERE d.subscriber = ${key.subscriber} AND d.outbox_id = ${key.outboxId} AND d.resent_at IS NULL FOR UPDATE OF d`)
  if (!subscriber || !row) throw BaseError('not_found', { detail: '没有这条待重发的记录，可能已经重发' })
  await subscriber.apply(ctx, { id: key.outboxId, event: row.event, payload: row.payload, madeAt: row.made_at })
  await ctx.run(
    sql`UPDATE base.outbox_dead SET resent_at = ${ctx.now} WHERE subscriber = ${key.subscriber} AND outbox_id = ${key.outboxId}`,
  )
}
