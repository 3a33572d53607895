import { Day, endpoint, Id, RequestId } from '@linli/base/contract'
import { z } from 'zod'

export const DeputyReason = z.enum(['leave', 'away', 'training', 'sick', 'other'])

/** Who stands in (AB岗) for the holder of a post, from one day to another. */
export const Deputy = z.object({
  deputyId: Id,
  postId: Id,
  roleName: z.string(),
  role: z.string(),
  areaName: z.string(),
  orgName: z.string(),
  holderName: z.string(),
  deputyName: z.string(),
  reason: DeputyReason,
  from: z.iso.date(),
  until: z.iso.date(),
  state: z.enum(['planned', 'now', 'over', 'ended']),
  mayEnd: z.boolean(),
})
export type Deputy = z.infer<typeof Deputy>

export const listDeputies = endpoint({
  method: 'GET',
  path: '/deputies',
  summary: '代班（AB 岗）：自己的、替别人的、归自己管的',
  permission: 'signed-in',
  result: z.object({ items: z.array(Deputy) }),
})

export const listStandIns = endpoint({
  method: 'GET',
  path: '/posts/:postId/stand-ins',
  summary: '谁可以替这个岗位代班：同一单位在岗的人',
  permission: 'signed-in',
  params: z.object({ postId: Id }),
  result: z.object({ items: z.array(z.object({ accountId: Id, name: z.string(), roleName: z.string() })) }),
  errors: ['access.post_unknown'],
})

export const setDeputy = endpoint({
  method: 'POST',
  path: '/posts/:postId/deputies',
  summary: '设代班人（本人请假、外出，或由管理员办理）',
  permission: 'signed-in',
  idempotent: true,
  params: z.object({ postId: Id }),
  body: z.object({ requestId: RequestId, accountId: Id, from: Day, until: Day, reason: DeputyReason }),
  result: Deputy,
  status: 201,
  errors: ['access.post_unknown', 'access.deputy_unfit', 'access.deputy_taken'],
})

export const endDeputy = endpoint({
  method: 'DELETE',
  path: '/deputies/:deputyId',
  summary: '提前结束代班（立即失效）',
  permission: 'signed-in',
  params: z.object({ deputyId: Id }),
  result: z.undefined(),
  status: 204,
  errors: ['access.deputy_unknown'],
})
