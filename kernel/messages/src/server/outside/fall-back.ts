import { type Ctx, type Subscriber, sql } from '@linli/base/server'
import { afterQuiet } from '../../define/delivery.ts'
import type { MessageParams, Templates } from '../../define/template.ts'
import { reachOf } from './preferences.ts'
import { type OutsideDeps, type OutsideTelling, tellOutside } from './tell-outside.ts'

interface ToldRow {
  message_id: string
  account_id: string
  display_name: string
  area_path: string
  template: string
  params: MessageParams
  once_key: string
  made_at: Date
}

const minuteMs = 60_000

/**
 * One message, the channels of whoever it is for: what stays unread in an inbox goes out by the first of them after the minutes that the
 * account chose, by the second after as many again, outside its quiet hours. Read in time, nothing goes out. Alarms are told by their ladder.
 */
export function fallBackSubscriber(deps: OutsideDeps): Subscriber {
  return {
    name: 'messages.fall-back',
    events: ['message.told'],
    async apply(system, { payload }) {
      const { messageIds } = payload as { messageIds?: string[] }
      if (!messageIds?.length) return
      const rows = await system.rows(sql<ToldRow>`
        SELECT m.message_id, m.account_id, a.display_name, m.area_path, m.template, m.params, m.once_key, m.made_at
        FROM messages.message m JOIN access.account a USING (account_id) WHERE m.message_id = ANY (${messageIds}::uuid[]) AND m.read_at IS NULL`)
      await tellOutside(system, deps, await fallBacksOf(system, deps, rows))
    },
  }
}

async function fallBacksOf(system: Ctx, { vault, templates }: OutsideDeps, rows: readonly ToldRow[]): Promise<OutsideTelling[]> {
  const reach = await reachOf(
    system,
    vault,
    rows.map((row) => row.account_id),
  )
  return rows.flatMap((row) => {
    const way = reach.get(row.account_id)
    if (!way || !canLeave(templates, row.template)) return []
    return way.channels.map((channel, at): OutsideTelling => {
      const sendAt = new Date(row.made_at.getTime() + (at + 1) * way.afterMinutes * minuteMs)
      return {
        recipient: { kind: 'account', id: row.account_id, name: row.display_name, phone: way.phone, lang: way.lang },
        channel,
        template: row.template,
        params: row.params,
        onceKey: row.once_key,
        sendAt: afterQuiet(sendAt, way.quiet),
        isUrgent: false,
        unlessRead: row.message_id,
        areaPath: row.area_path,
      }
    })
  })
}

/** A name that is looked up when it is read has no reader here; such a message stays inside. Nor does an alarm: its ladder tells it. */
function canLeave(templates: Templates, key: string): boolean {
  const template = templates.get(key)
  return template !== undefined && !template.isLaddered && !Object.values(template.params).includes('account')
}
