import { AreaCode, endpoint, Id, Instant, Position, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { AppealType, Attachment, ClockView, ReporterContact } from './case.ts'

export const CaseNumber = z.string().trim().min(4).max(40)
/** Last four of the phone, or of the code when no phone was given. */
export const Tail = z
  .string()
  .trim()
  .regex(/^\d{4}$/, '请填后四位数字')

export const fileAppeal = endpoint({
  method: 'POST',
  path: '/public/appeals',
  summary: '报事（不用登录）',
  permission: 'public',
  idempotent: true,
  // One address may be a gateway, a counter hall or a proxy before the whole county: only a flood is held back.
  rate: 120_000,
  body: z.object({
    requestId: RequestId,
    detail: text(1, 20_000),
    /** Missing: the first sentence of the detail, cut at 80. */
    title: text(1, 80).optional(),
    category: z.string().max(40).optional(),
    appealType: AppealType.optional(),
    areaCode: AreaCode,
    place: text(1, 120).optional(),
    position: Position.optional(),
    contact: ReporterContact.optional(),
    attachments: z.array(Id).max(9).optional(),
    /** The ticket of a matter that a neighbor has reported (`POST /public/appeals/similar`): 我也遇到了. */
    sameAs: z.string().max(400).optional(),
  }),
  /** `joined` answers a ticket: whether it is handled together with that matter, or by itself after all. */
  result: z.object({ number: z.string(), code: z.string(), joined: z.boolean().optional() }),
  status: 201,
  replayStatus: 200,
  errors: ['access.area_unknown', 'case.type_unknown', 'case.category_unknown', 'case.attachment_unknown'],
})

export const PublicStep = z.object({
  at: Instant,
  /** The move (`open` for the filing, the stage's own key for what is current): a page in another language finds its words by it. */
  key: z.string(),
  text: z.string(),
  by: z.string(),
  note: z.string().nullable(),
  kind: z.enum(['done', 'paused', 'current']),
  until: Instant.nullable(),
  attachments: z.array(Attachment),
})
export type PublicStep = z.infer<typeof PublicStep>

export const PublicCase = z.object({
  number: z.string(),
  title: z.string(),
  stage: z.string(),
  stageName: z.string(),
  status: z.enum(['open', 'closed', 'withdrawn']),
  holder: z.string(),
  openedAt: Instant,
  dueAt: Instant.nullable(),
  clock: ClockView.nullable(),
  steps: z.array(PublicStep),
  replies: z.array(z.object({ at: Instant, by: z.string(), text: z.string(), attachments: z.array(Attachment) })),
  attachments: z.array(Attachment),
  canRate: z.boolean(),
  canReopen: z.boolean(),
  canWithdrawUntil: Instant.nullable(),
  canAdd: z.boolean(),
  rating: z.object({ score: z.number().int(), at: Instant }).nullable(),
  hasContact: z.boolean(),
  /** Who looked at the contact, for what reason (SEC-01). */
  views: z.array(z.object({ at: Instant, by: z.string(), reason: z.string() })),
  now: Instant,
})
export type PublicCase = z.infer<typeof PublicCase>

const ByNumber = z.object({ number: CaseNumber })

export const getPublicCase = endpoint({
  method: 'GET',
  path: '/public/cases/:number',
  summary: '凭编号和后四位查进度',
  permission: 'public',
  rate: 240,
  params: ByNumber,
  query: z.object({ tail: Tail }),
  result: PublicCase,
  errors: ['case.not_found', 'case.tries_exhausted'],
})

export const reopenPublicCase = endpoint({
  method: 'POST',
  path: '/public/cases/:number/reopen',
  summary: '没解决，继续办',
  permission: 'public',
  rate: 60,
  idempotent: true,
  params: ByNumber,
  body: z.object({ requestId: RequestId, tail: Tail, reason: text(2, 500) }),
  result: PublicCase,
  status: 201,
  errors: ['case.not_found', 'case.move_forbidden', 'case.tries_exhausted'],
})

export const withdrawPublicCase = endpoint({
  method: 'POST',
  path: '/public/cases/:number/withdraw',
  summary: '撤回（五分钟内、还没受理）',
  permission: 'public',
  rate: 60,
  idempotent: true,
  params: ByNumber,
  body: z.object({ requestId: RequestId, tail: Tail }),
  result: PublicCase,
  errors: ['case.not_found', 'case.move_forbidden', 'case.tries_exhausted'],
})

export const addToPublicCase = endpoint({
  method: 'POST',
  path: '/public/cases/:number/additions',
  summary: '补一句、补一张',
  permission: 'public',
  rate: 60,
  idempotent: true,
  params: ByNumber,
  body: z.object({ requestId: RequestId, tail: Tail, detail: text(1, 2000), attachments: z.array(Id).max(9).optional() }),
  result: PublicCase,
  status: 201,
  errors: ['case.not_found', 'case.move_forbidden', 'case.attachment_unknown', 'case.data_invalid', 'case.tries_exhausted'],
})

export const erasePublicContact = endpoint({
  method: 'POST',
  path: '/public/cases/:number/erase-contact',
  summary: '抹去我的联系方式（办结后）',
  permission: 'public',
  rate: 20,
  idempotent: true,
  params: ByNumber,
  body: z.object({ requestId: RequestId, tail: Tail }),
  result: PublicCase,
  errors: ['case.not_found', 'case.move_forbidden', 'case.tries_exhausted'],
})

const Score = z.number().int().min(1).max(5)

export const rateByCode = endpoint({
  method: 'POST',
  path: '/public/ratings/:code',
  summary: '凭评价码评价（五级，自愿，无默认）',
  permission: 'public',
  rate: 60,
  idempotent: true,
  params: z.object({ code: z.string().trim().max(40) }),
  body: z.object({ requestId: RequestId, score: Score, text: text(1, 500).optional() }),
  result: z.object({ number: z.string(), score: Score, rectification: z.boolean() }),
  status: 201,
  errors: ['case.not_found', 'case.rating_early', 'case.rating_given'],
})

/** The same rating for someone who has the number and the tail but not the code at hand. */
export const rateByNumber = endpoint({
  method: 'POST',
  path: '/public/cases/:number/rating',
  summary: '凭编号和后四位评价',
  permission: 'public',
  rate: 60,
  idempotent: true,
  params: ByNumber,
  body: z.object({ requestId: RequestId, tail: Tail, score: Score, text: text(1, 500).optional() }),
  result: z.object({ number: z.string(), score: Score, rectification: z.boolean() }),
  status: 201,
  errors: ['case.not_found', 'case.rating_early', 'case.rating_given', 'case.tries_exhausted'],
})

/** Published results per unit: volume and distribution, never persons, never a rank. */
export const listRatings = endpoint({
  method: 'GET',
  path: '/public/ratings',
  summary: '好差评公开（按单位）',
  permission: 'public',
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(90) }),
  result: z.object({
    asOf: Instant,
    items: z.array(
      z.object({ orgName: z.string(), rated: z.number().int(), scores: z.array(z.number().int()).length(5), rectified: z.number().int() }),
    ),
  }),
})
