import { Cursor, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

export const QuarantineState = z.enum(['waiting', 'resent', 'dropped'])

export const QuarantinedMessage = z.object({
  quarantineId: Id,
  deviceId: Id,
  deviceCode: z.string(),
  deviceName: z.string(),
  reason: z.string(),
  /** The value that did not fit. */
  field: z.string().nullable(),
  /** The beginning of it, as text; bytes that are none are shown as \\x00. */
  excerpt: z.string(),
  bytes: z.number().int(),
  channel: z.enum(['mqtt', 'http']),
  times: z.number().int(),
  firstAt: Instant,
  lastAt: Instant,
  state: QuarantineState,
  decidedAt: Instant.nullable(),
  decidedByName: z.string().nullable(),
  decisionReason: z.string().nullable(),
})
export type QuarantinedMessage = z.infer<typeof QuarantinedMessage>

export const listQuarantine = endpoint({
  method: 'GET',
  path: '/quarantine',
  summary: '隔离区：没有收下的设备消息和原因',
  permission: 'signals.read',
  query: z.object({
    state: QuarantineState.default('waiting'),
    deviceId: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    cursor: Cursor.optional(),
  }),
  result: page(QuarantinedMessage),
})

export const decideQuarantine = endpoint({
  method: 'POST',
  path: '/quarantine/:quarantineId/decision',
  summary: '重新送入，或不收（写明理由）',
  permission: 'signals.sift',
  idempotent: true,
  params: z.object({ quarantineId: Id }),
  body: z.object({ requestId: RequestId, resend: z.boolean(), reason: text(2, 200) }),
  result: QuarantinedMessage,
  errors: ['signals.quarantine_unknown', 'signals.quarantine_decided', 'signals.message_unfit'],
})
