import { systemActor } from '../actor.ts'
import { sql } from '../sql.ts'
import { type TransactionDeps, transact } from '../transaction.ts'
import { type DeliveryFailure, lockCursor } from './deliver.ts'

export interface RetryPolicy {
  /** After so many attempts the event is put aside and the line goes on. */
  attempts: number
  /** First wait; doubles with each attempt up to the longest. */
  firstWaitMs: number
  longestWaitMs: number
}

export const usualRetries: RetryPolicy = { attempts: 8, firstWaitMs: 1000, longestWaitMs: 5 * 60_000 }

/** Notes that the first event of the line failed. Answers `dead` when that was its last attempt: it waits in `outbox_dead` for a person. */
export async function recordFailure(
  deps: TransactionDeps,
  subscriber: string,
  failure: DeliveryFailure,
  policy: RetryPolicy,
): Promise<'retry' | 'dead'> {
  const { xactId, outboxId } = failure.position
  return transact(deps, systemActor, async (ctx) => {
    const cursor = await lockCursor(ctx, subscriber)
    if (!cursor) return 'retry'
    const failures = cursor.failures + 1
    if (failures < policy.attempts) {
      const wait = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (failures - 1))
      await ctx.run(sql`
        UPDATE base.outbox_cursor SET failures = ${failures}, retry_at = ${new Date(ctx.now.getTime() + wait)} WHERE subscriber = ${subscriber}`)
      return 'retry'
    }
    await ctx.run(sql`
      INSERT INTO base.outbox_dead (subscriber, outbox_id, error, dead_at) VALUES (${subscriber}, ${outboxId}, ${failure.message.slice(0, 500)}, ${ctx.now})
      ON CONFLICT (subscriber, outbox_id) DO UPDATE SET error = excluded.error, dead_at = excluded.dead_at, resent_at = NULL`)
    await ctx.run(sql`
      UPDATE base.outbox_cursor SET xact_id = ${xactId}::xid8, outbox_id = ${outboxId}, failures = 0, retry_at = NULL WHERE subscriber = ${subscriber}`)
    return 'dead'
  })
}
