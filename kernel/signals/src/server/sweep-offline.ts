import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { Offline } from '../define/condition.ts'
import { waitMs } from '../define/ladder.ts'
import type { Rule } from '../define/rule.ts'
import { findFacts } from './device-book.ts'
import { liveNodes, presenceOf } from './device-rows.ts'
import { appendEntry } from './episode-rows.ts'
import { open, type RaiseDeps } from './raise-episodes.ts'

interface Away {
  code: string
  since: Date
}

const batch = 50

/**
 * Raises that devices are away, once for each time, and writes into those alarms that they are back. There is no timer row: the row of the
 * device says since when. A device that never held a session is not away but not installed yet. While no process listens nobody can know.
 * Call until it answers 0.
 */
export async function sweepOffline(system: Ctx, deps: RaiseDeps): Promise<number> {
  const nodes = await liveNodes(system)
  if (nodes.length === 0) return 0
  let raised = 0
  for (const { rule, offline } of deps.rules.offline) {
    for (const { code, since } of await findAway(system, nodes, rule, offline)) {
      const device = await findFacts(system, code)
      const at = since.getTime() + waitMs(offline.for)
      if (device && (await open(system, deps, rule, { device, message: { at }, since }))) {
        deps.meters.alarmed(rule.key)
        raised++
      }
    }
    await noteTakenAlong(system, nodes, rule)
    await noteReturns(system, nodes, rule)
  }
  return raised
}

/** Devices that left so long ago and whose leaving was not told of yet. What left before these processes began could not have come back earlier. */
function findAway(system: Ctx, nodes: readonly string[], rule: Rule, { kinds, for: duration }: Offline): Promise<Away[]> {
  return system.rows(sql<Away>`
    SELECT a.code, a.since FROM (
      SELECT d.device_id, d.code, d.gateway_id, greatest(coalesce(s.left_at, s.last_seen_at),
        (SELECT min(n.began_at) FROM signals.ingest_node n WHERE n.node_id = ANY (${nodes}::uuid[]))) AS since
      FROM signals.device d JOIN signals.device_state s USING (device_id)
      WHERE d.kind = ANY (${kinds}::text[]) AND (d.state = 'active' OR (d.state = 'suspended' AND d.suspended_until <= ${system.now}))
        AND s.last_seen_at <= ${system.now}::timestamptz - ${duration}::interval AND (s.online_since IS NOT NULL OR d.protocol = 'http')
        AND ${presenceOf(system.now, nodes)} = 'offline'
    ) a
    WHERE a.since <= ${system.now}::timestamptz - ${duration}::interval AND NOT ${isGatewayAway(system, nodes)} AND NOT EXISTS (
      SELECT FROM signals.episode e WHERE e.subject_id = a.device_id AND e.rule_key = ${rule.key} AND (e.settled_at IS NULL OR e.raised_at >= a.since))
    ORDER BY a.since LIMIT ${batch}`)
}

/** What sends through a gateway that is away is away with it; a gateway that is being mended keeps nothing from being told. Names: `a` a device. */
const isGatewayAway = (system: Ctx, nodes: readonly string[]): Statement => sql`EXISTS (
  SELECT FROM signals.device d JOIN signals.device_state s USING (device_id) WHERE d.device_id = a.gateway_id AND d.state = 'active' AND ${presenceOf(system.now, nodes)} = 'offline')`

/** Writes into the alarm of a gateway which devices went with it, so that whoever goes there knows whom it concerns. */
async function noteTakenAlong(system: Ctx, nodes: readonly string[], rule: Rule): Promise<void> {
  const along = await system.rows(sql<{ episode_id: string; area_path: string; device_id: string; since: Date }>`
    SELECT e.episode_id, e.area_path, d.device_id, coalesce(s.left_at, s.last_seen_at) AS since
    FROM signals.episode e JOIN signals.device d ON d.gateway_id = e.subject_id AND d.state = 'active' JOIN signals.device_state s ON s.device_id = d.device_id
    WHERE e.rule_key = ${rule.key} AND e.settled_at IS NULL AND e.next_step_at IS NOT NULL AND s.last_seen_at IS NOT NULL AND ${presenceOf(system.now, nodes)} = 'offline'
      AND NOT EXISTS (SELECT FROM signals.episode_detector t WHERE t.episode_id = e.episode_id AND t.device_id = d.device_id)
    ORDER BY e.episode_id, d.device_id LIMIT ${batch}`)
  for (const { episode_id: episodeId, device_id: deviceId, since } of along) {
    await system.run(sql`
      INSERT INTO signals.episode_detector (episode_id, device_id, first_at, last_at, signals) VALUES (${episodeId}, ${deviceId}, ${since}, ${since}, 1)
      ON CONFLICT DO NOTHING`)
  }
  for (const [episodeId, { area_path: areaPath }] of new Map(along.map((one) => [one.episode_id, one])))
    system.emit('alarm.changed', { episodeId, areaPath })
}

interface Returned {
  episode_id: string
  seq: number
  area_path: string
  device_id: string
  online_since: Date | null
}

/** Nobody more needs to be told; whoever was told reads that it is back, and settles. */
async function noteReturns(system: Ctx, nodes: readonly string[], rule: Rule): Promise<void> {
  const back = await system.rows(sql<Returned>`
    SELECT e.episode_id, e.seq, e.area_path, e.device_id, s.online_since FROM signals.episode e JOIN signals.device d USING (device_id) JOIN signals.device_state s USING (device_id)
    WHERE e.rule_key = ${rule.key} AND e.settled_at IS NULL AND e.next_step_at IS NOT NULL AND ${presenceOf(system.now, nodes)} = 'online'
    ORDER BY e.episode_id LIMIT ${batch} FOR UPDATE OF e SKIP LOCKED`)
  for (const episode of back) {
    const signalAt = (episode.online_since ?? system.now).toISOString()
    await appendEntry(system, episode, { move: 'sign', data: { deviceId: episode.device_id, signalAt } })
    await system.run(sql`UPDATE signals.episode SET next_step_at = NULL WHERE episode_id = ${episode.episode_id}`)
    system.emit('alarm.changed', { episodeId: episode.episode_id, areaPath: episode.area_path })
  }
}
