import { endpoint, Id, Instant, Position, RequestId, text } from '@linli/base/contract'
import type { FormDefinition } from '@linli/forms/define'
import { z } from 'zod'
import { CaseSubject } from './subject.ts'

export const AppealType = z.enum(['consult', 'help', 'complaint', 'report', 'suggest', 'urgent'])
export type AppealType = z.infer<typeof AppealType>

/** How a reporter can be reached; without a phone, by the code alone. */
export const ReporterContact = z.object({
  phone: z
    .string()
    .trim()
    .regex(/^(?:1\d{10}|0\d{2,3}-?\d{7,8})$/, '手机号是 11 位，座机请带区号')
    .optional(),
  name: text(1, 40).optional(),
})

/** How whoever comes in place of somebody (代办) stands to that person. */
export const Relation = z.enum(['spouse', 'child', 'parent', 'relative', 'neighbor', 'carer', 'guardian', 'other'])
export type Relation = z.infer<typeof Relation>

/** As staff take it down: the person that the matter is for, and who came for them. */
export const CounterContact = ReporterContact.extend({ agent: z.object({ name: text(1, 40), relation: Relation }).optional() })

/** A key of a definition: a stage, a kind, a category. */
export const Key = z.string().regex(/^[A-Za-z0-9._-]{0,40}$/, '不是有效的键')

export const ClockState = z.enum(['onTime', 'dueSoon', 'overdue', 'paused', 'done'])
export type ClockState = z.infer<typeof ClockState>

/** One clock of a case. States come from the server; `spans` draw the deadline ruler. */
export const ClockView = z.object({
  key: z.string(),
  name: z.string(),
  orgName: z.string().nullable(),
  state: ClockState,
  startedAt: Instant,
  dueAt: Instant,
  amberAt: Instant,
  stoppedAt: Instant.nullable(),
  pausedUntil: Instant.nullable(),
  pauseReason: z.string().nullable(),
  /** A year of the calendar was not imported yet; Monday to Friday stood in, and the deadline may move. */
  provisional: z.boolean(),
  spans: z.array(z.object({ from: Instant, to: Instant, kind: z.enum(['running', 'paused']) })),
})
export type ClockView = z.infer<typeof ClockView>

export const CaseRow = z.object({
  caseId: Id,
  number: z.string(),
  kind: z.string(),
  caseType: z.string(),
  title: z.string(),
  category: z.string().nullable(),
  appealType: AppealType.nullable(),
  /** How urgent, where the kind of work has levels. */
  level: z.string().nullable(),
  channel: z.string(),
  stage: z.string(),
  stageName: z.string(),
  status: z.enum(['open', 'closed', 'withdrawn']),
  communityName: z.string(),
  cellName: z.string().nullable(),
  place: z.string().nullable(),
  holder: z.string(),
  /** The same without words, for another language: whose turn it is, and the place whose desk or superior that is. */
  held: z.object({ by: z.enum(['main', 'desk', 'requester', 'superior', 'none']), place: z.string().nullable() }),
  openedAt: Instant,
  dueAt: Instant.nullable(),
  /** The clock of whoever holds the case now. */
  clock: ClockView.omit({ spans: true }).nullable(),
  /** The promise to the resident, where it differs from `clock`. */
  outerDueAt: Instant.nullable(),
  rounds: z.number().int(),
  /** A superior watches it (督办) since then. */
  supervisedAt: Instant.nullable(),
  /** How many reports it is: its own and those merged into it. */
  reporters: z.number().int(),
  score: z.number().int().nullable(),
  seq: z.number().int(),
})
export type CaseRow = z.infer<typeof CaseRow>

/** A move that the acting post may make now; `form` is drawn as it stands. `primary` marks the first choice (Enter). */
export const MoveOffer = z.object({
  key: z.string(),
  name: z.string(),
  form: z.custom<FormDefinition>().nullable(),
  because: z.string().nullable(),
  primary: z.boolean(),
  /** What the form begins with. */
  initial: z.record(z.string(), z.unknown()).nullable(),
})
export type MoveOffer = z.infer<typeof MoveOffer>

export const Attachment = z.object({
  fileId: Id,
  mediaType: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
})

export const EntryView = z.object({
  seq: z.number().int(),
  move: z.string(),
  moveName: z.string(),
  stageName: z.string(),
  milestone: z.string().nullable(),
  isPublic: z.boolean(),
  data: z.record(z.string(), z.unknown()),
  byName: z.string(),
  orgName: z.string().nullable(),
  attachments: z.array(Attachment),
  at: Instant,
})
export type EntryView = z.infer<typeof EntryView>

