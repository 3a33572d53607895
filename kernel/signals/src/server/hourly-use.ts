import { type Ctx, sql } from '@linli/base/server'
import type { HourlyUse, NearBase } from '../define/base-load.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Less than this in an hour, and nothing is plugged in: kWh. */
const nothing = 0.01

interface ReadingRow {
  device_id: string
  hour: Date
  reading: number
}

/**
 * What a home used in each hour that its meters know, and that says something: an hour in which the whole building used nothing is a power cut,
 * and no sign of who was at home.
 */
export async function hourlyUse(system: Ctx, rule: NearBase, meters: readonly string[]): Promise<HourlyUse> {
  const since = new Date(system.now.getTime() - (rule.nights.most + 2) * dayMs)
  const use = sumOf(await usesOf(system, rule, meters, since), meters.length)
  const dark = [...use].filter(([, kwh]) => kwh < nothing).map(([hour]) => hour)
  if (dark.length === 0) return use
  const neighbors = await neighborsOf(system, rule, meters)
  const around = await usesOf(system, rule, neighbors, new Date(Math.min(...dark) - hourMs))
  for (const hour of dark) {
    const known = neighbors.flatMap((id) => around.get(id)?.get(hour) ?? [])
    if (known.length > 0 && known.every((kwh) => kwh < nothing)) use.delete(hour)
  }
  return use
}

/** The other meters of the building. */
async function neighborsOf(system: Ctx, { kind }: NearBase, meters: readonly string[]): Promise<string[]> {
  const rows = await system.rows(sql<{ device_id: string }>`
    SELECT o.device_id FROM signals.device d JOIN signals.device o USING (building_id)
    WHERE d.device_id = ANY (${meters}::uuid[]) AND o.kind = ${kind} AND o.state = 'active' AND NOT o.device_id = ANY (${meters}::uuid[]) LIMIT 50`)
  return rows.map((row) => row.device_id)
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
