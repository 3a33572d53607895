import { AreaLevel } from '@linli/access/contract'
import { Cursor, endpoint, Id, Instant, page } from '@linli/base/contract'
import { z } from 'zod'
import { CaseRow, Key } from './case.ts'

const count = z.number().int().nonnegative()

/** Open matters of one kind in one place. All but `open` are parts of it, and may overlap. */
export const AreaFigures = z.object({ open: count, overdue: count, dueSoon: count, paused: count, ruling: count, supervised: count })
export type AreaFigures = z.infer<typeof AreaFigures>

export const Place = z.object({ areaId: Id, name: z.string(), level: AreaLevel, code: z.string() })

/** Several walls of one hall stand behind one address, and each reads again whenever something happens. */
export const wallRate = 3000

/** Below the acting post's own area; an area outside of it is refused. */
const InArea = Id.optional()

export const countAreas = endpoint({
  method: 'GET',
  path: '/cases/counts/areas',
  summary: '一个地方和它下一级各处的在办件数（分事项种类，不相加）',
  permission: 'cases.read',
  onWall: true,
  rate: wallRate,
  query: z.object({ area: InArea, kind: Key.optional() }),
  result: z.object({
    asOf: Instant,
    area: Place,
    /** From the acting post's own area down to the one above `area`. */
    above: z.array(Place),
    /** One level below, by code. */
    areas: z.array(Place),
    /** Each kind by itself: `own` is the sum of its `areas` and of what lies `elsewhere`, in none of them. */
    kinds: z.array(
      z.object({ kind: z.string(), own: AreaFigures, areas: z.array(AreaFigures.extend({ areaId: Id })), elsewhere: AreaFigures }),
    ),
  }),
  errors: ['access.area_forbidden'],
})

/**
 * A line for a wall: which matter, of what sort and where, and nothing that anybody wrote: a name in a sentence is found by no mask.
 * No contact, no place below the community.
 */
export const OverviewRow = CaseRow.pick({
  caseId: true,
  number: true,
  kind: true,
  category: true,
  stage: true,
  stageName: true,
  caseType: true,
  status: true,
  communityName: true,
  holder: true,
  held: true,
  openedAt: true,
  clock: true,
  supervisedAt: true,
}).extend({
  categoryName: z.string().nullable(),
  /** What is reported against somebody is not shown on a wall, not even its sort. */
  isSealed: z.boolean(),
})
export type OverviewRow = z.infer<typeof OverviewRow>

/** The figures of `countAreas` by name, and what was `received` in the last days, latest first. */
export const Figure = z.enum(['open', 'overdue', 'dueSoon', 'paused', 'ruling', 'supervised', 'received'])
export type Figure = z.infer<typeof Figure>

export const listOverview = endpoint({
  method: 'GET',
  path: '/cases/overview',
  summary: '大屏上一个数背后的每一件（脱敏）',
  permission: 'cases.read',
  onWall: true,
  rate: wallRate,
  query: z.object({
    figure: Figure,
    kind: Key.optional(),
    area: InArea,
    days: z.coerce.number().int().min(1).max(366).default(30),
    limit: z.coerce.number().int().min(1).max(50).default(20),
    cursor: Cursor.optional(),
  }),
  result: page(OverviewRow).extend({ asOf: Instant }),
  errors: ['access.area_forbidden'],
})
