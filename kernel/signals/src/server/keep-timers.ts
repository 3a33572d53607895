import { type Ctx, sql } from '@linli/base/server'
import type { Level } from '../define/rule.ts'
import { newestSign, soonestDueAt } from '../define/watch.ts'
import type { Arrival } from './commit-telemetry.ts'
import type { SignalsDeps } from './deps.ts'
import { appendEntry } from './episode-rows.ts'
import type { WatchRule } from './rule-book.ts'

interface Sign {
  rule: WatchRule
  kind: string
  id: string
  deviceId: string
  at: number
}

/** A timer whose alarms hear of a sign. */
export interface Answered {
  rule_key: string
  subject_kind: string
  subject_id: string
  device_id: string
  counts_from: Date
  raised: string[]
}

/**
 * Puts the deadlines of absences off, in the transaction that stores the messages: one statement whatever their number, and none where no
 * message is a sign. Whom a device is about is asked when a deadline has passed and not here, where every message would wait for it.
 */
export async function keepTimers(system: Ctx, { rules }: Pick<SignalsDeps, 'rules'>, arrivals: readonly Arrival[]): Promise<void> {
  const signs = signsOf(arrivals, rules, system.now.getTime())
  if (signs.length === 0) return
  // A meter goes on reading whether or not anybody is at home: it is looked at by the hour, and nothing is put off.
  const readings = signs.flatMap(({ rule }) => (rule.timed.op === 'nearBase' ? [rule.key] : []))
  const answered = await system.rows(sql<Answered>`
    WITH kept AS (
      INSERT INTO signals.timer AS t (rule_key, subject_kind, subject_id, device_id, counts_from, due_at)
      SELECT a.rule_key, a.subject_kind, a.subject_id, a.device_id, to_timestamp(a.at / 1000.0), to_timestamp(a.due / 1000.0)
      FROM unnest(${signs.map(({ rule }) => rule.key)}::text[], ${signs.map(({ kind }) => kind)}::text[], ${signs.map(({ id }) => id)}::uuid[],
        ${signs.map(({ deviceId }) => deviceId)}::uuid[], ${signs.map(({ at }) => at)}::bigint[],
        ${signs.map(({ rule, at }) => soonestDueAt(rule.timed, at))}::bigint[]) AS a(rule_key, subject_kind, subject_id, device_id, at, due)
      ON CONFLICT (rule_key, subject_kind, subject_id) DO UPDATE
        SET device_id = excluded.device_id, counts_from = excluded.counts_from,
          due_at = CASE WHEN t.rule_key = ANY (${readings}::text[]) THEN least(t.due_at, excluded.due_at) ELSE excluded.due_at END
        WHERE (t.counts_from, t.device_id) < (excluded.counts_from, excluded.device_id)
      RETURNING t.rule_key, t.subject_kind, t.subject_id, t.device_id, t.counts_from, t.raised
    )
    SELECT * FROM kept WHERE raised <> '{}'`)
  for (const one of answered) if (!readings.includes(one.rule_key)) await annotate(system, one)
}

/** The newest sign of each rule and of what the devices are bound to, in one order: two batches never wait for each other crosswise. */
function signsOf(arrivals: readonly Arrival[], rules: SignalsDeps['rules'], receivedAt: number): Sign[] {
  const newest = new Map<string, Sign>()
  for (const { device, message } of arrivals)
    for (const rule of rules.signsIn(device, message.values)) {
      const { subjectKind: kind, subjectId: id, deviceId } = device
      const name = `${rule.key} ${kind} ${id}`
      const held = newest.get(name)
      const at = newestSign(held?.at, message.at, receivedAt)
      const isNewer = !held || at > held.at || (message.at === at && deviceId > held.deviceId)
      if (isNewer) newest.set(name, { rule, kind, id, deviceId, at })
    }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sign]) => sign)
}

interface Raised {
  episode_id: string
  seq: number
  level: Level
  area_path: string
  settled_at: Date | null
}

/** Whoever is on the way should know that there was a sign after all, and that it is less urgent now. What was raised stays raised. */
export async function annotate(system: Ctx, timer: Answered): Promise<void> {
  const { device_id: deviceId, counts_from: at, raised } = timer
  const episodes = await system.rows(sql<Raised>`
    SELECT episode_id, seq, level, area_path, settled_at FROM signals.episode
    WHERE episode_id = ANY (${raised}::uuid[]) AND (settled_at IS NULL OR first_signal_at >= ${at}) ORDER BY episode_id FOR UPDATE`)
  for (const episode of episodes) {
    await appendEntry(system, episode, { move: 'sign', data: { deviceId, signalAt: at.toISOString() } })
    if (!episode.settled_at && episode.level !== 4) {
      await appendEntry(system, episode, { move: 'level', data: { level: 4 } })
      await system.run(sql`UPDATE signals.episode SET level = 4 WHERE episode_id = ${episode.episode_id}`)
    }
    system.emit('alarm.changed', { episodeId: episode.episode_id, areaPath: episode.area_path })
  }
  await system.run(sql`
    UPDATE signals.timer SET raised = '{}'
    WHERE rule_key = ${timer.rule_key} AND subject_kind = ${timer.subject_kind} AND subject_id = ${timer.subject_id}`)
}
