import { AreaCode, endpoint, Id, Instant, RequestId } from '@linli/base/contract'
import type { FormDefinition } from '@linli/forms/define'
import { z } from 'zod'
import { AskedKind } from './opening.ts'

const count = z.number().int().nonnegative()

/** The form by which one organization asks another for assistance, as its scene has it. */
export const getRequestForm = endpoint({
  method: 'GET',
  path: '/cases/requests/form',
  summary: '请社区协助的表单',
  permission: 'cases.request',
  query: z.object({ kind: AskedKind.default('assistance') }),
  result: z.object({ form: z.custom<FormDefinition>().nullable() }),
})

export const openRequest = endpoint({
  method: 'POST',
  path: '/cases/requests',
  summary: '请社区协助：先对照职责清单，已收回的不能请',
  permission: 'cases.request',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    kind: AskedKind.default('assistance'),
    /** The community that is asked. */
    areaCode: AreaCode,
    /** As the form of the type has it. */
    data: z.record(z.string(), z.unknown()).default({}),
  }),
  result: z.object({ caseId: Id, number: z.string() }),
  status: 201,
  replayStatus: 200,
  errors: [
    'access.area_unknown',
    'access.area_forbidden',
    'case.type_unknown',
    'case.category_unknown',
    'case.data_invalid',
    'case.duty_withdrawn',
  ],
})

/** How many, under the key of an answer of a form; the page says it in words. */
const Counted = z.object({ key: z.string(), count })

export const getAssistanceStatistics = endpoint({
  method: 'GET',
  path: '/statistics/assistance',
  summary: '请社区协助：提出、拦下、接受、不接（分原因）、给的支持（本岗位范围，不与诉求、网格事件相加）',
  permission: 'cases.read',
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30), area: Id.optional() }),
  errors: ['access.area_forbidden'],
  result: z.object({
    asOf: Instant,
    /** Requests made from here on are counted, with whatever became of them by `asOf`. */
    since: Instant,
    /** Openings that the duty lists kept from being made at all; they are in none of the figures below. */
    blocked: count,
    requests: count,
    /** Let through to the community. */
    admitted: count,
    accepted: count,
    /** Confirmed by who asked. */
    confirmed: count,
    /** Answers of communities that said no, by reason; one request may have been refused more than once. */
    refusals: z.array(Counted),
    /** Of the accepted ones, by the support that came with them. */
    support: z.array(Counted),
    /** How they stand now. */
    stages: z.array(z.object({ stage: z.string(), name: z.string(), count })),
  }),
})
