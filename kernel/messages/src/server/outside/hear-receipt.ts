import { type Ctx, sql } from '@linli/base/server'
import { type OutsideChannel, type ReceiptKind, stateOf } from '../../define/delivery.ts'
import type { Channels } from './channel.ts'
import { tellChanged } from './courier.ts'
import { MessageError } from './message-error.ts'

interface Delivery {
  delivery_id: string
  once_key: string
  channel: OutsideChannel
  recipient_kind: string
  recipient_id: string
  recipient_name: string
  about_kind: string | null
  about_id: string | null
  area_path: string | null
  state: string
}

/**
 * What a provider says of a delivery: counted once, however often and in whatever order it is said. A failure brings the fallback forward;
 * a key pressed is told on as `message.acknowledged`. As linli_system.
 */
export async function hearReceipt(
  system: Ctx,
  channels: Channels,
  channel: OutsideChannel,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  const adapter = channels.get(channel)
  if (!adapter) throw MessageError('channel_unknown')
  const receipt = adapter.readReceipt(body)
  if (!receipt) throw MessageError('receipt_unsigned')
  const delivery = await system.find(sql<Delivery>`
    SELECT delivery_id, once_key, channel, recipient_kind, recipient_id, recipient_name, about_kind, about_id, area_path, state FROM messages.delivery
    WHERE delivery_id = ${receipt.key}::uuid AND channel = ${channel} FOR UPDATE`)
  if (!delivery) throw MessageError('delivery_unknown')
  const isNew = await system.run(sql`
    INSERT INTO messages.delivery_receipt (delivery_id, receipt_ref, kind, reason, at, heard_at)
    VALUES (${delivery.delivery_id}, ${receipt.ref}, ${receipt.kind}, ${receipt.reason}, ${receipt.at}, ${system.now}) ON CONFLICT DO NOTHING`)
  if (isNew === 0) return
  const said = await system.rows(
    sql<{ kind: ReceiptKind }>`SELECT kind FROM messages.delivery_receipt WHERE delivery_id = ${delivery.delivery_id}`,
  )
  const state = stateOf(said.map(({ kind }) => kind))
  await system.run(sql`
    UPDATE messages.delivery SET state = ${state}, ended_at = ${system.now}, sent_at = coalesce(sent_at, ${system.now}) WHERE delivery_id = ${delivery.delivery_id}`)
  if (state === 'failed') await bringForward(system, delivery)
  tellChanged(system, delivery)
  if (receipt.kind !== 'acknowledged') return
  system.emit('message.acknowledged', {
    deliveryId: delivery.delivery_id,
    channel,
    recipientKind: delivery.recipient_kind,
    recipientId: delivery.recipient_id,
    recipientName: delivery.recipient_name,
    aboutKind: delivery.about_kind,
    aboutId: delivery.about_id,
  })
}

/** The other way to the same person need not wait for its time; what is not urgent may wait for the end of quiet hours, and keeps it. */
function bringForward(system: Ctx, { once_key, recipient_id }: Delivery): Promise<number> {
  return system.run(sql`
    UPDATE messages.delivery SET send_at = least(send_at, ${system.now}::timestamptz)
    WHERE once_key = ${once_key} AND recipient_id = ${recipient_id}::uuid AND state = 'waiting' AND attempts = 0 AND is_urgent`)
}
