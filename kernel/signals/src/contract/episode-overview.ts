import { endpoint, Id, Instant } from '@linli/base/contract'
import { z } from 'zod'
import { EpisodeRow, Outcome } from './episode.ts'

/**
 * Where an alarm is drawn, and how well that is known: at the building of its device; about where the phone was that called, to some
 * hundred meters; or, where neither is known, in the middle of its cell or community, which is only where to look.
 */
const Spot = z.object({ lon: z.number(), lat: z.number(), by: z.enum(['building', 'caller', 'cell', 'community']) })

/**
 * An alarm for a map and for a wall: what, how urgent, since when and how far it got, down to the building and no further. Nobody's name
 * and no dwelling: strangers read walls.
 */
export const OverviewEpisode = EpisodeRow.pick({
  episodeId: true,
  number: true,
  rule: true,
  ruleName: true,
  level: true,
  stage: true,
  communityName: true,
  cellName: true,
  raisedAt: true,
}).extend({
  buildingName: z.string().nullable(),
  /** The rung of the ladder that was told last: which, and of how many. */
  rung: z.object({ name: z.string(), nth: z.number().int(), of: z.number().int() }).nullable(),
  /** Null where not even the community has a place on the map: the list says it, the map does not invent it. */
  spot: Spot.nullable(),
})
export type OverviewEpisode = z.infer<typeof OverviewEpisode>

export const listEpisodeOverview = endpoint({
  method: 'GET',
  path: '/episodes/overview',
  summary: '正在处置的告警在哪里（地图和大屏用，只到楼栋，没有姓名）',
  permission: 'signals.read',
  onWall: true,
  /** Several walls of one hall stand behind one address, and each reads again whenever something happens. */
  rate: 3000,
  /** Below the acting post's own area; an area outside of it is refused. */
  query: z.object({ area: Id.optional() }),
  result: z.object({
    asOf: Instant,
    /** The most urgent first, of each level the latest. */
    items: z.array(OverviewEpisode),
    /** All that are open; more than `items` when very many are. */
    open: z.number().int(),
    /** What ended today, by outcome. */
    settledToday: z.array(z.object({ outcome: Outcome, count: z.number().int() })),
  }),
  errors: ['access.area_forbidden'],
})
