import { Cursor, endpoint, Id, Instant, Position, page, RequestId, text } from '@linli/base/contract'
import { type DeliveryState, deliveryStates } from '@linli/messages/define'
import { RecordedVisit, VisitBody } from '@linli/registry/contract'
import { z } from 'zod'
import { outcomes } from '../define/episode.ts'
import { type ResidentReply, residentReplies } from '../define/resident-replies.ts'
import { SubjectKind } from './device.ts'

const Level = z.number().int().min(1).max(4)
const Stage = z.enum(['raised', 'acknowledged', 'departed', 'arrived', 'settled'])
export const Outcome = z.enum(Object.keys(outcomes) as [keyof typeof outcomes, ...(keyof typeof outcomes)[]])
const Move = z.enum(['acknowledge', 'depart', 'arrive', 'note', 'settle'])

/** What was found at the door (走访). */
const EpisodeVisit = z.object({
  visitId: Id,
  met: VisitBody.shape.met,
  result: VisitBody.shape.result,
  madeAt: Instant,
})

export const EpisodeRow = z.object({
  episodeId: Id,
  /** JB-20260302-000017 */
  number: z.string(),
  rule: z.string(),
  ruleName: z.string(),
  level: Level,
  highestLevel: Level,
  stage: Stage,
  place: z.string(),
  communityName: z.string().nullable(),
  cellName: z.string().nullable(),
  firstSignalAt: Instant,
  lastSignalAt: Instant,
  raisedAt: Instant,
  acknowledgedAt: Instant.nullable(),
  arrivedAt: Instant.nullable(),
  settledAt: Instant.nullable(),
  outcome: Outcome.nullable(),
  /** When the next rung of the ladder is told; null when nobody more is. */
  nextStepAt: Instant.nullable(),
  /** It can end as real, false or unreachable only with what was found at the door. */
  needsVisit: z.boolean(),
  /** The latest visit that it led to. */
  visit: EpisodeVisit.nullable(),
})
export type EpisodeRow = z.infer<typeof EpisodeRow>

/** One line of the alarm as everybody saw it: signals, who was told, who did what. */
export const EpisodeLine = z.object({
  at: Instant,
  kind: z.enum([
    'raise',
    'join',
    'level',
    'sign',
    'told',
    'phone',
    'heard',
    'reply',
    'acknowledge',
    'depart',
    'arrive',
    'visit',
    'note',
    'settle',
  ]),
  byName: z.string().nullable(),
  orgName: z.string().nullable(),
  level: Level.optional(),
  deviceName: z.string().optional(),
  /** A signal that came late: when it was sent. */
  signalAt: Instant.optional(),
  /** With `raise` of something that did not come: since when it did not. */
  since: Instant.optional(),
  rung: z.string().optional(),
  attempt: z.number().int().optional(),
  told: z.number().int().nullable().optional(),
  outcome: z.enum(['waiting', 'answered', 'unanswered', 'nobody']).optional(),
  /** With `told`: in one message with the other alarms of a storm. */
  isMerged: z.boolean().optional(),
  text: z.string().optional(),
  /** Answered by a key on a call. */
  via: z.enum(['voice']).optional(),
  /** What the person or the family said with one press. */
  reply: z.enum(Object.keys(residentReplies) as [ResidentReply, ...ResidentReply[]]).optional(),
  /** With `visit`: what was found at the door, and when by the clock of the phone. Its words are in the file of the person. */
  visit: EpisodeVisit.omit({ visitId: true }).optional(),
  /** A message or a call to a phone; `at` of one that is yet to come lies ahead. */
  phone: z
    .object({
      channel: z.enum(['sms', 'voice']),
      to: z.string(),
      isFamily: z.boolean(),
      state: z.enum(deliveryStates as [DeliveryState, ...DeliveryState[]]),
      fault: z.string().nullable(),
      endedAt: Instant.nullable(),
    })
    .optional(),
})
export type EpisodeLine = z.infer<typeof EpisodeLine>

