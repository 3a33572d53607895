import { AccessError, type Ctx, may, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { visitEpisode as contract } from '../contract/episode.ts'
import { movesAt, outcomeOfVisit, visitWords } from '../define/index.ts'
import type { SignalsDeps } from './deps.ts'
import { appendEntry, type StoredEpisode } from './episode-rows.ts'
import { wrongField } from './errors.ts'
import { lockEpisode, openCaseOf, writeMove } from './move-episode.ts'
import { viewEpisode } from './view-episode.ts'

type Said = z.output<typeof contract.body>
type Answer = z.output<typeof contract.result>

/**
 * The visit that an alarm asked for: written into the file of the person, put beside the alarm, and by what was found the alarm ends. All of it
 * or nothing. Where somebody else has ended the alarm meanwhile the visit is written all the same, for it was made; the ending stays theirs.
 */
export async function visitEpisode(ctx: Ctx, deps: SignalsDeps, episodeId: string, said: Said): Promise<Answer> {
  const episode = await lockEpisode(ctx, episodeId)
  if (!may(ctx.actor, 'registry.record')) throw AccessError('forbidden')
  if (episode.subject_kind !== 'person') throw wrongField('episodeId', '这次告警说的不是一位居民')
  const { openCase: opensCase, position, ...visit } = said
  const outcome = outcomeOfVisit[visit.result]
  if (opensCase && outcome !== 'REAL') throw wrongField('openCase', '只有确有其事的才转为事项')
  const recorded = await deps.recordVisit(ctx, episode.subject_id, visit)
  const isOver = episode.stage === 'settled'
  const [text] = visitWords[visit.result]
  const caseId = opensCase && !isOver ? await openCaseOf(ctx, deps, episode, text) : null
  await ctx.as(systemActor, async (system) => {
    const by = ctx.actor
    const { visitId } = recorded
    const written = await system.find(sql`
      INSERT INTO signals.episode_visit (visit_id, episode_id, met, result, made_at, recorded_at)
      VALUES (${visitId}, ${episodeId}::uuid, ${visit.met}, ${visit.result}, ${visit.madeAt}, ${system.now}) ON CONFLICT (visit_id) DO NOTHING RETURNING visit_id`)
    // Sent again after weeks, when the platform no longer has the answer that it gave: it is the same visit.
    if (!written) return
    // Whoever looked at how the person is stood at the door.
    if (movesAt(episode.stage).includes('arrive'))
      await writeMove(system, deps, episode, { key: 'arrive', text: '', position, openCase: false }, by, null)
    const { met, result, madeAt } = visit
    await appendEntry(system, episode, { move: 'visit', data: { visit: { visitId, met, result, madeAt } }, by })
    if (outcome && !isOver)
      await writeMove(system, deps, arrived(episode), { key: 'settle', text, outcome, openCase: opensCase }, by, caseId)
  })
  ctx.emit('alarm.changed', { episodeId, areaPath: episode.area_path })
  ctx.audit({
    action: 'signals.alarm_visit',
    subjectKind: 'episode',
    subjectId: episodeId,
    areaPath: episode.area_path,
    detail: { visitId: recorded.visitId, result: visit.result, ...(outcome && !isOver && { outcome }), ...(caseId && { caseId }) },
  })
  return { ...recorded, episode: await viewEpisode(ctx, deps, episodeId) }
}

const arrived = (episode: StoredEpisode): StoredEpisode => ({ ...episode, stage: 'arrived' })
