import { endpoint, Id, Instant, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

const State = z.enum(['waiting', 'accepted', 'rejected'])

/** Work of a phone whose doer had lost the right to it (待审补报). */
export const BacklogRow = z.object({
  backlogId: Id,
  kind: z.string(),
  /** What it was about, as the phone called it: masked. */
  label: z.string(),
  byName: z.string(),
  orgName: z.string().nullable(),
  areaName: z.string(),
  /** Why the platform did not take it: the code of the refusal. */
  why: z.string(),
  madeAt: Instant,
  receivedAt: Instant,
  state: State,
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** What came of it: a matter, a visit or an alarm, by its kind. */
  outcomeId: Id.nullable(),
})
export type BacklogRow = z.infer<typeof BacklogRow>

/** What it would write, for whoever decides: telephone and ID numbers masked. */
export const BacklogItem = BacklogRow.extend({
  facts: z.array(z.object({ key: z.string(), value: z.string() })),
  photos: z.number().int(),
})
export type BacklogItem = z.infer<typeof BacklogItem>

export const handIn = endpoint({
  method: 'POST',
  path: '/backlog',
  summary: '把没有权限再发的补报交社区审核（不丢）',
  permission: 'signed-in',
  rate: 120,
  body: z.object({
    requestId: RequestId,
    kind: z.string().max(40),
    /** The post under which it was done; the latest one where the phone does not know. */
    postId: Id.optional(),
    label: text(1, 120),
    why: z.string().regex(/^[a-z]+\.[a-z_]{2,40}$/),
    madeAt: Instant,
    params: z.record(z.string().max(40), z.string().max(200)).default({}),
    body: z.record(z.string().max(60), z.unknown()),
    attachments: z.array(Id).max(18).default([]),
  }),
  result: BacklogRow,
  status: 201,
  errors: ['exchange.backlog_unfit', 'exchange.backlog_unplaced', 'exchange.backlog_photo_lost'],
})
export type HandIn = z.output<typeof handIn.body>

export const listOwnBacklog = endpoint({
  method: 'GET',
  path: '/me/backlog',
  summary: '本人交审核的补报和结果',
  permission: 'signed-in',
  result: z.object({ items: z.array(BacklogRow) }),
})

export const listBacklog = endpoint({
  method: 'GET',
  path: '/backlog',
  summary: '本辖区待审的补报',
  permission: 'exchange.review',
  query: z.object({ state: State.default('waiting') }),
  result: z.object({ items: z.array(BacklogRow) }),
})

const Params = z.object({ backlogId: Id })

export const getBacklog = endpoint({
  method: 'GET',
  path: '/backlog/:backlogId',
  summary: '一条待审的补报，写的是什么',
  permission: 'exchange.review',
  params: Params,
  result: BacklogItem,
  errors: ['exchange.backlog_unknown'],
})

export const decideBacklog = endpoint({
  method: 'POST',
  path: '/backlog/:backlogId/decision',
  summary: '采用（以本人的权限补录）或退回（写明理由）',
  permission: 'exchange.review',
  idempotent: true,
  params: Params,
  body: z.object({ requestId: RequestId, accept: z.boolean(), reason: text(0, 200).default('') }),
  result: BacklogRow,
  errors: ['exchange.backlog_unknown', 'exchange.backlog_decided', 'exchange.backlog_reason_missing', 'exchange.backlog_refused'],
})
