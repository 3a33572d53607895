import { type FoundPost, findPosts } from '@linli/access/server'
import { type Ctx, type Subscriber, sql } from '@linli/base/server'
import { areTold, tellPosts } from '@linli/messages/server'
import { type Ladder, type Rung, type Step, stepAfter, waitMs } from '../define/ladder.ts'
import type { Rule } from '../define/rule.ts'
import type { SignalsDeps } from './deps.ts'
import type { StoredEpisode } from './episode-rows.ts'
import { noticeOfAlarm, noticeOfStorm } from './notices.ts'
import { ringPhones } from './ring-phones.ts'
import { findStorm, stormOnceKey } from './storms.ts'

type Climbing = Pick<SignalsDeps, 'rules' | 'templates' | 'vault' | 'findFamily'>

/** Taken with the alarm itself. */
export const firstStep: Step = { rung: 0, attempt: 1 }

/** The rung of a step taken now, and when which step is due after it; null when nobody more is told. */
export function dueAfter(ladder: Ladder, step: Step, now: Date) {
  const rung = ladder.rungs[step.rung]!
  const next = stepAfter(ladder, step)
  return { rung, next, at: next ? new Date(now.getTime() + waitMs(rung.waits)) : null }
}

const batch = 100

interface DueStep extends Step {
  episodeId: string
  areaPath: string
  rungKey: string
  after: { step: Step | undefined; at: Date | null }
}

/**
 * Takes the steps that are due, over all areas. A step is taken once: the row is the proof. Whoever is told hears of it by the outbox after this has
 * committed, and the timer of the next step is set in the same transaction. In a storm many are due at once, so they are written together.
 * Any number of workers may sweep; call until it answers 0.
 */
export async function sweepLadders(system: Ctx, { rules }: Pick<Climbing, 'rules'>): Promise<number> {
  const due = await system.rows(sql<StoredEpisode>`
    SELECT * FROM signals.episode WHERE settled_at IS NULL AND next_step_at <= ${system.now} ORDER BY next_step_at LIMIT ${batch} FOR UPDATE SKIP LOCKED`)
  if (due.length === 0) return 0
  const ids = due.map((episode) => episode.episode_id)
  await system.run(
    sql`UPDATE signals.ladder_step SET outcome = 'unanswered' WHERE episode_id = ANY (${ids}::uuid[]) AND outcome = 'waiting'`,
  )
  const steps = due.flatMap((episode) => stepDue(system, rules, episode))
  const taken = await takeSteps(system, steps)
  for (const { episodeId, areaPath, rung, attempt } of steps)
    if (taken.has(episodeId)) system.emit('alarm.rung', { episodeId, areaPath, rung, attempt })
  await setTimers(system, ids, steps)
  for (const { episode_id: episodeId, area_path: areaPath } of due) system.emit('alarm.changed', { episodeId, areaPath })
  return due.length
}

function stepDue(system: Ctx, rules: SignalsDeps['rules'], episode: StoredEpisode): DueStep[] {
  const { episode_id: episodeId, area_path: areaPath, rule_key, next_rung, next_attempt: attempt } = episode
  const rule = rules.rule(rule_key)
  if (!rule || next_rung === null || attempt === null) return []
  const ladder = rules.ladder(rule.ladder)
  const step = { rung: Math.min(next_rung, ladder.rungs.length - 1), attempt }
  const { rung, next, at } = dueAfter(ladder, step, system.now)
  return [{ ...step, episodeId, areaPath, rungKey: rung.key, after: { step: next, at } }]
}

/** The alarms whose step was not there yet. */
async function takeSteps(system: Ctx, steps: readonly DueStep[]): Promise<ReadonlySet<string>> {
  const taken = await system.rows(sql<{ episode_id: string }>`
    INSERT INTO signals.ladder_step (episode_id, rung, attempt, rung_key, taken_at)
    SELECT s.episode_id, s.rung, s.attempt, s.rung_key, ${system.now}::timestamptz
    FROM unnest(${steps.map(({ episodeId }) => episodeId)}::uuid[], ${steps.map(({ rung }) => rung)}::integer[], ${steps.map(({ attempt }) => attempt)}::integer[],
      ${steps.map(({ rungKey }) => rungKey)}::text[]) AS s(episode_id, rung, attempt, rung_key)
    ON CONFLICT DO NOTHING RETURNING episode_id`)
  return new Set(taken.map((row) => row.episode_id))
}

/** One that has no further step has no timer. */
async function setTimers(system: Ctx, ids: readonly string[], steps: readonly DueStep[]): Promise<void> {
  const after = new Map(steps.map((step) => [step.episodeId, step.after]))
  const of = ids.map((id) => after.get(id))
  await system.run(sql`
    UPDATE signals.episode e SET next_rung = CASE WHEN t.is_known THEN t.rung ELSE e.next_rung END,
      next_attempt = CASE WHEN t.is_known THEN t.attempt ELSE e.next_attempt END, next_step_at = t.at
    FROM unnest(${ids}::uuid[], ${of.map((one) => one !== undefined)}::boolean[], ${of.map((one) => one?.step?.rung ?? null)}::integer[],
      ${of.map((one) => one?.step?.attempt ?? null)}::integer[], ${of.map((one) => one?.at?.toISOString() ?? null)}::timestamptz[])
      AS t(episode_id, is_known, rung, attempt, at)
    WHERE e.episode_id = t.episode_id`)
}

