import { AreaCode, endpoint, Id, Position, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { AppealType, CounterContact, Key } from './case.ts'
import { SubjectRef } from './subject.ts'

/** The kinds of work that staff take in; each has its own rulebook. */
export const OpenedKind = z.enum(['appeal', 'event', 'callOut'])

/** What one organization asks of another; each opens by the form of its type. */
export const AskedKind = z.enum(['assistance'])

/** Each by itself: in no list and no figure are they added up. */
export const AnyKind = z.enum([...OpenedKind.options, ...AskedKind.options])

export const openCase = endpoint({
  method: 'POST',
  path: '/cases',
  summary: '登记一件事：代居民（电话、窗口、上门），或网格上报',
  permission: 'cases.open',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    kind: OpenedKind.default('appeal'),
    channel: z.enum(['phone', 'counter', 'visit', 'grid']),
    detail: text(1, 20_000),
    title: text(2, 80).optional(),
    category: z.string().max(40).optional(),
    appealType: AppealType.optional(),
    level: Key.optional(),
    /** When it happened; absent where nobody knows. */
    occurredAt: z.iso.datetime({ offset: true }).optional(),
    areaCode: AreaCode,
    place: text(1, 120).optional(),
    /** Where it was seen, told by a person at that moment; never taken out of a photo. */
    position: Position.optional(),
    contact: CounterContact.optional(),
    attachments: z.array(Id).max(9).optional(),
    /** What it is about: people, dwellings, devices of the own area. */
    subjects: z.array(SubjectRef).max(5).default([]),
    /** Somebody else reports a matter that is known: opened and merged into it in one step. */
    sameAs: Id.optional(),
  }),
  result: z.object({ caseId: Id, number: z.string(), code: z.string() }),
  status: 201,
  replayStatus: 200,
  errors: [
    'access.area_unknown',
    'access.area_forbidden',
    'case.type_unknown',
    'case.category_unknown',
    'case.attachment_unknown',
    'case.data_invalid',
    'case.not_found',
    'case.move_forbidden',
  ],
})

export type OpenedAtCounter = z.output<typeof openCase.body>

export const listCategories = endpoint({
  method: 'GET',
  path: '/public/categories',
  summary: '类别与常见说法（默认诉求）；带上区划代码就说那里开不开通',
  permission: 'public',
  query: z.object({ kind: AnyKind.default('appeal'), areaCode: AreaCode.optional() }),
  result: z.object({
    /** Whether a matter of this kind can be opened in the area asked for; true without one. */
    isOpen: z.boolean(),
    items: z.array(z.object({ key: z.string(), name: z.string(), examples: z.array(z.string()) })),
  }),
  errors: ['access.area_unknown'],
})
