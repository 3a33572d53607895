import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { DeviceRow } from '../contract/device.ts'
import { liveNodes, ownLevel, presenceOf, rowOf, type StoredDevice } from './device-rows.ts'

export interface DeviceFilter {
  q?: string | undefined
  kind?: string | undefined
  state?: string | undefined
  presence?: string | undefined
  firmware?: string | undefined
  gatewayId?: string | undefined
}

interface DeviceQuery extends DeviceFilter {
  limit: number
  cursor?: string | undefined
}

/** The ledger in the acting post's scope, by code, with how many there are and how many are online. */
export async function listDevices(ctx: Ctx, query: DeviceQuery) {
  const nodes = await liveNodes(ctx)
  const where = sqlAnd(filtersOf(ctx, query, nodes))
  const after = query.cursor ? decodeCursor(query.cursor, 'text')[0] : undefined
  const rows = await ctx.rows(sql<StoredDevice>`
    SELECT ${deviceColumns(ctx.now, nodes)} FROM ${deviceSource}
    WHERE ${where} AND (${after ?? null}::text IS NULL OR d.code > ${after ?? null}) ORDER BY d.code LIMIT ${query.limit + 1}`)
  const { total, online } = await ctx.get(sql<{ total: number; online: number }>`
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE ${presenceOf(ctx.now, nodes)} = 'online'))::int AS online
    FROM signals.device d LEFT JOIN signals.device_state s USING (device_id) WHERE ${where}`)
  const page = rows.slice(0, query.limit)
  const items: DeviceRow[] = page.map(rowOf)
  const next = rows.length > query.limit ? encodeCursor(page.at(-1)!.code) : null
  return { items, next, total, online, asOf: ctx.now.toISOString() }
}

export const deviceSource: Statement = sql`signals.device d LEFT JOIN signals.device_state s USING (device_id)
  LEFT JOIN access.area community ON community.area_id = d.community_id LEFT JOIN access.area cell ON cell.area_id = d.cell_id`

export const deviceColumns = (now: Date, nodes: readonly string[]): Statement => sql`d.device_id, d.code, d.kind, d.name, d.place,
  community.name AS community_name, cell.name AS cell_name, d.protocol, d.state, d.suspended_for, d.suspended_until,
  ${presenceOf(now, nodes)} AS presence, s.last_seen_at, s.latest, s.firmware`

export function filtersOf(
  ctx: Ctx,
  { q, kind, state, presence, firmware, gatewayId }: DeviceFilter,
  nodes: readonly string[],
): Statement[] {
  const filters = [ownLevel(ctx)]
  if (kind) filters.push(sql`d.kind = ${kind}`)
  if (state) filters.push(sql`d.state = ${state}`)
  if (presence) filters.push(sql`${presenceOf(ctx.now, nodes)} = ${presence}`)
  if (firmware) filters.push(sql`s.firmware = ${firmware}`)
  if (gatewayId) filters.push(sql`d.gateway_id = ${gatewayId}::uuid`)
  if (q) filters.push(sql`(strpos(lower(d.code), lower(${q})) > 0 OR strpos(d.name, ${q}) > 0 OR strpos(d.place, ${q}) > 0)`)
  return filters
}

/** Which versions the devices of the acting post's scope say they have; those that never said come last of their kind. */
export async function listFirmware(ctx: Ctx) {
  const items = await ctx.rows(sql<{ kind: string; firmware: string | null; devices: number }>`
    SELECT d.kind, s.firmware, count(*)::int AS devices FROM signals.device d LEFT JOIN signals.device_state s USING (device_id)
    WHERE ${ownLevel(ctx)} AND d.state <> 'retired' GROUP BY d.kind, s.firmware ORDER BY d.kind, s.firmware DESC NULLS LAST LIMIT 500`)
  return { items, asOf: ctx.now.toISOString() }
}
