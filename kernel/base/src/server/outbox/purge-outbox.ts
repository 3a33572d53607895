import { systemActor } from '../actor.ts'
import { sql } from '../sql.ts'
import { type TransactionDeps, transact } from '../transaction.ts'

const day = 86_400_000
/** So many in one transaction, so that a long backlog never holds back those who read below the oldest. */
const bunch = 10_000

/** Removes events that every subscriber is past and that are older than a week; answers how many. Put-aside ones wait until resent. */
export async function purgeOutbox(deps: TransactionDeps, { keepDays = 7 } = {}): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - keepDays * day)
  for (let removed = 0; ; ) {
    const now = await transact(deps, systemActor, (system) =>
      system.run(sql`
        DELETE FROM base.outbox WHERE outbox_id IN (
          SELECT o.outbox_id FROM base.outbox o
          WHERE o.made_at < ${before}
            AND (o.xact_id, o.outbox_id) <= (SELECT c.xact_id, c.outbox_id FROM base.outbox_cursor c ORDER BY c.xact_id, c.outbox_id LIMIT 1)
            AND NOT EXISTS (SELECT FROM base.outbox_dead d WHERE d.outbox_id = o.outbox_id AND d.resent_at IS NULL)
          ORDER BY o.xact_id, o.outbox_id LIMIT ${bunch})`),
    )
    removed += now
    if (now < bunch) return removed
  }
}
