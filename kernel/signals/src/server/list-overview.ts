import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { z } from 'zod'
import type { listEpisodeOverview, OverviewEpisode } from '../contract/episode-overview.ts'
import type { SignalsDeps } from './deps.ts'
import { type NamedEpisode, rowOf } from './episode-rows.ts'
import { ownLevel } from './list-episodes.ts'

type Overview = z.input<typeof listEpisodeOverview.result>
type Spot = NonNullable<OverviewEpisode['spot']>

interface OverviewRow extends NamedEpisode {
  building_name: string | null
  building: Position | null
  cell: Position | null
  community: Position | null
  rung_key: string | null
}

interface Position {
  lon: number
  lat: number
}

/** More marks than this are no map any more; the list says how many there are. */
const mostShown = 300

/** The open alarms of the acting post's area with their places on a map, and what ended today. */
export async function listOverview(ctx: Ctx, deps: SignalsDeps): Promise<Overview> {
  const rows = await ctx.rows(sql<OverviewRow>`
    SELECT e.*, community.name AS community_name, cell.name AS cell_name, b.name AS building_name, step.rung_key,
      CASE WHEN b.lon IS NOT NULL THEN jsonb_build_object('lon', b.lon, 'lat', b.lat) END AS building,
      CASE WHEN cell.center_lon IS NOT NULL THEN jsonb_build_object('lon', cell.center_lon, 'lat', cell.center_lat) END AS cell,
      CASE WHEN community.center_lon IS NOT NULL THEN jsonb_build_object('lon', community.center_lon, 'lat', community.center_lat) END AS community
    FROM signals.episode e
    LEFT JOIN signals.device d ON d.device_id = e.device_id LEFT JOIN access.building b ON b.building_id = d.building_id
    LEFT JOIN access.area community ON community.area_id = e.community_id LEFT JOIN access.area cell ON cell.area_id = e.cell_id
    LEFT JOIN LATERAL (
      SELECT s.rung_key FROM signals.ladder_step s WHERE s.episode_id = e.episode_id ORDER BY s.rung DESC, s.attempt DESC LIMIT 1
    ) step ON true
    WHERE ${ownLevel(ctx)} AND e.settled_at IS NULL ORDER BY e.level, e.raised_at DESC, e.episode_id LIMIT ${mostShown}`)
  const { open } = await ctx.get(sql<{ open: number }>`
    SELECT count(*)::int AS open FROM signals.episode e WHERE ${ownLevel(ctx)} AND e.settled_at IS NULL`)
  const midnight = new Date(`${formatDay(dayOf(ctx.now.getTime()))}T00:00:00+08:00`)
  const settledToday = await ctx.rows(sql<Overview['settledToday'][number]>`
    SELECT e.outcome, count(*)::int AS count FROM signals.episode e WHERE ${ownLevel(ctx)} AND e.settled_at >= ${midnight} GROUP BY e.outcome ORDER BY e.outcome`)
  return { asOf: ctx.now.toISOString(), items: rows.map((row) => overviewOf(row, deps)), open, settledToday }
}

function overviewOf(row: OverviewRow, deps: SignalsDeps): OverviewEpisode {
  const { episodeId, number, rule, ruleName, level, stage, communityName, cellName, raisedAt } = rowOf(row, deps)
  return {
    ...{ episodeId, number, rule, ruleName, level, stage, communityName, cellName, raisedAt },
    buildingName: row.building_name,
    rung: rungOf(row, deps),
    spot: spotOf(row),
  }
}

function rungOf({ rule_key, rung_key }: OverviewRow, { rules }: SignalsDeps): OverviewEpisode['rung'] {
  const rule = rules.rule(rule_key)
  const rungs = rule ? rules.ladder(rule.ladder).rungs : []
  const at = rungs.findIndex(({ key }) => key === rung_key)
  return at < 0 ? null : { name: rungs[at]!.name, nth: at + 1, of: rungs.length }
}

/** The best that is known. A phone that called may be anywhere, so its own place goes before the home it belongs to. */
function spotOf({ caller_position: caller, building, cell, community }: OverviewRow): OverviewEpisode['spot'] {
  const found = ([by, position]: readonly [Spot['by'], Position | null]): Spot[] => (position ? [{ ...position, by }] : [])
  const known = (
    [
      ['caller', caller && coarse(caller)],
      ['building', building],
      ['cell', cell],
      ['community', community],
    ] as const
  ).flatMap(found)
  return known[0] ?? null
}

/** Three decimals are a hundred meters: a wall tells nobody at which window somebody stands. */
const coarse = ({ lon, lat }: Position): Position => ({ lon: Math.round(lon * 1000) / 1000, lat: Math.round(lat * 1000) / 1000 })
