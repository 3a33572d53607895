import { systemActor } from '../actor.ts'
import { sql } from '../sql.ts'
import { type TransactionDeps, transact } from '../transaction.ts'
import { type DeliveryFailure, lockCursor, moveCursor } from './deliver.ts'
import { isBefore } from './read-outbox.ts'

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
  return transact(deps, systemActor, async (ctx) => {
    const cursor = await lockCursor(ctx, subscriber)
    // Another process may have had more luck with it meanwhile.
    if (!cursor || !isBefore(cursor, failure.position)) return 'retry'
    const failures = cursor.failures + 1
    if (failures < policy.attempts) {
      const wait = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (failures - 1))
      await ctx.run(sql`
        UPDATE base.outbox_cursor SET failures = ${failures}, retry_at = ${new Date(ctx.now.getTime() + wait)} WHERE subscriber = ${subscriber}`)
      return 'retry'
    }
    await ctx.run(sql`
      INSERT INTO base.outbox_dead (subscriber, outbox_id, error, dead_at) VALUES (${subscriber}, ${failure.position.outboxId}, ${failure.message.slice(0, 500)}, ${ctx.now})
      ON CONFLICT (subscriber, outbox_id) DO UPDATE SET error = excluded.error, dead_at = excluded.dead_at, resent_at = NULL`)
    await moveCursor(ctx, subscriber, failure.position)
    return 'dead'
  })
}
