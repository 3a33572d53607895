import { type Ctx, may, sql, systemActor } from '@linli/base/server'
import { endDeliveries } from '@linli/messages/server'
import type { Episode } from '../contract/episode.ts'
import { type EpisodeMove, movesAt, type Outcome, saysHowThePersonIs, stageOfMove, waitMs } from '../define/index.ts'
import { checkVisited } from './check-visited.ts'
import type { SignalsDeps } from './deps.ts'
import { appendEntry, type StoredEpisode } from './episode-rows.ts'
import { SignalError, wrongField } from './errors.ts'
import { respondersOf } from './ladder-steps.ts'
import { calmStorm } from './storms.ts'
import { viewEpisode } from './view-episode.ts'

export interface EpisodeMoving {
  key: EpisodeMove
  text: string
  position?: { lon: number; lat: number } | undefined
  outcome?: Outcome | undefined
  openCase: boolean
}

/**
 * What a person does with an alarm. There is no expected state to lose against: two who answer at once have both answered, and the log
 * names both. Only the end is one person's: whoever comes later reads how it ended.
 */
export async function moveEpisode(ctx: Ctx, deps: SignalsDeps, episodeId: string, moving: EpisodeMoving): Promise<Episode> {
  const episode = await lockEpisode(ctx, episodeId)
  await check(ctx, deps, episode, moving)
  const caseId = moving.key === 'settle' && moving.openCase ? await openCaseOf(ctx, deps, episode, moving.text) : null
  await ctx.as(systemActor, (system) => writeMove(system, deps, episode, moving, ctx.actor, caseId))
  ctx.emit('alarm.changed', { episodeId, areaPath: episode.area_path })
  ctx.audit({
    action: `signals.alarm_${moving.key}`,
    subjectKind: 'episode',
    subjectId: episodeId,
    areaPath: episode.area_path,
    detail: { ...(moving.outcome && { outcome: moving.outcome }), ...(caseId && { caseId }) },
  })
  return viewEpisode(ctx, deps, episodeId)
}

/** An alarm that the acting post sees, so that nobody else moves it meanwhile. */
export async function lockEpisode(ctx: Ctx, episodeId: string): Promise<StoredEpisode> {
  const seen = await ctx.find(sql`SELECT 1 AS here FROM signals.episode WHERE episode_id = ${episodeId}::uuid`)
  if (!seen) throw SignalError('episode_unknown')
  return ctx.as(systemActor, (system) =>
    system.get(sql<StoredEpisode>`SELECT * FROM signals.episode WHERE episode_id = ${episodeId}::uuid FOR UPDATE`),
  )
}

async function check(ctx: Ctx, deps: SignalsDeps, episode: StoredEpisode, { key, text, outcome, openCase }: EpisodeMoving): Promise<void> {
  if (episode.stage === 'settled' && key !== 'note') {
    const ended = { current: await viewEpisode(ctx, deps, episode.episode_id), detail: '这次告警已经办结' }
    throw SignalError('episode_settled', ended)
  }
  if (key === 'note' && text.length < 2) throw wrongField('text', '请写明情况')
  if (key !== 'settle') return
  if (!outcome) throw wrongField('outcome', '请选处置结果')
  // Every alarm ends in a matter or a reason.
  if (!openCase && text.length < 2) throw wrongField('text', '请写明处置情况或误报原因')
  if (openCase && outcome !== 'REAL') throw wrongField('openCase', '只有确有其事的才转为事项')
  if (saysHowThePersonIs.has(outcome)) await checkVisited(ctx, deps, episode)
}

/** The matter that others go on with. Throws: case_unopened. */
export async function openCaseOf(ctx: Ctx, deps: SignalsDeps, episode: StoredEpisode, text: string): Promise<string> {
  const rule = deps.rules.rule(episode.rule_key)
  const opened =
    may(ctx.actor, 'cases.open') && rule?.opens
      ? await deps.openCase(ctx, {
          category: rule.opens,
          place: {
            areaId: episode.area_id,
            areaPath: episode.area_path,
            countyId: episode.county_id,
            townshipId: episode.township_id,
            communityId: episode.community_id,
            cellId: episode.cell_id,
          },
          detail: `${rule.name}（${episode.number}），${episode.place}。${text}`,
          placeText: episode.place,
          occurredAt: episode.first_signal_at.toISOString(),
        })
      : undefined
  if (!opened) throw SignalError('case_unopened')
  return opened.caseId
}

