import { type Ctx, sql } from '@linli/base/server'
import type { DeviceFacts } from './device-book.ts'
import type { Message } from './read-message.ts'

/** A message on its way into the database. */
export interface Arrival {
  device: DeviceFacts
  message: Message
}

/** A named message is looked for this far back; a device that sends one again later than that has lost its memory. */
const probedMs = 2 * 86_400_000

/**
 * Stores messages, each once however often it was sent, and brings latest values and presence up to date. Answers which of them are new,
 * in the order given. Device rows are locked in one order and until the commit, so what follows for one device in this transaction and in
 * another's happens one after the other.
 */
export async function commitTelemetry(system: Ctx, arrivals: readonly Arrival[]): Promise<boolean[]> {
  const known = await findKnown(system, arrivals)
  const unseen = arrivals.filter(({ device, message }) => !known.has(`${device.deviceId} ${message.key}`))
  const stored = unseen.length === 0 ? [] : await insert(system, unseen)
  await keepLatest(system, arrivals)
  const fresh = new Set(stored)
  // Of two copies in one batch the first is the new one.
  return arrivals.map((arrival) => fresh.delete(placeOf(arrival)))
}

const placeOf = ({ device, message }: Arrival): string => `${device.deviceId} ${message.at} ${message.key}`

async function findKnown(system: Ctx, arrivals: readonly Arrival[]): Promise<ReadonlySet<string>> {
  const probed = arrivals.filter(({ message }) => message.isProbed)
  if (probed.length === 0) return new Set()
  const rows = await system.rows(sql<{ device_id: string; message_key: string }>`
    SELECT t.device_id, t.message_key
    FROM unnest(${probed.map(({ device }) => device.deviceId)}::uuid[], ${probed.map(({ message }) => message.key)}::text[]) AS asked(device_id, message_key)
    JOIN signals.telemetry t ON t.device_id = asked.device_id AND t.message_key = asked.message_key AND t.is_probed
    WHERE t.at >= ${new Date(system.now.getTime() - probedMs)}`)
  return new Set(rows.map((row) => `${row.device_id} ${row.message_key}`))
}

async function insert(system: Ctx, arrivals: readonly Arrival[]): Promise<string[]> {
  const once = withoutTwins(arrivals)
  // Nearly always all of them are new: then the database says so in one number, instead of sending every row back to be read.
  const { stored } = await system.get(sql<{ stored: string[] | null }>`
    WITH stored AS (
      INSERT INTO signals.telemetry (device_id, at, message_key, received_at, values, time_source, device_ts, is_probed)
      SELECT a.device_id, to_timestamp(a.at / 1000.0), a.message_key, ${system.now}::timestamptz, a.values::jsonb, a.time_source, a.device_ts, a.is_probed
      FROM unnest(${once.map(({ device }) => device.deviceId)}::uuid[], ${once.map(({ message }) => message.at)}::bigint[],
        ${once.map(({ message }) => message.key)}::text[], ${once.map(({ message }) => JSON.stringify(message.values))}::text[],
        ${once.map(({ message }) => message.timeSource)}::text[], ${once.map(({ message }) => message.deviceTs)}::text[],
        ${once.map(({ message }) => message.isProbed)}::boolean[])
        AS a(device_id, at, message_key, values, time_source, device_ts, is_probed)
      ON CONFLICT DO NOTHING RETURNING device_id, at, message_key
    )
    SELECT CASE WHEN count(*) < ${once.length}::integer
      THEN coalesce(array_agg(device_id || ' ' || (extract(epoch FROM at) * 1000)::bigint || ' ' || message_key), '{}') END AS stored FROM stored`)
  return stored ?? once.map(placeOf)
}

/** Two copies of one probed message in a batch may carry different times of receipt; the first stands for both. */
function withoutTwins(arrivals: readonly Arrival[]): readonly Arrival[] {
  const seen = new Set<string>()
  return arrivals.filter(({ device, message }) => {
    if (!message.isProbed) return true
    const name = `${device.deviceId} ${message.key}`
    return !seen.has(name) && seen.add(name) !== undefined
  })
}

type Latest = Record<string, [value: number, at: number]>

/** One row per device, whatever number of its messages there are. */
async function keepLatest(system: Ctx, arrivals: readonly Arrival[]): Promise<void> {
  const byDevice = new Map<string, { latest: Latest; oldest: number; newest: number }>()
  for (const { device, message } of arrivals) {
    const held = byDevice.get(device.deviceId) ?? { latest: {}, oldest: message.at, newest: message.at }
    held.oldest = Math.min(held.oldest, message.at)
    held.newest = Math.max(held.newest, message.at)
    for (const [key, value] of Object.entries(message.values)) {
      const before = held.latest[key]
      if (!before || before[1] < message.at || (before[1] === message.at && before[0] < value)) held.latest[key] = [value, message.at]
    }
    byDevice.set(device.deviceId, held)
  }
  const rows = [...byDevice].sort(([a], [b]) => (a < b ? -1 : 1))
  await system.run(sql`
    INSERT INTO signals.device_state AS s (device_id, latest, newest_at, last_seen_at)
    SELECT a.device_id, a.latest::jsonb, to_timestamp(a.newest / 1000.0), ${system.now}::timestamptz
    FROM unnest(${rows.map(([id]) => id)}::uuid[], ${rows.map(([, row]) => JSON.stringify(row.latest))}::text[], ${rows.map(([, row]) => row.newest)}::bigint[])
      AS a(device_id, latest, newest)
    ON CONFLICT (device_id) DO UPDATE SET
      latest = CASE WHEN s.newest_at < ALL (SELECT to_timestamp((v -> 1)::bigint / 1000.0) FROM jsonb_each(excluded.latest) AS e(k, v))
        THEN s.latest || excluded.latest ELSE signals.merge_latest(s.latest, excluded.latest) END,
      newest_at = greatest(s.newest_at, excluded.newest_at), last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at)`)
}