export const Episode = EpisodeRow.extend({
  /** Empty where it would say a label of the person that the reader does not see. */
  because: z.string(),
  subjectKind: SubjectKind,
  subjectId: Id,
  subjectName: z.string().nullable(),
  devices: z.array(
    z.object({
      deviceId: Id,
      code: z.string(),
      name: z.string(),
      firstAt: Instant,
      lastAt: Instant,
      signals: z.number().int(),
      isActive: z.boolean(),
    }),
  ),
  lines: z.array(EpisodeLine),
  moves: z.array(Move),
  /** Where the phone was that called; while the alarm is open. */
  callerPosition: Position.nullable(),
  caseId: Id.nullable(),
  /** A real one may become a matter that others work on. */
  mayOpenCase: z.boolean(),
})
export type Episode = z.infer<typeof Episode>

/** So many alarms of one rule in one community that staff are told of them together. */
export const AlarmStorm = z.object({
  rule: z.string(),
  ruleName: z.string(),
  communityName: z.string(),
  since: Instant,
  /** Raised since then. */
  alarms: z.number().int(),
})
export type AlarmStorm = z.infer<typeof AlarmStorm>

/** What the list of alarms can be narrowed to. */
export const episodeFilter = z.object({
  state: z.enum(['open', 'settled', 'all']).default('all'),
  rule: z.string().max(100).optional(),
  outcome: Outcome.optional(),
  /** Raised within so many days. */
  days: z.coerce.number().int().min(1).max(366).optional(),
})
export type EpisodeFilter = z.infer<typeof episodeFilter>

const EpisodeParams = z.object({ episodeId: Id })

export const listEpisodes = endpoint({
  method: 'GET',
  path: '/episodes',
  summary: '告警：本辖区的，未办结在前',
  permission: 'signals.read',
  query: episodeFilter.extend({
    /** About this person, household, dwelling, building or device alone. */
    subjectId: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    cursor: Cursor.optional(),
  }),
  result: page(EpisodeRow).extend({ asOf: Instant, ringing: z.number().int(), storms: z.array(AlarmStorm) }),
})

export const getEpisode = endpoint({
  method: 'GET',
  path: '/episodes/:episodeId',
  summary: '一次告警，从第一个信号到处置结果',
  permission: 'signals.read',
  params: EpisodeParams,
  result: Episode,
  errors: ['signals.episode_unknown'],
})

export const moveEpisode = endpoint({
  method: 'POST',
  path: '/episodes/:episodeId/moves/:key',
  summary: '接警、出发、到场、备注、办结',
  permission: 'signals.respond',
  idempotent: true,
  params: EpisodeParams.extend({ key: Move }),
  body: z.object({
    requestId: RequestId,
    text: text(0, 500).default(''),
    /** With `arrive`: where that was. */
    position: Position.optional(),
    /** With `settle`. */
    outcome: Outcome.optional(),
    openCase: z.boolean().default(false),
  }),
  result: Episode,
  errors: ['signals.episode_unknown', 'signals.episode_settled', 'signals.data_invalid', 'signals.case_unopened', 'signals.visit_required'],
})

export const visitEpisode = endpoint({
  method: 'POST',
  path: '/episodes/:episodeId/visit',
  summary: '上报这次告警的走访结果：记进居民档案，并按结果办结；没见到人的不办结',
  permission: 'signals.respond',
  idempotent: true,
  params: EpisodeParams,
  body: VisitBody.extend({
    /** Where that was, for the arrival that nobody reported before. */
    position: Position.optional(),
    /** Others go on with it. */
    openCase: z.boolean().default(false),
  }),
  result: RecordedVisit.extend({ episode: Episode }),
  errors: [
    'signals.episode_unknown',
    'signals.data_invalid',
    'signals.case_unopened',
    'registry.person_unknown',
    'registry.data_invalid',
    'registry.attachment_unknown',
  ],
})

export const openHealthNote = endpoint({
  method: 'POST',
  path: '/episodes/:episodeId/health-note',
  summary: '看本人的急救提示：只给被叫来处置的人，办结前；看了本人知道',
  permission: 'signals.respond',
  params: EpisodeParams,
  result: z.object({ note: z.string().nullable() }),
  errors: ['signals.episode_unknown', 'signals.episode_settled', 'signals.ladder_closed'],
})
