import { Cursor, Day, endpoint, Id, Instant, page, text } from '@linli/base/contract'
import { z } from 'zod'
import { CaseRow, Key } from './case.ts'

/** Which list: `desk` waits for this desk (`accept` and `dispatch` are its two halves), `admit` waits to be let through to a community, `rule` waits for a ruling of the acting post's area, `mine` is held by the acting post's organization, `follow` waits for a call back, `check` for somebody to look at what was done, `close` to be closed, `all` everything in scope. */
export const Queue = z.enum([
  'desk',
  'accept',
  'admit',
  'dispatch',
  'rule',
  'mine',
  'follow',
  'rectify',
  'check',
  'close',
  'extension',
  'supervised',
  'all',
])
export type Queue = z.infer<typeof Queue>

/** A word that stands in an address for what is simply so. */
const Yes = z.enum(['true'])

/** What a list of cases is narrowed to; the screen, a saved view and an export say it in the same words. */
export const CaseFilter = z.object({
  queue: Queue.optional(),
  stage: Key.optional(),
  kind: Key.optional(),
  status: z.enum(['open', 'closed', 'withdrawn']).optional(),
  clock: z.enum(['onTime', 'dueSoon', 'overdue', 'paused']).optional(),
  category: Key.optional(),
  /** Inside of the acting post's own area. */
  area: Id.optional(),
  /** The organization in charge (主办). */
  org: Id.optional(),
  /** Last sent by this line of the duty lists. */
  duty: Id.optional(),
  channel: Key.optional(),
  level: Key.optional(),
  /** Opened on this day (Asia/Shanghai) or later. */
  from: Day.optional(),
  /** Opened on this day or earlier. */
  to: Day.optional(),
  supervised: Yes.optional(),
  /** Reports that went on in another matter. */
  merged: Yes.optional(),
  /** As the case's own rulebook calls a grade. */
  rated: z.enum(['badly', 'well']).optional(),
  q: text(0, 60).optional(),
  /** Latest opened first, which a list of a period is as well; otherwise by deadline. A line post's files have no other order than their deadlines. */
  sort: z.enum(['opened']).optional(),
})
export type CaseFilter = z.infer<typeof CaseFilter>

export const listCases = endpoint({
  method: 'GET',
  path: '/cases',
  summary: '事项列表',
  permission: 'cases.read',
  query: CaseFilter.extend({ limit: z.coerce.number().int().min(1).max(100).default(30), cursor: Cursor.optional() }),
  result: page(CaseRow),
  errors: ['access.area_forbidden'],
})

export const findTotal = endpoint({
  method: 'GET',
  path: '/cases/total',
  summary: '筛选出的件数；太多就只说“超过多少”，不为数数让人等',
  permission: 'cases.read',
  query: CaseFilter,
  result: z.object({
    asOf: Instant,
    /** How many there are, or the most that were counted. */
    total: z.number().int(),
    isMore: z.boolean(),
  }),
  errors: ['access.area_forbidden'],
})

/** The words that a filter of a kind of work can be put together from, and the names of what a sent address names by id. */
export const listTerms = endpoint({
  method: 'GET',
  path: '/cases/terms',
  summary: '筛选用语：这类事项的环节，和地址里所指的地方、单位叫什么',
  permission: 'cases.read',
  query: z.object({ kind: Key.default('appeal'), area: Id.optional(), org: Id.optional() }),
  result: z.object({
    stages: z.array(z.object({ key: z.string(), name: z.string() })),
    /** From below the acting post's own area down to the one asked for. */
    area: z.array(z.object({ areaId: Id, name: z.string() })),
    org: z.object({ orgId: Id, name: z.string() }).nullable(),
  }),
  errors: ['access.area_forbidden'],
})

export const countCases = endpoint({
  method: 'GET',
  path: '/cases/counts',
  summary: '各队列与钟的件数（分事项种类，不相加）',
  permission: 'cases.read',
  query: z.object({ kind: Key.default('appeal') }),
  result: z.object({
    asOf: Instant,
    queues: z.record(
      z.string(),
      z.object({ total: z.number().int(), overdue: z.number().int(), dueSoon: z.number().int(), paused: z.number().int() }),
    ),
  }),
})