/** Puts the alarm into the inbox of everyone on the rung. A rung where nobody has a post is passed over at once. */
export function rungSubscriber(deps: Climbing): Subscriber {
  return {
    name: 'signals.rung',
    events: ['alarm.rung'],
    async apply(system, { payload }) {
      const { episodeId, rung, attempt } = payload as unknown as Step & { episodeId: string }
      const episode = await system.find(sql<StoredEpisode>`SELECT * FROM signals.episode WHERE episode_id = ${episodeId} FOR UPDATE`)
      const rule = episode && deps.rules.rule(episode.rule_key)
      if (rule && deps.rules.ladder(rule.ladder).rungs[rung]) await tellRung(system, deps, { episode, rule, step: { rung, attempt } })
    },
  }
}

async function tellRung(
  system: Ctx,
  deps: Climbing,
  { episode, rule, step }: { episode: StoredEpisode; rule: Rule; step: Step },
): Promise<void> {
  const { episode_id: episodeId, area_path: areaPath } = episode
  const { rungs } = deps.rules.ladder(rule.ladder)
  const rung = rungs[step.rung]!
  const recipients = await recipientsOf(system, episode, rung)
  const storm = await findStorm(system, episode)
  // Most alarms of a storm find that everybody has been told.
  const isTold = storm !== undefined && (await areTold(system, recipients, stormOnceKey(system, storm, step)))
  const notice = storm && !isTold ? await noticeOfStorm(system, storm, step) : noticeOfAlarm(episode, step)
  const { params, onceKey, onPage: template } = notice
  const fresh = isTold ? 0 : await tellPosts(system, deps.templates, { recipients, template, params, onceKey })
  const told = storm ? recipients.length : fresh
  const accountIds = fresh > 0 ? [...new Set(recipients.map(({ accountId }) => accountId))] : []
  const taken = sql`episode_id = ${episodeId} AND rung = ${step.rung} AND attempt = ${step.attempt}`
  const { outcome } = await system.get(sql<{ outcome: string }>`SELECT outcome FROM signals.ladder_step WHERE ${taken}`)
  await ringPhones(system, deps, { episode, rule, rung, step, notice, accountIds, isAnswered: outcome === 'answered' })
  await system.run(sql`
    UPDATE signals.ladder_step SET told = ${told}, told_at = ${system.now}, is_merged = ${storm !== undefined},
      outcome = CASE WHEN ${told} = 0 AND outcome = 'waiting' THEN 'nobody' ELSE outcome END
    WHERE ${taken} AND told IS NULL`)
  if (told === 0 && episode.acknowledged_at === null && step.rung < rungs.length - 1) await passOver(system, episodeId, step.rung)
  system.emit('alarm.changed', { episodeId, areaPath })
}

async function recipientsOf(system: Ctx, episode: StoredEpisode, { tells }: Rung): Promise<FoundPost[]> {
  const levels = { cell: episode.cell_id, community: episode.community_id, township: episode.township_id, county: episode.county_id }
  const areas = new Set(tells.map((level) => (level === 'maintainer' ? null : levels[level])))
  const { keepers, territory } = await respondersOf(system, episode)
  return [...(tells.includes('maintainer') ? keepers : []), ...territory.filter(({ areaId }) => areas.has(areaId))].filter(
    ({ postId }, i, all) => all.findIndex((one) => one.postId === postId) === i,
  )
}

/** Who may answer an alarm: the posts in whose area it is, and of whoever is called as keeper of its device those that see it. */
export async function respondersOf(
  system: Ctx,
  { area_path: containing, called_org_id: orgId }: StoredEpisode,
): Promise<{ keepers: FoundPost[]; territory: FoundPost[] }> {
  const near = await findPosts(system, { containing, permission: 'signals.respond' })
  const kept = orgId ? await findPosts(system, { orgId, permission: 'signals.read' }) : []
  return {
    keepers: kept.filter(({ reach, areaPath }) => reach === 'line' || containing.startsWith(areaPath)),
    territory: near.filter(({ reach }) => reach !== 'line'),
  }
}

/** Nobody is there to be told again: the next rung, now. */
async function passOver(system: Ctx, episodeId: string, rung: number): Promise<void> {
  await system.run(sql`
    UPDATE signals.episode SET next_rung = ${rung + 1}, next_attempt = 1, next_step_at = ${system.now}
    WHERE episode_id = ${episodeId} AND next_rung <= ${rung}::int`)
}
