import { type Ctx, openPool, sql, startEmbedded, systemActor, systemClock, transact } from '@linli/base/server'
import { type EpisodeEntry, foldEpisode } from '@linli/signals/define'
import type { Sent } from '../harness/device-fleet.ts'

export interface IngestVerdict {
  acknowledged: number
  /** Messages of the run in the table of telemetry. */
  stored: number
  lost: number
  doubled: number
  /** In the table, but no device of the fleet sent it. */
  strange: number
  wrongClocks: number
  /** Of those: not at their receipt, or not marked. */
  wrongClocksUnmarked: number
  poisoned: number
  /** Acknowledged poison without its one row in quarantine. */
  poisonLost: number
  episodes: number
  alarmSignals: number
  /** Rule and subject with two open alarms, and devices whose alarm messages are not counted in exactly one alarm each. */
  episodesDoubled: number
  signalsMiscounted: number
  notTheirFold: number
  rungs: number
  told: number
  /** Rungs whose messages are not there, are there twice, or belong to no rung. */
  rungsWrong: number
  settlements: number
  settlementsWrong: number
}

export interface ToCheck {
  dataDir: string
  sent: readonly Sent[]
  since: Date
  /** Episodes whose settlement was acknowledged. */
  settled: readonly string[]
}

/** Looks into the stopped platform's database and compares it with what the devices know. */
export async function checkIngest({ dataDir, sent, since, settled }: ToCheck): Promise<IngestVerdict> {
  const database = await startEmbedded({ dataDir })
  const pool = openPool({ url: database.servingUrl, max: 1, name: 'check' })
  try {
    return await transact({ pool, clock: systemClock }, systemActor, async (system) => {
      await system.run(sql`SELECT set_config('statement_timeout', '120000', true)`)
      return {
        acknowledged: sent.filter(({ ackedAt }) => ackedAt).length,
        ...(await checkMessages(system, sent, since)),
        ...(await checkQuarantine(system, sent)),
        ...(await checkEpisodes(system, since)),
        ...(await checkRungs(system, since)),
        ...(await checkSettlements(system, settled)),
      }
    })
  } finally {
    await pool.end()
    await database.stop()
  }
}

interface StoredMessage {
  code: string
  message_key: string
  at: Date
  time_source: string
  device_ts: string | null
}

async function checkMessages(system: Ctx, sent: readonly Sent[], since: Date) {
  const rows = await system.rows(sql<StoredMessage>`
    SELECT d.code, t.message_key, t.at, t.time_source, t.device_ts FROM signals.telemetry t JOIN signals.device d USING (device_id)
    WHERE t.received_at >= ${since}`)
  const found = new Map<string, StoredMessage[]>()
  for (const row of rows) {
    const name = `${row.code} ${row.message_key.startsWith('i:') ? row.message_key : `t:${row.device_ts}`}`
    found.set(name, [...(found.get(name) ?? []), row])
  }
  const taken = sent.filter(({ kind }) => kind !== 'poison')
  const known = new Set(taken.map(({ device, key }) => `${device} ${key}`))
  const wrongClocks = taken.filter(({ kind, ackedAt }) => kind === 'wrong-clock' && ackedAt)
  const isMarked = ({ device, key, sentAt, ackedAt }: Sent): boolean => {
    const row = found.get(`${device} ${key}`)?.[0]
    const at = row?.at.getTime() ?? 0
    return row?.time_source === 'replaced' && row.device_ts !== null && at >= sentAt - 50 && at <= ackedAt! + 50
  }
  return {
    stored: rows.length,
    lost: taken.filter(({ device, key, ackedAt }) => ackedAt && !found.has(`${device} ${key}`)).length,
    doubled: [...found.values()].filter(({ length }) => length > 1).length,
    strange: [...found.keys()].filter((name) => !known.has(name)).length,
    wrongClocks: wrongClocks.length,
    wrongClocksUnmarked: wrongClocks.filter((line) => !isMarked(line)).length,
  }
}

async function checkQuarantine(system: Ctx, sent: readonly Sent[]) {
  const rows = await system.rows(sql<{ name: string; n: number }>`
    SELECT d.code || ' q:' || encode(q.payload_hash, 'hex') AS name, count(*)::int AS n FROM signals.quarantine q JOIN signals.device d USING (device_id) GROUP BY 1`)
  const found = new Map(rows.map(({ name, n }) => [name, n]))
  const poison = sent.filter(({ kind, ackedAt }) => kind === 'poison' && ackedAt)
  return { poisoned: poison.length, poisonLost: poison.filter(({ device, key }) => found.get(`${device} ${key}`) !== 1).length }
}

interface EpisodeState {
  episode_id: string
  stage: string
  level: number
  highest_level: number
  seq: number
  outcome: string | null
  entries: { seq: number; move: EpisodeEntry['move']; data: EpisodeEntry['data']; made_at: string }[]
}