export const CaseView = CaseRow.extend({
  detail: z.string(),
  position: Position.nullable(),
  communityId: Id,
  cellId: Id.nullable(),
  /** Masked; `POST /cases/:id/reveal` with a reason shows them for a minute. */
  reporter: z.object({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    agent: z.object({ name: z.string(), relation: Relation }).nullable(),
    sealed: z.boolean(),
  }),
  /** Papers printed so far, where the acting post may print the receipt; null where it may not. */
  receipts: z.number().int().nullable(),
  attachments: z.array(Attachment),
  parties: z.array(z.object({ orgId: Id, name: z.string(), role: z.string() })),
  clocks: z.array(ClockView),
  rating: z.object({ score: z.number().int(), text: z.string().nullable(), at: Instant }).nullable(),
  extension: z.enum(['none', 'asked', 'granted', 'refused']),
  /** Dispatches that were given back, in order, with what they stand on. */
  rejections: z.array(
    z.object({ seq: z.number().int(), orgName: z.string(), reason: z.string().nullable(), basis: z.string().nullable(), at: Instant }),
  ),
  /** The matter that this report is one of several of. */
  mergedInto: z.object({ caseId: Id, number: z.string() }).nullable(),
  /** Other reports of this matter, oldest first; their reporters masked, as the own one is. */
  merged: z.array(
    z.object({
      caseId: Id,
      number: z.string(),
      openedAt: Instant,
      channel: z.string(),
      place: z.string().nullable(),
      reporter: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
    }),
  ),
  /** The organization that asks for assistance, where one does. */
  requesterName: z.string().nullable(),
  /** The line of the duty lists that it was last sent or asked by. */
  duty: z
    .object({
      dutyId: Id,
      standing: z.enum(['basic', 'cooperating', 'withdrawn']),
      clauseNo: z.string(),
      clause: z.string(),
      document: z.string(),
    })
    .nullable(),
  /** Parts that other organizations do or did, in order. */
  tasks: z.array(
    z.object({
      seq: z.number().int(),
      orgName: z.string(),
      part: z.string(),
      status: z.enum(['waiting', 'open', 'done', 'rejected', 'recalled', 'lapsed']),
      startedAt: Instant.nullable(),
      settledAt: Instant.nullable(),
      /** By its own clock; null while it waits, and where it has none. */
      dueAt: Instant.nullable(),
      /** Not settled by then, or only afterwards. */
      isLate: z.boolean(),
      result: z.string().nullable(),
    }),
  ),
  /** Who is to rule where the matter belongs, or has ruled. */
  ruling: z.object({ areaName: z.string(), level: z.string(), askedAt: Instant, settledAt: Instant.nullable() }).nullable(),
  /** What it is about, as whoever reported it said. */
  subjects: z.array(CaseSubject),
  moves: z.array(MoveOffer),
})
export type CaseView = z.infer<typeof CaseView>

const CaseParams = z.object({ caseId: Id })

export const getCase = endpoint({
  method: 'GET',
  path: '/cases/:caseId',
  summary: '一件事项',
  permission: 'cases.read',
  params: CaseParams,
  result: CaseView,
  errors: ['case.not_found'],
})

export const listEntries = endpoint({
  method: 'GET',
  path: '/cases/:caseId/entries',
  summary: '经过，只增不改',
  permission: 'cases.read',
  params: CaseParams,
  result: z.object({ items: z.array(EntryView) }),
  errors: ['case.not_found'],
})

export const moveCase = endpoint({
  method: 'POST',
  path: '/cases/:caseId/moves/:key',
  summary: '办理一步',
  permission: 'cases.read',
  idempotent: true,
  params: z.object({ caseId: Id, key: z.string().max(60) }),
  body: z.object({ requestId: RequestId, expectedSeq: z.number().int().min(1), data: z.record(z.string(), z.unknown()).default({}) }),
  result: CaseView,
  errors: ['case.not_found', 'case.move_unknown', 'case.move_forbidden', 'case.changed', 'case.data_invalid'],
})

export const revealContact = endpoint({
  method: 'POST',
  path: '/cases/:caseId/reveal',
  summary: '查看来电人（写明原因，本人能看到）',
  permission: 'cases.reveal',
  rate: 20,
  params: CaseParams,
  body: z.object({
    reason: text(2, 200),
    fields: z
      .array(z.enum(['name', 'phone', 'agent']))
      .min(1)
      .max(3),
  }),
  result: z.object({ values: z.record(z.string(), z.string().nullable()), secondsShown: z.number().int() }),
  errors: ['case.not_found', 'case.reporter_sealed', 'case.reveal_exhausted'],
})

export const RouteSuggestion = z.object({
  orgId: Id,
  orgName: z.string(),
  category: z.string(),
  clauseNo: z.string(),
  clause: z.string(),
  document: z.string(),
  seenWords: z.array(z.string()),
  recentCases: z.number().int(),
  score: z.number(),
})
export type RouteSuggestion = z.infer<typeof RouteSuggestion>

export const suggestRoute = endpoint({
  method: 'GET',
  path: '/cases/:caseId/route',
  summary: '建议派往（地点 × 类别 × 职责清单）',
  permission: 'cases.dispatch',
  params: CaseParams,
  result: z.object({ items: z.array(RouteSuggestion) }),
  errors: ['case.not_found'],
})
