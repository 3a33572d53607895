import { Cursor, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'

/** `asked`: the person wants it; `ended`: what the file was kept for is over; `mistaken`: it should never have been made. */
export const ErasureGround = z.enum(['asked', 'ended', 'mistaken'])
const Outcome = z.enum(['erased', 'kept'])

/** A request to erase a file (删除个人信息), and of an erased one what is left to say. */
export const Erasure = z.object({
  erasureId: Id,
  personId: Id,
  /** Masked; empty once it is erased. */
  name: z.string(),
  place: z.string(),
  ground: ErasureGround,
  /** Without telephone and ID numbers; null once it is erased. */
  reason: z.string().nullable(),
  by: z.string(),
  askedAt: Instant,
  outcome: Outcome.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  /** Whoever asked does not decide. */
  mayDecide: z.boolean(),
})
export type Erasure = z.infer<typeof Erasure>

export const listErasures = endpoint({
  method: 'GET',
  path: '/erasures',
  summary: '删除档案的请求：等另一人定的，和已经定了的',
  permission: 'registry.read',
  query: z.object({
    state: z.enum(['open', 'settled']).default('open'),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    cursor: Cursor.optional(),
  }),
  result: page(Erasure),
})

export const askErasure = endpoint({
  method: 'POST',
  path: '/persons/:personId/erasures',
  summary: '请求删除一份居民档案：写明理由，由另一人决定；还有未办完的事的不删',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ personId: Id }),
  body: z.object({ requestId: RequestId, ground: ErasureGround, reason: text(4, 200) }),
  result: Erasure,
  status: 201,
  replayStatus: 200,
  errors: ['registry.person_unknown', 'registry.erasure_asked', 'registry.erasure_done', 'registry.erasure_held'],
})

export const decideErasure = endpoint({
  method: 'POST',
  path: '/persons/:personId/erasures/:erasureId',
  summary: '决定删除（销毁密钥，不能恢复）或保留；提出的人不能自己决定',
  permission: 'registry.erase',
  idempotent: true,
  params: z.object({ personId: Id, erasureId: Id }),
  body: z.object({ requestId: RequestId, outcome: Outcome }),
  result: Erasure,
  errors: [
    'registry.person_unknown',
    'registry.erasure_unknown',
    'registry.erasure_settled',
    'registry.erasure_own',
    'registry.erasure_held',
  ],
})