/** The line of a move and what it does to a locked alarm. As system. */
export async function writeMove(
  system: Ctx,
  deps: Pick<SignalsDeps, 'rules'>,
  episode: StoredEpisode,
  { key, text, position, outcome, via }: EpisodeMoving & { via?: 'voice' },
  by: Ctx['actor'],
  caseId: string | null,
): Promise<void> {
  const { episode_id: episodeId } = episode
  const data = {
    ...(text && { text }),
    ...(via && { via }),
    ...(position && { position }),
    ...(outcome && { outcome }),
    ...(caseId && { caseId }),
  }
  await appendEntry(system, episode, { move: key, data, by })
  const stage = stageOfMove[key]
  if (!stage) return
  const isForward = movesAt(episode.stage).includes(key)
  const nextStepAt = stage === 'acknowledged' || stage === 'departed' ? arrivalDue(system, deps, episode) : null
  await system.run(sql`
    UPDATE signals.episode SET stage = CASE WHEN ${isForward} THEN ${stage} ELSE stage END,
      acknowledged_at = CASE WHEN ${stage !== 'settled'} THEN coalesce(acknowledged_at, ${system.now}) ELSE acknowledged_at END,
      departed_at = CASE WHEN ${stage === 'departed'} THEN coalesce(departed_at, ${system.now}) ELSE departed_at END,
      arrived_at = CASE WHEN ${stage === 'arrived'} THEN coalesce(arrived_at, ${system.now}) ELSE arrived_at END,
      settled_at = ${stage === 'settled' ? system.now : null}::timestamptz, outcome = ${outcome && stage === 'settled' ? outcome : null},
      case_id = ${caseId}::uuid, next_step_at = ${nextStepAt}::timestamptz,
      caller_position = CASE WHEN ${stage === 'settled'} THEN NULL ELSE caller_position END
    WHERE episode_id = ${episodeId}`)
  await endDeliveries(system, { kind: 'episode', id: episodeId })
  await calmStorm(system, episode)
  await system.run(sql`UPDATE signals.ladder_step SET outcome = 'answered' WHERE episode_id = ${episodeId} AND outcome = 'waiting'`)
}

/**
 * A key pressed on a call answers the alarm as the page would, in the name of who was called; one who came too late has answered too. Of a
 * family it says that they heard: it stops nothing, for somebody must still go there. As system.
 */
export async function answerByPhone(
  system: Ctx,
  deps: Pick<SignalsDeps, 'rules'>,
  episodeId: string,
  who: { kind: string; id: string; name: string },
): Promise<void> {
  const episode = await system.find(sql<StoredEpisode>`SELECT * FROM signals.episode WHERE episode_id = ${episodeId}::uuid FOR UPDATE`)
  if (!episode || episode.stage === 'settled') return
  if (who.kind === 'account') {
    const { territory, keepers } = await respondersOf(system, episode)
    const post = [...territory, ...keepers].find(({ accountId }) => accountId === who.id)
    if (!post) return
    const by = { ...systemActor, accountId: post.accountId, postId: post.postId, orgId: post.orgId }
    await writeMove(system, deps, episode, { key: 'acknowledge', text: '', openCase: false, via: 'voice' }, by, null)
    system.audit({
      action: 'signals.alarm_acknowledge',
      subjectKind: 'episode',
      subjectId: episodeId,
      areaPath: episode.area_path,
      detail: { via: 'voice' },
    })
  } else await appendEntry(system, episode, { move: 'heard', data: { who: who.name } })
  system.emit('alarm.changed', { episodeId, areaPath: episode.area_path })
}

/** Somebody answered; if nobody has arrived by then, the next rung is told all the same. Once somebody has arrived there is no timer. */
function arrivalDue(system: Ctx, { rules }: Pick<SignalsDeps, 'rules'>, episode: StoredEpisode): Date | null {
  const rule = rules.rule(episode.rule_key)
  if (!rule || episode.arrived_at || episode.next_rung === null) return null
  const from = episode.acknowledged_at ?? system.now
  return new Date(from.getTime() + waitMs(rules.ladder(rule.ladder).arriveWithin))
}
