import { dayOf, formatDay, newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { callsKeeper } from '../define/ladder.ts'
import { holdsAmong, reachOfLook } from '../define/look-back.ts'
import { isActive, type Latest, type Level, type Rule } from '../define/rule.ts'
import type { Arrival } from './commit-telemetry.ts'
import type { SignalsDeps } from './deps.ts'
import type { DeviceFacts } from './device-book.ts'
import { appendEntry } from './episode-rows.ts'
import type { AlarmRules } from './ingest.ts'
import { keepTimers } from './keep-timers.ts'
import { dueAfter, firstStep } from './ladder-steps.ts'

export type RaiseDeps = Pick<SignalsDeps, 'rules' | 'meters' | 'clock'>

/** Rules at work in the transaction that stores the messages. */
export function alarmRules(deps: RaiseDeps): AlarmRules {
  return {
    isAlarm: (device, values) => deps.rules.raisedBy(device, values, deps.clock.now()).length > 0,
    raise: async (system, arrivals) => {
      for (const arrival of arrivals)
        for (const rule of deps.rules.raisedBy(arrival.device, arrival.message.values, system.now))
          if (await isHeld(system, rule, arrival)) await raise(system, deps, rule, arrival)
    },
    clear: (system, arrivals) => clear(system, deps, arrivals),
    watch: (system, arrivals) => keepTimers(system, deps, arrivals),
  }
}

interface OpenEpisode {
  episode_id: string
  rule_key: string
  seq: number
  level: Level
  area_path: string
  arrived_at: Date | null
}

/** A rule that counts or measures how long looks at what the device said around this message; it is stored by now. */
async function isHeld(system: Ctx, { when }: Rule, { device, message }: Arrival): Promise<boolean> {
  const reach = reachOfLook(when)
  if (reach === 0) return true
  const around = await system.rows(sql<{ at: Date; values: Record<string, number> }>`
    SELECT at, values FROM signals.telemetry
    WHERE device_id = ${device.deviceId} AND at BETWEEN ${new Date(message.at - reach)} AND ${new Date(message.at + reach)} ORDER BY at LIMIT ${mostAround}`)
  return holdsAmong(
    when,
    device.model.key,
    message,
    around.map(({ at, values }) => ({ at: at.getTime(), values })),
  )
}

/** A device that says more than that within the time is heard for what it says first. */
const mostAround = 5000

/** One open alarm per rule and subject: the first signal opens it, the others join it. A signal that nobody has seen yet is never swallowed, however late. */
async function raise(system: Ctx, deps: RaiseDeps, rule: Rule, arrival: Arrival): Promise<void> {
  deps.meters.alarmed(rule.key)
  const episode = (await open(system, deps, rule, arrival)) ?? (await join(system, rule, arrival))
  // Settled between the two looks: this signal opens the next one.
  if (!episode) return raise(system, deps, rule, arrival)
  await weigh(system, rule, episode)
}

/** What an alarm is opened for: a message, or the instant at which something had not come. */
export interface Raising {
  device: DeviceFacts
  message: { at: number }
  /** Since when something has not come. */
  since?: Date
}

const subjectOf = (rule: Rule, { device }: Raising) =>
  device.subjectKind === rule.subject ? { kind: device.subjectKind, id: device.subjectId } : { kind: 'device', id: device.deviceId }

/**
 * Where it rings is read from the ledger: what a process holds of a device may be from before its cell was redrawn. The alarm, its first line,
 * its device and its first rung in one statement: this is the way from a press to a page, and every round trip on it is waited for.
 */
export async function open(system: Ctx, deps: RaiseDeps, rule: Rule, arrival: Raising): Promise<OpenEpisode | undefined> {
  const { device, message } = arrival
  const subject = subjectOf(rule, arrival)
  const at = new Date(message.at)
  const day = formatDay(dayOf(system.now.getTime())).replaceAll('-', '')
  const ladder = deps.rules.ladder(rule.ladder)
  const { rung, next, at: nextAt } = dueAfter(ladder, firstStep, system.now)
  const since = arrival.since && { since: arrival.since.toISOString() }
  const entry = JSON.stringify({ level: rule.level, deviceId: device.deviceId, signalAt: at.toISOString(), ...since })
  const episode = await system.find(sql<OpenEpisode>`
    WITH raised AS (
      INSERT INTO signals.episode (episode_id, number, rule_key, subject_kind, subject_id, device_id, place, area_id, area_path, county_id, township_id, community_id,
        cell_id, called_org_id, stage, level, highest_level, first_signal_at, last_signal_at, raised_at, seq, next_rung, next_attempt, next_step_at)
      SELECT ${newId(system.now.getTime())}::uuid, ${`JB-${day}-`} || lpad(nextval('signals.episode_number')::text, 6, '0'), ${rule.key}, ${subject.kind}, ${subject.id}::uuid,
        d.device_id, d.place, d.area_id, d.area_path, d.county_id, d.township_id, d.community_id, d.cell_id,
        CASE WHEN ${callsKeeper(ladder)}::boolean THEN d.maintainer_org_id END, 'raised', ${rule.level}::smallint, ${rule.level}::smallint,
        ${at}::timestamptz, ${at}::timestamptz, ${system.now}::timestamptz, 1, ${next?.rung ?? null}::integer, ${next?.attempt ?? null}::integer, ${nextAt}::timestamptz
      FROM signals.device d WHERE d.device_id = ${device.deviceId}::uuid
      ON CONFLICT (rule_key, subject_kind, subject_id) WHERE settled_at IS NULL DO NOTHING
      RETURNING episode_id, rule_key, seq, level, area_path, arrived_at
    ), entry AS (
      INSERT INTO signals.episode_entry (episode_id, seq, move, data, made_at) SELECT episode_id, 1, 'raise', ${entry}::jsonb, ${system.now}::timestamptz FROM raised
    ), detector AS (
      INSERT INTO signals.episode_detector (episode_id, device_id, first_at, last_at, signals)
      SELECT episode_id, ${device.deviceId}::uuid, ${at}::timestamptz, ${at}::timestamptz, 1 FROM raised
    ), step AS (
      INSERT INTO signals.ladder_step (episode_id, rung, attempt, rung_key, taken_at)
      SELECT episode_id, ${firstStep.rung}::integer, ${firstStep.attempt}::integer, ${rung.key}, ${system.now}::timestamptz FROM raised
    )
    SELECT * FROM raised`)
  if (!episode) return undefined
  const { episode_id: episodeId, area_path: areaPath } = episode
  system.emit('alarm.raised', { episodeId, rule: rule.key, level: rule.level, areaPath })
  system.emit('alarm.rung', { episodeId, areaPath, ...firstStep })
  system.audit({
    action: 'signals.alarm_raised',
    subjectKind: 'episode',
    subjectId: episodeId,
    areaPath,
    detail: { rule: rule.key, level: rule.level },
  })
  return episode
}

async function join(system: Ctx, rule: Rule, arrival: Arrival): Promise<OpenEpisode | undefined> {
  const subject = subjectOf(rule, arrival)
  const { device, message } = arrival
  const episode = await system.find(sql<OpenEpisode>`
    SELECT episode_id, rule_key, seq, level, area_path, arrived_at FROM signals.episode
    WHERE rule_key = ${rule.key} AND subject_kind = ${subject.kind} AND subject_id = ${subject.id} AND settled_at IS NULL FOR UPDATE`)
  if (!episode) return undefined
  const at = new Date(message.at)
  await system.run(sql`
    UPDATE signals.episode SET first_signal_at = least(first_signal_at, ${at}), last_signal_at = greatest(last_signal_at, ${at}) WHERE episode_id = ${episode.episode_id}`)
  const isFirst = await addDetector(system, episode.episode_id, arrival)
  if (isFirst) await appendEntry(system, episode, { move: 'join', data: { deviceId: device.deviceId, signalAt: at.toISOString() } })
  return episode
}

/** Counts a signal of a device; true for the first of this device. */
async function addDetector(system: Ctx, episodeId: string, { device, message }: Arrival): Promise<boolean> {
  const at = new Date(message.at)
  const { signals } = await system.get(sql<{ signals: number }>`
    INSERT INTO signals.episode_detector AS d (episode_id, device_id, first_at, last_at, signals) VALUES (${episodeId}, ${device.deviceId}, ${at}, ${at}, 1)
    ON CONFLICT (episode_id, device_id) DO UPDATE SET first_at = least(d.first_at, excluded.first_at), last_at = greatest(d.last_at, excluded.last_at),
      signals = d.signals + 1
    RETURNING signals`)
  return signals === 1
}

/**
 * How urgent it is now: by how many of its devices still say so in their latest values. A function of what is stored and not of the order
 * in which it came, so shuffled and doubled messages end at the same level.
 */
async function weigh(system: Ctx, rule: Rule, episode: OpenEpisode): Promise<void> {
  if (!rule.worse) return
  const devices = await system.rows(sql<{ kind: string; latest: Latest }>`
    SELECT d.kind, s.latest FROM signals.episode_detector e JOIN signals.device d USING (device_id) JOIN signals.device_state s USING (device_id)
    WHERE e.episode_id = ${episode.episode_id}`)
  const active = devices.filter(({ kind, latest }) => isActive(rule, kind, latest)).length
  const level = active >= rule.worse.detectors ? rule.worse.level : rule.level
  if (level === episode.level) return
  const isWorse = level < episode.level
  await appendEntry(system, episode, { move: 'level', data: { level } })
  await system.run(sql`
    UPDATE signals.episode SET level = ${level}, highest_level = least(highest_level, ${level}),
      next_step_at = CASE WHEN ${isWorse} AND arrived_at IS NULL THEN least(next_step_at, ${system.now}) ELSE next_step_at END
    WHERE episode_id = ${episode.episode_id}`)
  system.emit('alarm.changed', { episodeId: episode.episode_id, areaPath: episode.area_path })
}

async function clear(system: Ctx, deps: RaiseDeps, arrivals: readonly Arrival[]): Promise<void> {
  const ids = new Set(
    arrivals.filter(({ device, message }) => deps.rules.mayClear(device, message.values)).map(({ device }) => device.deviceId),
  )
  if (ids.size === 0) return
  const episodes = await system.rows(sql<OpenEpisode>`
    SELECT episode_id, rule_key, seq, level, area_path, arrived_at FROM signals.episode e
    WHERE settled_at IS NULL AND EXISTS (SELECT 1 FROM signals.episode_detector d WHERE d.episode_id = e.episode_id AND d.device_id = ANY (${[...ids]}::uuid[]))
    ORDER BY episode_id FOR UPDATE`)
  for (const episode of episodes) {
    const rule = deps.rules.rule(episode.rule_key)
    if (rule) await weigh(system, rule, episode)
  }
}
