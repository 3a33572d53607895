import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd, sqlIf, systemActor } from '@linli/base/server'
import type { Delivery } from '../../contract/delivery.ts'
import type { OutsideChannel, ReceiptKind } from '../../define/delivery.ts'
import type { Channels } from './channel.ts'
import { MessageError } from './message-error.ts'

interface DeliveryRow {
  delivery_id: string
  channel: OutsideChannel
  recipient_kind: Delivery['recipientKind']
  recipient_name: string
  masked_phone: string
  template: string
  state: Delivery['state']
  attempts: number
  fault: string | null
  made_at: Date
  sent_at: Date | null
  send_at: Date
  receipts: { kind: ReceiptKind; reason: string | null; at: string }[] | null
}

const delivery: Statement<DeliveryRow> = sql<DeliveryRow>`
  SELECT d.delivery_id, d.channel, d.recipient_kind, d.recipient_name, d.masked_phone, d.template, d.state, d.attempts, d.fault, d.made_at, d.sent_at, d.send_at,
    (SELECT jsonb_agg(jsonb_build_object('kind', r.kind, 'reason', r.reason, 'at', r.at) ORDER BY r.at, r.kind) FROM messages.delivery_receipt r
      WHERE r.delivery_id = d.delivery_id) AS receipts
  FROM messages.delivery d`

const isStuck: Statement = sql`d.state = 'dead'`
const pageSize = 50

/** What went out, latest first, for who keeps the platform running. */
export async function listDeliveries(
  ctx: Ctx,
  channels: Channels,
  { state, channel, cursor }: { state: 'all' | 'stuck' | 'waiting'; channel?: OutsideChannel | undefined; cursor?: string | undefined },
) {
  const filters: Statement[] = []
  if (state === 'stuck') filters.push(isStuck)
  if (state === 'waiting') filters.push(sql`d.state IN ('waiting', 'sending')`)
  if (channel) filters.push(sql`d.channel = ${channel}`)
  const [madeAt, id] = cursor ? decodeCursor(cursor, 'instant', 'uuid') : [null, null]
  const rows = await ctx.rows(sql<DeliveryRow>`
    ${delivery} WHERE ${sqlAnd(filters)} ${sqlIf(cursor, () => sql`AND (d.made_at, d.delivery_id) < (${madeAt}::timestamptz, ${id}::uuid)`)}
    ORDER BY d.made_at DESC, d.delivery_id DESC LIMIT ${pageSize + 1}`)
  const { stuck } = await ctx.get(sql<{ stuck: number }>`SELECT count(*)::int AS stuck FROM messages.delivery d WHERE ${isStuck}`)
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined
  return {
    items: rows.slice(0, pageSize).map(present),
    next: last ? encodeCursor(last.made_at, last.delivery_id) : null,
    stuck,
    channels: [...channels.keys()],
  }
}

/** Everything that went out about one thing, in the order in which it was told. As linli_system: who may see the thing may see this. */
export async function deliveriesAbout(system: Ctx, about: { kind: string; id: string }): Promise<Delivery[]> {
  const rows = await system.rows(sql<DeliveryRow>`
    ${delivery} WHERE d.about_kind = ${about.kind} AND d.about_id = ${about.id}::uuid ORDER BY d.made_at, d.send_at, d.delivery_id`)
  return rows.map(present)
}

/**
 * Sends one again that no provider took; under the same key, so one that was taken after all is not said twice. A call that nobody answered
 * is not this: whoever it was about has its own ladder.
 */
export async function resendDelivery(ctx: Ctx, deliveryId: string): Promise<Delivery> {
  const row = await ctx.find(sql<DeliveryRow>`${delivery} WHERE d.delivery_id = ${deliveryId}::uuid`)
  if (!row) throw MessageError('delivery_unknown')
  const woken = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE messages.delivery SET state = 'waiting', attempts = 0, send_at = ${system.now}, ended_at = NULL, fault = NULL
      WHERE delivery_id = ${deliveryId}::uuid AND state = 'dead' AND sealed IS NOT NULL`),
  )
  if (woken === 0) throw MessageError('delivery_settled')
  ctx.audit({ action: 'messages.resent', subjectKind: 'delivery', subjectId: deliveryId, detail: { channel: row.channel } })
  ctx.emit('delivery.made', { deliveries: 1 })
  return present(await ctx.get(sql<DeliveryRow>`${delivery} WHERE d.delivery_id = ${deliveryId}::uuid`))
}

function present(row: DeliveryRow): Delivery {
  const isComing = row.state === 'waiting' || row.state === 'sending'
  return {
    deliveryId: row.delivery_id,
    channel: row.channel,
    recipientKind: row.recipient_kind,
    recipientName: row.recipient_name,
    phone: row.masked_phone,
    template: row.template,
    state: row.state,
    attempts: row.attempts,
    fault: row.fault,
    madeAt: row.made_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    nextAt: isComing ? row.send_at.toISOString() : null,
    receipts: (row.receipts ?? []).map((receipt) => ({ ...receipt, at: new Date(receipt.at).toISOString() })),
  }
}
