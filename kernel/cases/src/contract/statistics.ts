import { endpoint, Id, Instant } from '@linli/base/contract'
import { z } from 'zod'

const count = z.number().int().nonnegative()

/** Below the acting post's own area; that one when absent. */
const InArea = Id.optional()

/** A share with what it is made of. `value` is null while there is nothing to divide by: unknown is never 0. */
export const Rate = z.object({
  key: z.enum(['response', 'resolution', 'satisfaction', 'onTime', 'registered', 'handledOnTime', 'rework', 'rejected', 'checkedOnTime']),
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
  onWall: true,
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30), area: InArea }),
  errors: ['access.area_forbidden'],
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

/** Half of the events took no longer; `count` is how many of them it is known of. */
const Median = z.object({ minutes: z.number().nonnegative().nullable(), count })

/** The three first times (三个“第一时间”) of one cell, or of the community where no cell is known, in one week. */
export const FirstTimes = z.object({
  areaId: Id,
  areaName: z.string(),
  /** The Monday it begins on, in Asia/Shanghai. */
  week: z.iso.date(),
  events: count,
  /** It arose → it was reported. */
  known: Median,
  /** It was reported → somebody had looked and registered it. */
  seen: Median,
  /** It was registered → what was done was reported, for the last time. */
  handled: Median,
})
export type FirstTimes = z.infer<typeof FirstTimes>

export const getEventStatistics = endpoint({
  method: 'GET',
  path: '/statistics/events',
  summary: '网格事件：立案、按期处置、返工、退单、核查，各网格每周三个“第一时间”（本岗位范围，不与诉求相加）',
  permission: 'cases.read',
  onWall: true,
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30), area: InArea }),
  errors: ['access.area_forbidden'],
  result: z.object({
    asOf: Instant,
    /** Events reported from here on are counted, with whatever became of them by `asOf`. */
    since: Instant,
    events: count,
    rates: z.array(Rate),
    firstTimes: z.object({
      /** What is measured, in words for the page. */
      definition: z.string(),
      /** By place and week, never by who was fastest. */
      items: z.array(FirstTimes),
      /** False where there were too many places and weeks to list: ask for fewer days. */
      isWhole: z.boolean(),
    }),
    /** Ended without being handled, so that no rate of handling counts them. */
    exclusions: z.array(z.object({ stage: z.string(), name: z.string(), count })),
  }),
})
