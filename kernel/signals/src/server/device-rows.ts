import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { DeviceRow } from '../contract/device.ts'
import { things } from '../define/things.ts'
import { deadAfterSeconds } from './presence.ts'

export interface StoredDevice {
  device_id: string
  code: string
  kind: string
  name: string
  place: string
  community_name: string | null
  cell_name: string | null
  protocol: DeviceRow['protocol']
  state: DeviceRow['state']
  suspended_for: DeviceRow['suspendedFor']
  suspended_until: Date | null
  presence: DeviceRow['presence']
  last_seen_at: Date | null
  latest: Record<string, [value: number, at: number]> | null
  firmware: string | null
}

/** Processes that hold sessions and are alive. As system: which machines there are is nobody's business. */
export async function liveNodes(ctx: Ctx): Promise<string[]> {
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(sql<{ node_id: string }>`
      SELECT node_id FROM signals.ingest_node WHERE beat_at > clock_timestamp() - make_interval(secs => ${deadAfterSeconds})`)
    return rows.map((row) => row.node_id)
  })
}

/** Names: `d` device, `s` its state. A device without a session is online while it was heard within three of its beats. */
export const presenceOf = (now: Date, nodes: readonly string[]): Statement => sql`CASE
  WHEN s.last_seen_at IS NULL THEN 'never'
  WHEN s.node_id = ANY (${nodes}::uuid[]) THEN 'online'
  WHEN d.protocol = 'http' AND s.last_seen_at > ${now}::timestamptz - make_interval(secs => 3 * (${beats}::jsonb ->> d.kind)::float8) THEN 'online'
  ELSE 'offline' END`

const beats = JSON.stringify(Object.fromEntries(things.map(({ key, beatSeconds }) => [key, beatSeconds])))

/** One level of the scope by equality, as lists of the case engine have it. */
export function ownLevel(ctx: Ctx): Statement {
  const { reach, areaId, orgId } = ctx.actor
  if (reach === 'cell') return sql`d.cell_id = ${areaId}::uuid`
  if (reach === 'community') return sql`d.community_id = ${areaId}::uuid`
  if (reach === 'township') return sql`d.township_id = ${areaId}::uuid`
  if (reach === 'county') return sql`d.county_id = ${areaId}::uuid`
  if (reach === 'line') return sql`(d.owner_org_id = ${orgId}::uuid OR d.maintainer_org_id = ${orgId}::uuid)`
  return sql`true`
}

export function rowOf(row: StoredDevice): DeviceRow {
  return {
    deviceId: row.device_id,
    code: row.code,
    kind: row.kind,
    name: row.name,
    place: row.place,
    communityName: row.community_name,
    cellName: row.cell_name,
    protocol: row.protocol,
    state: row.state,
    suspendedFor: row.suspended_for,
    suspendedUntil: row.suspended_until?.toISOString() ?? null,
    presence: row.presence,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    battery: row.latest?.battery?.[0] ?? null,
    firmware: row.firmware,
  }
}
