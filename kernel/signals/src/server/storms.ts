import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { endDeliveries } from '@linli/messages/server'
import type { AlarmStorm } from '../contract/episode.ts'
import type { SignalsDeps } from './deps.ts'
import type { StoredEpisode } from './episode-rows.ts'

/** More alarms of one rule in one community within ten minutes are a storm (standards 9 [D]: > 20 of a kind in 10 min merges). */
export const calmAlarms = 20
const windowMs = 600_000

export interface Storm {
  storm_id: string
  rule_key: string
  community_id: string
  /** Of the community. */
  area_path: string
  name: string
  began_at: Date
}

const stormFields = sql`s.storm_id, s.rule_key, s.community_id, s.area_path, s.began_at, c.name`
/** A storm is over when the latest alarm of it was raised before this. */
const calmSince = (ctx: Ctx): Date => new Date(ctx.now.getTime() - windowMs)

/**
 * The storm that an alarm is part of. Alarms are never merged, for each is somebody's: what is told to staff is, so that the twenty-first
 * call does not keep the line busy for the first. As system.
 */
export async function findStorm(system: Ctx, episode: StoredEpisode): Promise<Storm | undefined> {
  if (episode.community_id === null) return undefined
  return (await goOn(system, episode)) ?? begin(system, episode)
}

/** Only a recent alarm keeps a storm going, not the later rungs of an old one. */
function goOn(system: Ctx, { rule_key, community_id, raised_at }: StoredEpisode): Promise<Storm | undefined> {
  return system.find(sql<Storm>`
    UPDATE signals.storm s SET last_at = greatest(s.last_at, ${raised_at}) FROM access.area c
    WHERE s.rule_key = ${rule_key} AND s.community_id = ${community_id}::uuid AND s.last_at > ${calmSince(system)} AND c.area_id = s.community_id
    RETURNING ${stormFields}`)
}

async function begin(system: Ctx, { rule_key, community_id }: StoredEpisode): Promise<Storm | undefined> {
  const { alarms, since } = await system.get(sql<{ alarms: number; since: Date | null }>`
    SELECT count(*)::int AS alarms, min(raised_at) AS since FROM (
      SELECT raised_at FROM signals.episode
      WHERE community_id = ${community_id}::uuid AND rule_key = ${rule_key} AND raised_at > ${calmSince(system)}
      ORDER BY raised_at DESC LIMIT ${calmAlarms + 1}) latest`)
  if (alarms <= calmAlarms) return undefined
  return system.find(sql<Storm>`
    INSERT INTO signals.storm AS s (rule_key, community_id, area_path, storm_id, began_at, last_at)
    SELECT ${rule_key}, c.area_id, c.area_path, ${newId(system.now.getTime())}::uuid, ${since}::timestamptz, ${system.now}::timestamptz
    FROM access.area c WHERE c.area_id = ${community_id}::uuid
    ON CONFLICT (rule_key, community_id) DO UPDATE SET storm_id = excluded.storm_id, began_at = excluded.began_at, last_at = excluded.last_at
    RETURNING s.storm_id, s.rule_key, s.community_id, s.area_path, s.began_at, (SELECT name FROM access.area c WHERE c.area_id = s.community_id) AS name`)
}

/** How many alarms a storm has so far; of a very great one, that it is at least so many. */
export async function countStorm(ctx: Ctx, { rule_key, community_id, began_at }: Storm): Promise<number> {
  const { alarms } = await ctx.get(sql<{ alarms: number }>`
    SELECT count(*)::int AS alarms FROM (
      SELECT FROM signals.episode WHERE community_id = ${community_id}::uuid AND rule_key = ${rule_key} AND raised_at >= ${began_at} LIMIT 1000) raised`)
  return alarms
}

/** What is told of a storm is told again after ten minutes, and at each step of a ladder. */
export function stormOnceKey(system: Ctx, { storm_id, began_at }: Storm, step: { rung: number; attempt: number }): string {
  return `storm/${storm_id}/${Math.floor((system.now.getTime() - began_at.getTime()) / windowMs)}/${step.rung}/${step.attempt}`
}

/**
 * Once each of its alarms has been answered, calls that tell of a storm are needless, and everybody who knew of it is free again: the next alarm is
 * told anew, under another id, or somebody who calls minutes later would ring on no phone. As system.
 */
export async function calmStorm(system: Ctx, { rule_key, community_id }: StoredEpisode): Promise<void> {
  const storm = await system.find(sql<{ before: string }>`
    WITH calm AS (
      SELECT s.* FROM signals.storm s WHERE s.rule_key = ${rule_key} AND s.community_id = ${community_id}::uuid AND s.last_at > ${calmSince(system)}
        AND NOT EXISTS (SELECT FROM signals.episode e WHERE e.rule_key = s.rule_key AND e.community_id = s.community_id AND e.settled_at IS NULL AND e.acknowledged_at IS NULL)
      FOR UPDATE
    )
    UPDATE signals.storm s SET storm_id = ${newId(system.now.getTime())}::uuid FROM calm
    WHERE s.rule_key = calm.rule_key AND s.community_id = calm.community_id RETURNING calm.storm_id AS before`)
  if (storm) await endDeliveries(system, { kind: 'storm', id: storm.before })
}

/** Storms that are not over, for the desk of their area. */
export async function listStorms(ctx: Ctx, { rules }: Pick<SignalsDeps, 'rules'>): Promise<AlarmStorm[]> {
  const storms = await ctx.rows(sql<Storm>`
    SELECT ${stormFields} FROM signals.storm s JOIN access.area c ON c.area_id = s.community_id WHERE s.last_at > ${calmSince(ctx)} ORDER BY s.began_at`)
  const listed: AlarmStorm[] = []
  for (const storm of storms) {
    const { rule_key: rule, name: communityName, began_at } = storm
    const ruleName = rules.rule(rule)?.name ?? rule
    listed.push({ rule, ruleName, communityName, since: began_at.toISOString(), alarms: await countStorm(ctx, storm) })
  }
  return listed
}
