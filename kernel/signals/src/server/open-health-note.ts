import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { SignalsDeps } from './deps.ts'
import type { StoredEpisode } from './episode-rows.ts'
import { SignalError } from './errors.ts'

/**
 * What the person keeps for whoever comes to help (急救提示), while somebody is on the way: opened by those whom the ladder has called or who
 * have answered, until the alarm is settled. Null where there is nothing.
 */
export async function openHealthNote(ctx: Ctx, deps: SignalsDeps, episodeId: string): Promise<{ note: string | null }> {
  const episode = await ctx.find(sql<StoredEpisode>`SELECT * FROM signals.episode WHERE episode_id = ${episodeId}::uuid`)
  if (!episode) throw SignalError('episode_unknown')
  const { settled_at, subject_kind, subject_id: personId, number } = episode
  const refuse = (code: 'episode_settled' | 'ladder_closed') => {
    const line = { action: 'signals.health_note_refused', subjectKind: 'episode', subjectId: episodeId, areaPath: episode.area_path }
    ctx.onRefusal(ctx.actor, async (refused) => refused.audit({ ...line, detail: { code } }))
    return SignalError(code)
  }
  if (settled_at) throw refuse('episode_settled')
  if (!(await isCalled(ctx, deps, episode))) throw refuse('ladder_closed')
  if (subject_kind !== 'person') return { note: null }
  return { note: (await deps.openHealthNote(ctx, personId, `处置告警 ${number}`)) ?? null }
}

/** Whether the ladder has told the level that this post works at, or the post has answered by itself. Who keeps the device in order is not helped by it. */
async function isCalled(ctx: Ctx, { rules }: Pick<SignalsDeps, 'rules'>, episode: StoredEpisode): Promise<boolean> {
  const { episode_id: episodeId, rule_key } = episode
  const { reach, areaId, postId } = ctx.actor
  const { rungs, hasAnswered } = await ctx.as(systemActor, (system) =>
    system.get(sql<{ rungs: number[]; hasAnswered: boolean }>`
      SELECT ARRAY(SELECT DISTINCT rung FROM signals.ladder_step WHERE episode_id = ${episodeId}::uuid) AS rungs,
        EXISTS (SELECT 1 FROM signals.episode_entry WHERE episode_id = ${episodeId}::uuid AND post_id = ${postId}::uuid
          AND move IN ('acknowledge', 'depart', 'arrive')) AS "hasAnswered"`),
  )
  if (hasAnswered) return true
  const rule = rules.rule(rule_key)
  if (!rule) return false
  const places = { cell: episode.cell_id, community: episode.community_id, township: episode.township_id, county: episode.county_id }
  const ladder = rules.ladder(rule.ladder)
  return rungs.some((rung) =>
    ladder.rungs[rung]?.tells.some((level) => level !== 'maintainer' && level === reach && places[level] === areaId),
  )
}
