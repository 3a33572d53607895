import { AreaCode, endpoint, Id, Instant, Position, text } from '@linli/base/contract'
import { z } from 'zod'
import { CaseRow, Key } from './case.ts'
import { OpenedKind } from './opening.ts'

/** What speaks for two reports being of one matter; a page puts it in words. */
export const Likeness = z.object({
  /** 0 to 100; from `from` on a report is shown. */
  score: z.number().int(),
  place: z.enum(['sameBuilding', 'near', 'sameCommunity', 'elsewhere']),
  building: z.string().nullable(),
  meters: z.number().int().nullable(),
  /** Whole days between the two. */
  days: z.number().int(),
  /** The longest words that both say. */
  words: z.array(z.string()),
  sameCategory: z.boolean(),
})
export type Likeness = z.infer<typeof Likeness>

export const SimilarCase = z.object({
  case: CaseRow,
  likeness: Likeness,
  /** A report can be merged into it now. */
  takes: z.boolean(),
  /** The step that makes one of the two, to be made by a person; null where neither can be merged into the other now. */
  merge: z
    .object({ caseId: Id, expectedSeq: z.number().int(), move: z.string(), data: z.record(z.string(), z.unknown()), into: z.string() })
    .nullable(),
})
export type SimilarCase = z.infer<typeof SimilarCase>

/** The threshold and how far back was looked stand with every answer. */
const SimilarCases = z.object({
  from: z.number().int(),
  openDays: z.number().int(),
  closedDays: z.number().int(),
  items: z.array(SimilarCase),
})

export const listSimilar = endpoint({
  method: 'GET',
  path: '/cases/:caseId/similar',
  summary: '可能是同一件事（按地点、时间、说法；只提示，不自动合并）',
  permission: 'cases.read',
  params: z.object({ caseId: Id }),
  result: SimilarCases,
  errors: ['case.not_found'],
})

/** Before a case exists. Not a query: what somebody says does not belong into addresses, which are kept in logs. */
export const findSimilar = endpoint({
  method: 'POST',
  path: '/cases/similar',
  summary: '登记时找可能是同一件的事（只提示）',
  permission: 'cases.open',
  body: z.object({
    kind: OpenedKind.default('appeal'),
    detail: text(1, 2000),
    category: Key.optional(),
    areaCode: AreaCode,
    place: text(1, 120).optional(),
    position: Position.optional(),
  }),
  result: SimilarCases,
  errors: ['access.area_unknown', 'access.area_forbidden', 'case.type_unknown'],
})

/**
 * What anybody may know of a matter that a neighbor has reported: which common saying fits it, in which community or building, on which day
 * it came and how far it is. No word of the other's, no number, no person. `ticket` says which matter it is to the server alone, for an hour.
 */
export const PublicSimilar = z.object({
  ticket: z.string(),
  category: z.string(),
  saying: z.string(),
  placeName: z.string(),
  isSameBuilding: z.boolean(),
  openedOn: z.iso.date(),
  stage: z.string(),
  stageName: z.string(),
})
export type PublicSimilar = z.infer<typeof PublicSimilar>

export const findPublicSimilar = endpoint({
  method: 'POST',
  path: '/public/appeals/similar',
  summary: '附近是否已有人反映类似的事（只有公开事实）',
  permission: 'public',
  rate: 30,
  body: z.object({
    areaCode: AreaCode,
    category: z.string().max(40),
    detail: text(1, 2000),
    place: text(1, 120).optional(),
  }),
  result: z.object({ asOf: Instant, items: z.array(PublicSimilar) }),
  errors: ['access.area_unknown'],
})
