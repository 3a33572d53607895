import { sql } from '@linli/base/server'
import type { LiveTopic } from '@linli/messages/server'

/** Open pages of those who may import hear that a batch of their area went on. */
export const importTopic: LiveTopic = {
  name: 'import',
  events: ['exchange.imported'],
  key: 'batchId',
  async visible(ctx, batchIds) {
    const rows = await ctx.rows(
      sql<{ batch_id: string }>`SELECT batch_id FROM exchange.import_batch WHERE batch_id = ANY (${batchIds}::uuid[])`,
    )
    return rows.map((row) => row.batch_id)
  },
  concerns: (actor, { areaPath }) =>
    actor.permissions.has('exchange.import') && actor.areaPath !== null && String(areaPath).startsWith(actor.areaPath),
}
