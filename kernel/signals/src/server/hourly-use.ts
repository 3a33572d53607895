import { type Ctx, sql } from '@linli/base/server'
import type { NearBase } from '../define/base-load.ts'
import { isBlackout, type Neighbor } from '../define/blackout.ts'
import { type HourlyUse, isDark } from '../define/hourly-use.ts'
import { waitMs } from '../define/ladder.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

interface ReadingRow {
  device_id: string
  hour: Date
  reading: number
}

/**
 * What a home used in each hour that its meters know, and that says something: an hour in which the building had no power
 * is no sign of who was at home. Long enough to judge each hour of the latest days.
 */
export async function hourlyUse(ctx: Ctx, rule: NearBase, meters: readonly string[], days = 0): Promise<HourlyUse> {
  const since = new Date(ctx.now.getTime() - (rule.nights.most + 2 + days) * dayMs)
  const use = sumOf(await usesOf(ctx, rule, meters, since), meters.length)
  const dark = [...use.keys()].filter((hour) => isDark(use, hour))
  if (dark.length === 0) return use
  const neighbors = await neighborsOf(ctx, rule, meters, Math.min(...dark))
  for (const hour of dark) if (isBlackout(rule.blackout, neighbors, hour)) use.delete(hour)
  return use
}

interface MeterRow {
  device_id: string
  mended_from: Date | null
}

/** The other meters of the building, with what they used from as early as that hour asks for. */
async function neighborsOf(system: Ctx, rule: NearBase, meters: readonly string[], hour: number): Promise<Neighbor[]> {
  const rows = await system.rows(sql<MeterRow>`
    SELECT DISTINCT o.device_id, CASE WHEN o.state = 'suspended' AND o.suspended_for = 'maintenance' AND o.suspended_until > ${system.now} THEN o.suspended_from END AS mended_from
    FROM signals.device d JOIN signals.device o USING (building_id)
    WHERE d.device_id = ANY (${meters}::uuid[]) AND o.kind = ${rule.kind} AND o.state <> 'retired' AND NOT o.device_id = ANY (${meters}::uuid[])
    ORDER BY o.device_id LIMIT 50`)
  const ids = rows.map((row) => row.device_id)
  const uses = await usesOf(system, rule, ids, new Date(hour - waitMs(rule.blackout.within) - hourMs))
  return rows.map((row) => ({ use: uses.get(row.device_id) ?? new Map(), mendedFrom: row.mended_from?.getTime() }))
}

/** Hour by hour and meter by meter: the difference of what it read at the end of two hours in a row. A meter that was changed reads less: unknown. */
async function usesOf(system: Ctx, { value }: NearBase, meters: readonly string[], since: Date): Promise<Map<string, Map<number, number>>> {
  const rows = await system.rows(sql<ReadingRow>`
    SELECT device_id, date_trunc('hour', at - interval '1 millisecond') AS hour, max((values ->> ${value})::float8) AS reading FROM signals.telemetry
    WHERE device_id = ANY (${meters}::uuid[]) AND at > ${since} AND at <= ${system.now} AND values ? ${value} GROUP BY 1, 2`)
  const readings = new Map<string, Map<number, number>>()
  for (const { device_id: id, hour, reading } of rows) readings.set(id, (readings.get(id) ?? new Map()).set(hour.getTime(), reading))
  return new Map([...readings].map(([id, held]) => [id, differences(held)]))
}

function differences(readings: ReadonlyMap<number, number>): Map<number, number> {
  const uses = new Map<number, number>()
  for (const [hour, reading] of readings) {
    const before = readings.get(hour - hourMs)
    if (before !== undefined && reading >= before) uses.set(hour, reading - before)
  }
  return uses
}

/** Known where every meter of the home is. */
function sumOf(uses: ReadonlyMap<string, ReadonlyMap<number, number>>, meters: number): Map<number, number> {
  const all = [...uses.values()]
  const [first = new Map<number, number>()] = all
  const whole = all.length === meters ? [...first.keys()].filter((hour) => all.every((one) => one.has(hour))) : []
  return new Map(whole.map((hour) => [hour, all.reduce((sum, one) => sum + one.get(hour)!, 0)]))
}
