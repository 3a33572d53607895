import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { EpisodeRow } from '../contract/episode.ts'
import type { EpisodeEntry, Level } from '../define/index.ts'
import type { SignalsDeps } from './deps.ts'

export interface StoredEpisode {
  episode_id: string
  number: string
  rule_key: string
  subject_kind: 'person' | 'household' | 'dwelling' | 'building' | 'device'
  subject_id: string
  place: string
  area_id: string
  area_path: string
  county_id: string | null
  township_id: string | null
  community_id: string | null
  cell_id: string | null
  called_org_id: string | null
  stage: EpisodeRow['stage']
  level: Level
  highest_level: Level
  first_signal_at: Date
  last_signal_at: Date
  raised_at: Date
  acknowledged_at: Date | null
  departed_at: Date | null
  arrived_at: Date | null
  settled_at: Date | null
  outcome: EpisodeRow['outcome']
  case_id: string | null
  caller_position: { lon: number; lat: number } | null
  seq: number
  next_rung: number | null
  next_attempt: number | null
  next_step_at: Date | null
}

export interface NamedEpisode extends StoredEpisode {
  community_name: string | null
  /** The latest one. */
  visit: EpisodeRow['visit']
  cell_name: string | null
}

export const namedEpisode: Statement = sql`SELECT e.*, community.name AS community_name, cell.name AS cell_name,
    (SELECT jsonb_build_object('visitId', v.visit_id, 'met', v.met, 'result', v.result, 'madeAt', v.made_at)
      FROM signals.episode_visit v WHERE v.episode_id = e.episode_id ORDER BY v.recorded_at DESC LIMIT 1) AS visit FROM signals.episode e
  LEFT JOIN access.area community ON community.area_id = e.community_id LEFT JOIN access.area cell ON cell.area_id = e.cell_id`

export function rowOf(row: NamedEpisode, { rules }: Pick<SignalsDeps, 'rules'>): EpisodeRow {
  return {
    episodeId: row.episode_id,
    number: row.number,
    rule: row.rule_key,
    ruleName: rules.rule(row.rule_key)?.name ?? row.rule_key,
    level: row.level,
    highestLevel: row.highest_level,
    stage: row.stage,
    place: row.place,
    communityName: row.community_name,
    cellName: row.cell_name,
    firstSignalAt: row.first_signal_at.toISOString(),
    lastSignalAt: row.last_signal_at.toISOString(),
    raisedAt: row.raised_at.toISOString(),
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    arrivedAt: row.arrived_at?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    outcome: row.outcome,
    nextStepAt: row.next_step_at?.toISOString() ?? null,
    needsVisit: row.subject_kind === 'person' && rules.rule(row.rule_key)?.requires === 'visit',
    visit: row.visit && { ...row.visit, madeAt: new Date(row.visit.madeAt).toISOString() },
  }
}

/** Writes the next line of a locked alarm. As system; who did it is given, for the platform writes for people too. */
export async function appendEntry(
  system: Ctx,
  episode: { episode_id: string; seq: number },
  { move, data, by }: { move: EpisodeEntry['move']; data: object; by?: Ctx['actor'] },
): Promise<number> {
  const { seq } = await system.get(
    sql<{ seq: number }>`UPDATE signals.episode SET seq = seq + 1 WHERE episode_id = ${episode.episode_id} RETURNING seq`,
  )
  await system.run(sql`
    INSERT INTO signals.episode_entry (episode_id, seq, move, data, account_id, post_id, org_id, made_at)
    VALUES (${episode.episode_id}, ${seq}, ${move}, ${JSON.stringify(data)}::jsonb, ${by?.accountId ?? null}, ${by?.postId ?? null}, ${by?.orgId ?? null}, ${system.now})`)
  return seq
}
