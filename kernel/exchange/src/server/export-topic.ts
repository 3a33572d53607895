import { sql } from '@linli/base/server'
import type { LiveTopic } from '@linli/messages/server'

/** Open pages hear that an export went on: the person's own, and what is held those who decide. */
export const exportTopic: LiveTopic = {
  name: 'export',
  events: ['exchange.changed'],
  key: 'exportId',
  async visible(ctx, exportIds) {
    const rows = await ctx.rows(
      sql<{ export_id: string }>`SELECT export_id FROM exchange.export_job WHERE export_id = ANY (${exportIds}::uuid[])`,
    )
    return rows.map((row) => row.export_id)
  },
  concerns: (actor, { accountId }) => accountId === actor.accountId || actor.permissions.has('exchange.decide'),
}
