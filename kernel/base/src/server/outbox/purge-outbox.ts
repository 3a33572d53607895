import { sql } from '../sql.ts'
import type { Ctx } from '../transaction.ts'

const day = 86_400_000

/** Removes events that every subscriber is past and that are older than a week, ten thousand at a time; answers how many. Put-aside ones wait until resent. */
export async function purgeOutbox(ctx: Ctx, { keepDays = 7, most = 10_000 } = {}): Promise<number> {
  return ctx.run(sql`
    DELETE FROM base.outbox WHERE outbox_id IN (
      SELECT o.outbox_id FROM base.outbox o
      WHERE o.made_at < ${new Date(ctx.now.getTime() - keepDays * day)}
        AND (o.xact_id, o.outbox_id) <= (SELECT c.xact_id, c.outbox_id FROM base.outbox_cursor c ORDER BY c.xact_id, c.outbox_id LIMIT 1)
        AND NOT EXISTS (SELECT FROM base.outbox_dead d WHERE d.outbox_id = o.outbox_id AND d.resent_at IS NULL)
      ORDER BY o.xact_id, o.outbox_id LIMIT ${most})`)
}