async function checkEpisodes(system: Ctx, since: Date) {
  const { doubled } = await system.get(sql<{ doubled: number }>`
    SELECT count(*)::int AS doubled FROM (SELECT 1 FROM signals.episode WHERE settled_at IS NULL GROUP BY rule_key, subject_kind, subject_id HAVING count(*) > 1) t`)
  // What the platform finds out about devices (away, battery) counts no messages. What a device that is being mended says of smoke is stored and raises nothing.
  const { signals, miscounted } = await system.get(sql<{ signals: number; miscounted: number }>`
    WITH said AS (
      SELECT t.device_id, count(*) AS n FROM signals.telemetry t JOIN signals.device d USING (device_id)
      WHERE t.received_at >= ${since} AND ((d.kind = 'wristband' AND t.values ->> 'sos' = '1') OR (d.kind = 'smoke' AND t.values ->> 'smoke' = '1' AND d.state = 'active'))
      GROUP BY 1
    ), counted AS (
      SELECT e.device_id, sum(e.signals) AS n FROM signals.episode_detector e JOIN signals.episode p USING (episode_id) WHERE p.raised_at >= ${since} AND NOT starts_with(p.rule_key, 'signals.') GROUP BY 1
    )
    SELECT coalesce(sum(said.n), 0)::int AS signals, count(*) FILTER (WHERE said.n IS DISTINCT FROM counted.n)::int AS miscounted FROM said FULL JOIN counted USING (device_id)`)
  const episodes = await system.rows(sql<EpisodeState>`
    SELECT e.episode_id, e.stage, e.level, e.highest_level, e.seq, e.outcome,
      (SELECT jsonb_agg(jsonb_build_object('seq', n.seq, 'move', n.move, 'data', n.data, 'made_at', n.made_at) ORDER BY n.seq) FROM signals.episode_entry n WHERE n.episode_id = e.episode_id) AS entries
    FROM signals.episode e WHERE e.raised_at >= ${since}`)
  return {
    episodes: episodes.length,
    alarmSignals: signals,
    episodesDoubled: doubled,
    signalsMiscounted: miscounted,
    notTheirFold: episodes.filter((episode) => !isItsFold(episode)).length,
  }
}

function isItsFold({ entries, ...row }: EpisodeState): boolean {
  const state = foldEpisode(entries.map(({ made_at, ...entry }) => ({ ...entry, at: made_at })))
  return (
    state.stage === row.stage &&
    state.level === row.level &&
    state.highestLevel === row.highest_level &&
    state.outcome === row.outcome &&
    state.seq === row.seq &&
    entries.every(({ seq }, index) => seq === index + 1)
  )
}

async function checkRungs(system: Ctx, since: Date) {
  const { rungs, told, wrong } = await system.get(sql<{ rungs: number; told: number; wrong: number }>`
    WITH step AS (
      SELECT 'alarm/' || s.episode_id || '/' || s.rung || '/' || s.attempt AS once_key, CASE WHEN s.is_merged THEN 0 ELSE s.told END AS told
      FROM signals.ladder_step s JOIN signals.episode e USING (episode_id) WHERE e.raised_at >= ${since}
    ), sent AS (
      SELECT once_key, count(*) AS n, count(DISTINCT post_id) AS posts FROM messages.message WHERE template = 'signals.alarm' AND made_at >= ${since} GROUP BY 1
    )
    SELECT (SELECT count(*)::int FROM step) AS rungs, (SELECT coalesce(sum(n), 0)::int FROM sent) AS told,
      (SELECT count(*)::int FROM step FULL JOIN sent USING (once_key) WHERE step.told IS DISTINCT FROM coalesce(sent.n, 0) OR sent.n <> sent.posts)
      + (SELECT count(*)::int FROM signals.episode e WHERE e.raised_at >= ${since} AND NOT EXISTS (SELECT 1 FROM signals.ladder_step s WHERE s.episode_id = e.episode_id AND s.rung = 0 AND s.attempt = 1))
      -- Told with the others of a storm: by messages of that storm, each once for each post.
      + (SELECT count(*)::int FROM signals.ladder_step s JOIN signals.episode e USING (episode_id) WHERE e.raised_at >= ${since} AND s.is_merged AND s.told > 0
          AND NOT EXISTS (SELECT FROM signals.storm o JOIN messages.message m ON starts_with(m.once_key, 'storm/') AND m.template = 'signals.storm' WHERE o.rule_key = e.rule_key))
      AS wrong`)
  return { rungs, told, rungsWrong: wrong }
}

async function checkSettlements(system: Ctx, settled: readonly string[]) {
  const { right } = await system.get(sql<{ right: number }>`
    SELECT count(*)::int AS right FROM unnest(${settled}::uuid[]) AS s(episode_id)
    WHERE (SELECT count(*) FROM signals.episode_entry e WHERE e.episode_id = s.episode_id AND e.move = 'settle') = 1`)
  return { settlements: settled.length, settlementsWrong: settled.length - right }
}

/** What is wrong with the verdict, as sentences; empty when the promise held. */
export function faultsOfIngest(verdict: IngestVerdict): string[] {
  const wrong: [number, string][] = [
    [verdict.lost, 'acknowledged messages are missing'],
    [verdict.doubled, 'messages stand twice'],
    [verdict.strange, 'messages were sent by nobody'],
    [verdict.wrongClocksUnmarked, 'messages of a wrong clock are not at their receipt, or not marked'],
    [verdict.poisonLost, 'acknowledged faults are not in quarantine once'],
    [verdict.episodesDoubled, 'rules and subjects have two open alarms'],
    [verdict.signalsMiscounted, 'devices have alarm messages that are not counted in exactly one alarm'],
    [verdict.notTheirFold, 'alarms differ from their entries'],
    [verdict.rungsWrong, 'rungs were sent twice, not at all, or without a step'],
    [verdict.settlementsWrong, 'acknowledged settlements are not there exactly once'],
  ]
  return wrong.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
}
