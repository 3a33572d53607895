import { endpoint, Id, Instant, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { PersonField, PersonValues } from './person-values.ts'

const Met = z.enum(['person', 'family', 'neighbor', 'nobody'])
const Result = z.enum(['well', 'concern', 'help', 'notMet'])

/** What whoever was at the door says of a visit. */
export const VisitBody = z.object({
  requestId: RequestId,
  /** How far the file was that the visitor had in hand: what changed since then is not overwritten. */
  seenSeq: z.number().int().positive(),
  /** By the clock of the phone. */
  madeAt: Instant,
  met: Met,
  result: Result,
  note: text(2, 500).optional(),
  /** Only what is not as the file says. */
  values: PersonValues.default({}),
  /** With a note for first aid: the words that the person agreed to at the door. */
  healthAgreed: text(1, 40).optional(),
  tags: z
    .array(z.object({ careGroup: z.string().max(60), basis: text(2, 200) }))
    .max(6)
    .default([]),
  attachments: z.array(Id).max(9).optional(),
})

export const RecordedVisit = z.object({
  visitId: Id,
  personId: Id,
  seq: z.number().int(),
  /** Values that the file did not take; they wait for somebody to look. */
  toLookAt: z.array(PersonField),
})
export type RecordedVisit = z.infer<typeof RecordedVisit>

export const recordVisit = endpoint({
  method: 'POST',
  path: '/persons/:personId/visits',
  summary: '走访一位居民：见到谁、情况怎样，只报有变化的；可以事后补发，只记一次',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ personId: Id }),
  body: VisitBody,
  result: RecordedVisit,
  status: 201,
  replayStatus: 200,
  errors: ['registry.person_unknown', 'registry.data_invalid', 'registry.attachment_unknown'],
})
export type VisitSaid = z.output<typeof VisitBody>

const Correction = z.object({
  correctionId: Id,
  field: PersonField,
  why: z.enum(['owned', 'changed', 'taken']),
  /** What the visit found; null where nothing is shown. */
  masked: z.string().nullable(),
  outcome: z.enum(['applied', 'kept', 'sent']).nullable(),
  settledAt: Instant.nullable(),
})

/** One visit (走访), as whoever has the file reads it. */
export const Visit = z.object({
  visitId: Id,
  madeAt: Instant,
  receivedAt: Instant,
  /** The clock of the phone could not be right: `madeAt` is when the platform heard of it. */
  isClockOff: z.boolean(),
  by: z.string(),
  org: z.string().nullable(),
  /** The dwelling at that time. */
  place: z.string().nullable(),
  met: Met,
  result: Result,
  /** Without telephone and ID numbers; null where there is none, or the person was erased. */
  note: z.string().nullable(),
  /** Values that the file took from it. */
  fields: z.array(PersonField),
  careGroups: z.array(z.object({ key: z.string(), name: z.string() })),
  attachments: z.array(Id),
  corrections: z.array(Correction),
})
export type Visit = z.infer<typeof Visit>

export const listVisits = endpoint({
  method: 'GET',
  path: '/persons/:personId/visits',
  summary: '一位居民的走访记录和待核对的信息',
  permission: 'registry.read',
  params: z.object({ personId: Id }),
  result: z.object({ items: z.array(Visit) }),
  errors: ['registry.person_unknown'],
})

export const settleCorrection = endpoint({
  method: 'POST',
  path: '/persons/:personId/corrections/:correctionId',
  summary: '核对走访带回、窗口提出的信息：采用、保留原来的，或已转数据归口单位',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ personId: Id, correctionId: Id }),
  body: z.object({ requestId: RequestId, outcome: z.enum(['applied', 'kept', 'sent']) }),
  result: z.object({ personId: Id, seq: z.number().int() }),
  errors: [
    'registry.person_unknown',
    'registry.person_exists',
    'registry.correction_unknown',
    'registry.correction_settled',
    'registry.correction_own',
    'registry.data_invalid',
  ],
})

export const readVisitFile = endpoint({
  method: 'GET',
  path: '/persons/:personId/files/:fileId',
  summary: '走访时拍的照片',
  permission: 'registry.read',
  rate: 600,
  params: z.object({ personId: Id, fileId: Id }),
  query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
  result: z.unknown(),
  errors: ['registry.person_unknown', 'file.not_found'],
})
