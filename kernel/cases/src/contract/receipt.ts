import { endpoint, Id, Instant, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

/** What stands on the paper that somebody takes home: enough to ask and to rate, and nobody's name. */
export const Receipt = z.object({
  caseId: Id,
  number: z.string(),
  kind: z.string(),
  /** Sixteen digits: who left no phone asks by the last four of them, and anybody rates with all. */
  code: z.string(),
  askBy: z.enum(['phone', 'code']),
  title: z.string(),
  place: z.string().nullable(),
  communityName: z.string(),
  openedAt: Instant,
  /** Until when there is an answer, by the name of that promise. */
  promise: z.object({ clock: z.string(), name: z.string(), dueAt: Instant, provisional: z.boolean() }).nullable(),
  /** Where one asks by word of mouth. */
  office: z.object({ name: z.string(), phone: z.string().nullable(), phoneOf: z.string().nullable() }),
  /** 0 is the receipt, n its n-th copy (副本). */
  copy: z.number().int(),
  printedAt: Instant,
})
export type Receipt = z.infer<typeof Receipt>

/** For the office that took the matter in, each time it prints: the code rates, so no other office gets it, and a second paper says that it is one. */
export const printReceipt = endpoint({
  method: 'POST',
  path: '/cases/:caseId/receipts',
  summary: '打印受理回执；第二张起是副本',
  permission: 'cases.open',
  idempotent: true,
  params: z.object({ caseId: Id }),
  body: z.object({ requestId: RequestId, reason: text(2, 200).optional() }),
  result: Receipt,
  status: 201,
  errors: ['case.not_found', 'case.receipt_unavailable'],
})
