import { Cursor, endpoint, Id, Instant, page } from '@linli/base/contract'
import { z } from 'zod'

/** One message to one post. `text` is rendered from the template in the reader's language and holds no personal data. */
export const InboxMessage = z.object({
  messageId: Id,
  template: z.string(),
  text: z.string(),
  caseId: Id.nullable(),
  caseNumber: z.string().nullable(),
  /** The account that it is about, for whoever looks into what that account did. */
  accountId: Id.nullable(),
  /** What it is about, beside a case: the kind names the page that opens it. */
  record: z.object({ kind: z.string(), id: Id }).nullable(),
  madeAt: Instant,
  readAt: Instant.nullable(),
})
export type InboxMessage = z.infer<typeof InboxMessage>

export const listInbox = endpoint({
  method: 'GET',
  path: '/inbox',
  summary: '消息',
  permission: 'signed-in',
  query: z.object({ unread: z.enum(['true', 'false']).optional(), lang: z.enum(['zh', 'en']).optional(), cursor: Cursor.optional() }),
  result: page(InboxMessage).extend({ unread: z.number().int() }),
})

export const readMessages = endpoint({
  method: 'POST',
  path: '/inbox/read',
  summary: '标为已读',
  permission: 'signed-in',
  body: z.object({ messageIds: z.array(Id).min(1).max(200) }),
  result: z.object({ unread: z.number().int() }),
})

/**
 * Server-sent events: `event: case` with `data: {"caseId"}` and `event: inbox` with `data: {"unread"}`; ids only.
 * Resumes by `Last-Event-ID`; `event: reset` says that too much was missed and lists should be read again.
 */
export const streamPath = '/api/v1/stream'
export const residentStreamPath = '/api/v1/residents/me/stream'
