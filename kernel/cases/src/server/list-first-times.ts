import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { listFirstTimes as contract, FirstTimes } from '../contract/statistics.ts'
import { placeOf, source } from './read-figures.ts'
import { periodOf } from './statistics.ts'

interface FirstTimeRow {
  area_id: string
  week: string
  events: number
  known: number | null
  known_count: number
  seen: number | null
  seen_count: number
  handled: number | null
  handled_count: number
}

interface PlaceRow {
  area_id: string
  name: string
  code: string
}

/**
 * The three first times (三个“第一时间”) of the events reported in the last days, as medians of each cell and week, or of the community where
 * no cell is known; some places at a time, by code. A post of a line sees files, not places, and gets none.
 */
export async function listFirstTimes(
  ctx: Ctx,
  { days, limit, cursor }: { days: number; limit: number; cursor?: string | undefined },
): Promise<z.input<typeof contract.result>> {
  const period = periodOf(ctx, 'event', days)
  const places = ctx.actor.reach === 'line' ? [] : await placesWithEvents(ctx, source(ctx.actor, period).from, cursor, limit + 1)
  const page = places.slice(0, limit)
  const rows = page.length > 0 ? await timesOf(ctx, source(ctx.actor, period).from, page) : []
  const named = new Map(page.map((place) => [place.area_id, place]))
  return {
    asOf: ctx.now.toISOString(),
    since: period.since.toISOString(),
    definition: '中位数：发生→上报（了解）、上报→核实立案（感知）、立案→最后一次报处置结果（处置）；按网格和上报的那一周',
    items: rows
      .map((row) => ({ row, place: named.get(row.area_id)! }))
      .sort((a, b) => (a.place.code === b.place.code ? (a.row.week < b.row.week ? -1 : 1) : a.place.code < b.place.code ? -1 : 1))
      .map(({ row, place }) => firstTimesOf(row, place.name)),
    next: places.length > limit ? encodeCursor(page.at(-1)!.code, page.at(-1)!.area_id) : null,
  }
}

function placesWithEvents(ctx: Ctx, from: Statement, cursor: string | undefined, limit: number): Promise<PlaceRow[]> {
  const [code, areaId] = cursor ? decodeCursor(cursor, 'text', 'uuid') : ['', '00000000-0000-0000-0000-000000000000']
  return ctx.as(systemActor, (system) =>
    system.rows(sql<PlaceRow>`
      SELECT a.area_id, a.name, a.code FROM (SELECT DISTINCT ${placeOf} AS area_id FROM ${from}) f JOIN access.area a USING (area_id)
      WHERE (a.code, a.area_id) > (${code}::text, ${areaId}::uuid) ORDER BY a.code, a.area_id LIMIT ${limit}`),
  )
}

function timesOf(ctx: Ctx, from: Statement, places: readonly PlaceRow[]): Promise<FirstTimeRow[]> {
  const ids = places.map(({ area_id }) => area_id)
  return ctx.as(systemActor, (system) =>
    system.rows(sql<FirstTimeRow>`
      SELECT ${placeOf} AS area_id, (date_trunc('week', f.opened_at AT TIME ZONE 'Asia/Shanghai'))::date::text AS week, count(*) AS events,
        ${medianOf(sql`f.known_in`)} AS known, count(f.known_in) AS known_count,
        ${medianOf(sql`f.seen_in`)} AS seen, count(f.seen_in) AS seen_count,
        ${medianOf(sql`f.handled_in`)} AS handled, count(f.handled_in) AS handled_count
      FROM ${from} AND ${placeOf} = ANY (${ids}::uuid[]) GROUP BY 1, 2`),
  )
}

/** In minutes; null where it is known of none. */
const medianOf = (seconds: Statement): Statement => sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${seconds}) / 60`

function firstTimesOf(row: FirstTimeRow, areaName: string): FirstTimes {
  const median = (minutes: number | null, count: number) => ({ minutes: minutes === null ? null : Math.round(minutes * 10) / 10, count })
  return {
    areaId: row.area_id,
    areaName,
    week: row.week,
    events: row.events,
    known: median(row.known, row.known_count),
    seen: median(row.seen, row.seen_count),
    handled: median(row.handled, row.handled_count),
  }
}
