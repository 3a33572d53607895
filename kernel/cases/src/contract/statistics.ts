import { endpoint, Instant } from '@linli/base/contract'
import { z } from 'zod'

const count = z.number().int().nonnegative()

/** A share with what it is made of. `value` is null while there is nothing to divide by: unknown is never 0. */
export const Rate = z.object({
  key: z.enum(['response', 'resolution', 'satisfaction', 'onTime']),
  name: z.string(),
  /** What is divided by what, in words for the page. */
  definition: z.string(),
  numerator: count,
  denominator: count,
  value: z.number().min(0).max(1).nullable(),
  /** What is in neither of the two, and why. */
  leftOut: z.array(z.object({ reason: z.string(), count })),
})
export type Rate = z.infer<typeof Rate>

export const getAppealStatistics = endpoint({
  method: 'GET',
  path: '/statistics/appeals',
  summary: '诉求量与响应率、解决率、满意率、按时率（本岗位范围）',
  permission: 'cases.read',
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  result: z.object({
    asOf: Instant,
    /** Appeals opened from here on are counted, with whatever became of them by `asOf`. */
    since: Instant,
    /** 诉求量, shown beside the rates: never the rates alone. */
    appeals: count,
    rates: z.array(Rate),
    /** Ended before anybody was charged with them, so that no rate counts them: refused, handed over, withdrawn. */
    exclusions: z.array(z.object({ stage: z.string(), name: z.string(), count })),
  }),
})
