import { isTerritory } from '@linli/access/server'
import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { listFirstTimes as contract, FirstTimes } from '../../contract/statistics.ts'
import { placeOf } from './read-figures.ts'
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
  township_id: string
  name: string
  code: string
}

/** Places that are read at once; most of a county's have had no event. */
const atOnce = 24
const mostReads = 100

/**
 * The three first times (三个“第一时间”) of the events reported in the last days, as medians of each cell and week, or of the community where
 * no cell is known; some places at a time, by code. A post of a line sees files, not places, and gets none.
 */
export async function listFirstTimes(
  ctx: Ctx,
  { days, limit, cursor }: { days: number; limit: number; cursor?: string | undefined },
): Promise<z.input<typeof contract.result>> {
  const period = periodOf(ctx, 'event', days)
  const items: FirstTimes[] = []
  const found = new Set<string>()
  let after = cursor ? decodeCursor(cursor, 'text', 'uuid') : start
  let next: string | null = null
  for (let reads = 0; next === null && reads < mostReads; reads++) {
    const places = await placesBelow(ctx, after)
    const rows = places.length > 0 ? await timesOf(ctx, period.since, places) : []
    for (const place of places) {
      const own = rows.filter((row) => row.area_id === place.area_id).sort((a, b) => (a.week < b.week ? -1 : 1))
      if (own.length > 0 && found.size === limit) {
        next = encodeCursor(...after)
        break
      }
      after = [place.code, place.area_id]
      if (own.length > 0) found.add(place.area_id)
      items.push(...own.map((row) => firstTimesOf(row, place.name)))
    }
    if (places.length < atOnce) break
    if (reads === mostReads - 1) next ??= encodeCursor(...after)
  }
  return {
    asOf: ctx.now.toISOString(),
    since: period.since.toISOString(),
    definition: '中位数：发生→上报（了解）、上报→核实立案（感知）、立案→最后一次报处置结果（处置）；按网格和上报的那一周',
    items,
    next,
  }
}

const start: [string, string] = ['', '00000000-0000-0000-0000-000000000000']

/** Cells and communities of the post's area by code, whether in force or not: what was reported in them stays. */
function placesBelow({ actor, as }: Ctx, [code, areaId]: readonly [string, string]): Promise<PlaceRow[]> {
  if (!actor.areaId || !isTerritory(actor)) return Promise.resolve([])
  return as(systemActor, (system) =>
    system.rows(sql<PlaceRow>`
      SELECT a.area_id, a.name, a.code, a.township_id FROM access.area a
      WHERE a.level IN ('community', 'cell') AND starts_with(a.area_path, (SELECT own.area_path FROM access.area own WHERE own.area_id = ${actor.areaId}::uuid))
        AND (a.code, a.area_id) > (${code}::text, ${areaId}::uuid)
      ORDER BY a.code, a.area_id LIMIT ${atOnce}`),
  )
}

function timesOf(ctx: Ctx, since: Date, places: readonly PlaceRow[]): Promise<FirstTimeRow[]> {
  const ids = places.map(({ area_id }) => area_id)
  const townships = [...new Set(places.map(({ township_id }) => township_id))]
  return ctx.as(systemActor, (system) =>
    system.rows(sql<FirstTimeRow>`
      SELECT ${placeOf} AS area_id, (date_trunc('week', f.opened_at AT TIME ZONE 'Asia/Shanghai'))::date::text AS week, count(*) AS events,
        ${medianOf(sql`f.known_in`)} AS known, count(f.known_in) AS known_count,
        ${medianOf(sql`f.seen_in`)} AS seen, count(f.seen_in) AS seen_count,
        ${medianOf(sql`f.handled_in`)} AS handled, count(f.handled_in) AS handled_count
      FROM cases.case_file f WHERE f.township_id = ANY (${townships}::uuid[]) AND f.kind = 'event' AND f.opened_at > ${since}
        AND ${placeOf} = ANY (${ids}::uuid[]) GROUP BY 1, 2`),
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
