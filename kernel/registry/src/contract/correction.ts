import { Cursor, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { PersonField, Phone } from './person-values.ts'

const Outcome = z.enum(['applied', 'kept', 'sent'])

/** A value that somebody has to look at (待核对): found at a visit and not taken, or asked for at the desk because another office owns it. */
export const OpenCorrection = z.object({
  correctionId: Id,
  personId: Id,
  /** Masked. */
  name: z.string(),
  place: z.string(),
  field: PersonField,
  why: z.enum(['owned', 'changed', 'taken']),
  /** What the file says and what is asked for; null where nothing is shown. */
  held: z.string().nullable(),
  masked: z.string().nullable(),
  /** Asked for at the desk; otherwise found at a visit. */
  isAsked: z.boolean(),
  by: z.string(),
  /** What the desk goes by, without telephone and ID numbers. */
  basis: z.string().nullable(),
  raisedAt: Instant,
  outcome: Outcome.nullable(),
  settledAt: Instant.nullable(),
  /** Whoever asked does not decide. */
  maySettle: z.boolean(),
})
export type OpenCorrection = z.infer<typeof OpenCorrection>

export const listCorrections = endpoint({
  method: 'GET',
  path: '/corrections',
  summary: '待核对：走访带回、窗口提出而档案没有直接采用的信息',
  permission: 'registry.read',
  query: z.object({
    state: z.enum(['open', 'settled']).default('open'),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    cursor: Cursor.optional(),
  }),
  result: page(OpenCorrection),
})

export const askCorrection = endpoint({
  method: 'POST',
  path: '/persons/:personId/corrections',
  summary: '以公安数据为准的栏目提出更正请求，由另一人核对后转去归口单位',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ personId: Id }),
  body: z.object({
    requestId: RequestId,
    field: z.enum(['name', 'idNumber', 'birthDate', 'sex', 'phone']),
    value: z.union([Phone, text(1, 40)]),
    basis: text(4, 200),
  }),
  result: z.object({ correctionId: Id }),
  status: 201,
  replayStatus: 200,
  errors: ['registry.person_unknown', 'registry.data_invalid', 'registry.correction_asked'],
})
