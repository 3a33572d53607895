import { Cursor, endpoint, Id, Instant, page } from '@linli/base/contract'
import { z } from 'zod'
import { rateKeys } from '../define/rates.ts'
import { AnyKind } from './opening.ts'
import { OverviewRow, Place, wallRate } from './overview.ts'

const count = z.number().int().nonnegative()
const RateKey = z.enum(rateKeys)

/** Below the acting post's own area; that one when absent. */
const InArea = Id.optional()
const Days = z.coerce.number().int().min(1).max(366).default(30)

/** A share with what it is made of. `value` is null while there is nothing to divide by: unknown is never 0. */
export const Rate = z.object({
  key: RateKey,
  name: z.string(),
  /** What is divided by what, in words for the page. */
  definition: z.string(),
  numerator: count,
  denominator: count,
  value: z.number().min(0).max(1).nullable(),
  /** What is in neither of the two, and why. */
  leftOut: z.array(z.object({ key: z.string(), reason: z.string(), count })),
})
export type Rate = z.infer<typeof Rate>

const Exclusions = z.array(z.object({ stage: z.string(), name: z.string(), count }))
const period = {
  asOf: Instant,
  /** Cases opened from here on are counted, with whatever became of them by `asOf`. */
  since: Instant,
  /** Cases of an older version that are still to be counted; 0 but for some minutes after an upgrade. */
  uncounted: count,
}

export const getAppealStatistics = endpoint({
  method: 'GET',
  path: '/statistics/appeals',
  summary: '诉求量与响应率、解决率、满意率、按时率、退单率（本岗位范围）',
  permission: 'cases.read',
  onWall: true,
  query: z.object({ days: Days, area: InArea }),
  errors: ['access.area_forbidden'],
  result: z.object({
    ...period,
    /** 诉求量, shown beside the rates: never the rates alone. */
    appeals: count,
    rates: z.array(Rate),
    /** Ended before anybody was charged with them, so that no rate counts them: refused, handed over, withdrawn. */
    exclusions: Exclusions,
  }),
})

export const getEventStatistics = endpoint({
  method: 'GET',
  path: '/statistics/events',
  summary: '网格事件：立案、按期处置、返工、退单、核查（本岗位范围，不与诉求相加）',
  permission: 'cases.read',
  onWall: true,
  query: z.object({ days: Days, area: InArea }),
  errors: ['access.area_forbidden'],
  result: z.object({
    ...period,
    events: count,
    rates: z.array(Rate),
    /** Ended without being handled, so that no rate of handling counts them. */
    exclusions: Exclusions,
  }),
})

const PartFigures = z.object({ cases: count, rates: z.array(Rate.pick({ key: true, numerator: true, denominator: true, value: true })) })

export const getAreaStatistics = endpoint({
  method: 'GET',
  path: '/statistics/areas',
  summary: '一类事项在一个地方和它下一级各处的统计（按地方，不按人；各类不相加）',
  permission: 'cases.read',
  query: z.object({ kind: AnyKind, days: Days, area: InArea }),
  errors: ['access.area_forbidden'],
  result: z.object({
    ...period,
    kind: AnyKind,
    area: Place,
    /** From the acting post's own area down to the one above `area`. */
    above: z.array(Place),
    /** One level below, by code; none for a post of a line. */
    areas: z.array(Place),
    own: z.object({ cases: count, rates: z.array(Rate), exclusions: Exclusions }),
    parts: z.array(PartFigures.extend({ areaId: Id })),
    /** What lies in none of the areas below; null where there are none. */
    elsewhere: PartFigures.nullable(),
  }),
})

/** `cases`, `ended.STAGE`, or of a rate its `RATE.numerator`, `RATE.denominator` or what it left out, `RATE.KEY`. */
export const FigureName = z.string().regex(/^(cases|ended\.[A-Za-z0-9-]{1,40}|[A-Za-z]{1,20}\.[A-Za-z]{1,20})$/, '没有这个数')

/** What is asked to be seen behind a figure. */
export const FigureQuery = z.object({
  kind: AnyKind,
  figure: FigureName,
  days: Days,
  area: InArea,
  /** Only what lies in this very place, and was opened in the week that begins on this Monday: what the three first times are of. */
  place: Id.optional(),
  week: z.iso.date().optional(),
})

export const listFigure = endpoint({
  method: 'GET',
  path: '/statistics/rows',
  summary: '统计里一个数背后的每一件（脱敏；算两次的列两次）',
  permission: 'cases.read',
  onWall: true,
  rate: wallRate,
  query: FigureQuery.extend({ limit: z.coerce.number().int().min(1).max(50).default(20), cursor: Cursor.optional() }),
  result: page(
    OverviewRow.extend({
      /** The how-manieth time of how many that the figure counts this case. */
      nth: z.number().int().positive(),
      times: z.number().int().positive(),
    }),
  ).extend({ asOf: Instant }),
  errors: ['access.area_forbidden'],
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

export const listFirstTimes = endpoint({
  method: 'GET',
  path: '/statistics/first-times',
  summary: '网格事件的三个“第一时间”：各网格每周的中位数（按网格和周，不按人）',
  permission: 'cases.read',
  query: z.object({ days: Days, area: InArea, limit: z.coerce.number().int().min(1).max(50).default(12), cursor: Cursor.optional() }),
  errors: ['access.area_forbidden'],
  result: page(FirstTimes).extend({
    asOf: Instant,
    since: Instant,
    /** What is measured, in words for the page. */
    definition: z.string(),
  }),
})
