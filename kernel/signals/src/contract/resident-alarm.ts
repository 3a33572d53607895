import { endpoint, Id, Instant, Position, RequestId } from '@linli/base/contract'
import { z } from 'zod'
import { residentReplies } from '../define/resident-replies.ts'
import { WatchState } from './watch.ts'

const Reply = z.enum(Object.keys(residentReplies) as [keyof typeof residentReplies, ...(keyof typeof residentReplies)[]])

/** An alarm as the person, or whoever of the family is bound to the person, sees it: who is coming. */
export const ResidentAlarm = z.object({
  episodeId: Id,
  number: z.string(),
  rule: z.string(),
  ruleName: z.string(),
  /** About oneself; otherwise about somebody one is bound to. */
  isOwn: z.boolean(),
  /** Masked. */
  personName: z.string(),
  stage: z.enum(['raised', 'acknowledged', 'departed', 'arrived', 'settled']),
  raisedAt: Instant,
  settledAt: Instant.nullable(),
  /** What happened so far, oldest first; of people on duty surname and role. */
  steps: z.array(
    z.object({
      at: Instant,
      kind: z.enum(['raise', 'told', 'acknowledge', 'depart', 'arrive', 'settle', 'reply', 'heard']),
      who: z.string().nullable(),
      role: z.object({ zh: z.string(), en: z.string() }).nullable(),
      reply: Reply.nullable(),
    }),
  ),
  replies: z.array(Reply),
})
export type ResidentAlarm = z.infer<typeof ResidentAlarm>

export const callForHelp = endpoint({
  method: 'POST',
  path: '/residents/me/alarms',
  summary: '居民在手机上一键求助（不能替代 120）',
  permission: 'resident',
  rate: 20,
  body: z.object({ requestId: RequestId, position: Position.optional() }),
  result: ResidentAlarm,
  status: 201,
  errors: ['signals.resident_unplaced', 'signals.call_closed'],
})

export const listResidentAlarms = endpoint({
  method: 'GET',
  path: '/residents/me/alarms',
  summary: '自己的和家人的告警：谁在处置、到了没有',
  permission: 'resident',
  rate: 120,
  result: z.object({ items: z.array(ResidentAlarm), mayCall: z.boolean(), asOf: Instant }),
})

export const replyToAlarm = endpoint({
  method: 'POST',
  path: '/residents/me/alarms/:episodeId/replies',
  summary: '家人或本人回一句：正在打电话、正赶过去、我没事',
  permission: 'resident',
  idempotent: true,
  params: z.object({ episodeId: Id }),
  body: z.object({ requestId: RequestId, reply: Reply }),
  result: ResidentAlarm,
  errors: ['signals.episode_unknown', 'signals.episode_settled', 'signals.data_invalid'],
})

/** The rules that watch over the signed-in person. Stopping one takes one press and no reason. */
export const OwnWatch = z.object({
  rules: z.array(
    z.object({
      rule: z.string(),
      name: z.string(),
      because: z.string(),
      state: WatchState,
      isAgreed: z.boolean(),
      isMuted: z.boolean(),
    }),
  ),
})
export type OwnWatch = z.infer<typeof OwnWatch>

export const getOwnWatch = endpoint({
  method: 'GET',
  path: '/residents/me/watch',
  summary: '哪些规则在关照我',
  permission: 'resident',
  result: OwnWatch,
})

export const changeOwnWatch = endpoint({
  method: 'POST',
  path: '/residents/me/watch',
  summary: '停用或恢复一条关照我的规则，立即生效',
  permission: 'resident',
  idempotent: true,
  body: z.object({ requestId: RequestId, rule: z.string().max(80), isMuted: z.boolean() }),
  result: OwnWatch,
  errors: ['signals.resident_unplaced', 'signals.data_invalid'],
})
