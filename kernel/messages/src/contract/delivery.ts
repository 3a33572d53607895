import { Cursor, endpoint, Id, Instant, page, RequestId } from '@linli/base/contract'
import { z } from 'zod'
import { deliveryStates, type OutsideChannel, outsideChannels, type ReceiptKind, receiptKinds } from '../define/delivery.ts'

const Channel = z.enum(outsideChannels as [OutsideChannel, ...OutsideChannel[]])
const State = z.enum(deliveryStates as [(typeof deliveryStates)[number], ...(typeof deliveryStates)[number][]])

/** A message that left the house, or is about to. What it says is not shown; to whom, only masked. */
export const Delivery = z.object({
  deliveryId: Id,
  channel: Channel,
  recipientKind: z.enum(['account', 'contact', 'resident']),
  recipientName: z.string(),
  phone: z.string(),
  template: z.string(),
  state: State,
  attempts: z.number().int(),
  /** What the provider said when it did not take it. */
  fault: z.string().nullable(),
  madeAt: Instant,
  sentAt: Instant.nullable(),
  /** When it is tried next; null when it is not. */
  nextAt: Instant.nullable(),
  receipts: z.array(
    z.object({ kind: z.enum(receiptKinds as [ReceiptKind, ...ReceiptKind[]]), reason: z.string().nullable(), at: Instant }),
  ),
})
export type Delivery = z.infer<typeof Delivery>

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/deliveries',
  summary: '外发的短信和语音：送到没有',
  permission: 'messages.operate',
  query: z.object({
    /** `stuck`: no provider took it, given up until a person looks at it. */
    state: z.enum(['all', 'stuck', 'waiting']).default('all'),
    channel: Channel.optional(),
    cursor: Cursor.optional(),
  }),
  result: page(Delivery).extend({ stuck: z.number().int(), channels: z.array(Channel) }),
})

export const resendDelivery = endpoint({
  method: 'POST',
  path: '/deliveries/:deliveryId/resend',
  summary: '再发一次（服务商没有收下的）',
  permission: 'messages.operate',
  idempotent: true,
  params: z.object({ deliveryId: Id }),
  body: z.object({ requestId: RequestId }),
  result: Delivery,
  errors: ['messages.delivery_unknown', 'messages.delivery_settled'],
})

export const hearReceipt = endpoint({
  method: 'POST',
  path: '/public/channels/:channel/receipts',
  summary: '短信、语音服务商的回执（带签名）',
  permission: 'public',
  rate: 6000,
  params: z.object({ channel: Channel }),
  body: z.record(z.string().max(60), z.unknown()),
  result: z.undefined(),
  status: 204,
  errors: ['messages.channel_unknown', 'messages.receipt_unsigned', 'messages.delivery_unknown'],
})
