import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { LiveTopic } from '@linli/messages/server'
import type { EpisodeFilter } from '../contract/episode.ts'
import type { SignalsDeps } from './deps.ts'
import { type NamedEpisode, namedEpisode, rowOf } from './episode-rows.ts'
import { listStorms } from './storms.ts'

interface EpisodeQuery extends EpisodeFilter {
  subjectId?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** Alarms of the acting post's area: the loud open ones first, then the quiet ones, then the settled, the latest first among each. `ringing` counts the red and orange ones that nobody has answered. */
export async function listEpisodes(ctx: Ctx, deps: SignalsDeps, { subjectId, limit, cursor, ...filter }: EpisodeQuery) {
  const filters = episodeConditions(ctx, filter)
  if (subjectId) filters.push(sql`e.subject_id = ${subjectId}::uuid`)
  if (cursor) {
    const [rank, at, id] = decodeCursor(cursor, 'integer', 'instant', 'uuid')
    filters.push(sql`(${urgency}, e.raised_at, e.episode_id) < (${rank}::int, ${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await ctx.rows(sql<NamedEpisode>`
    ${namedEpisode} WHERE ${sqlAnd(filters)} ORDER BY ${episodeOrder} LIMIT ${limit + 1}`)
  const { ringing } = await ctx.get(sql<{ ringing: number }>`
    SELECT count(*)::int AS ringing FROM signals.episode e WHERE ${ownLevel(ctx)} AND e.settled_at IS NULL AND e.acknowledged_at IS NULL AND e.level <= ${loudest}`)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => rowOf(row, deps)),
    next: last ? encodeCursor(last.settled_at ? 0 : last.level <= loudest ? 2 : 1, last.raised_at, last.episode_id) : null,
    ringing,
    storms: await listStorms(ctx, deps),
    asOf: ctx.now.toISOString(),
  }
}

/** A device that is offline wakes nobody (standards 9: quiet hours are for yellow and blue). */
const loudest = 2

/** A battery that is low never stands above somebody who calls. */
const urgency: Statement = sql`CASE WHEN e.settled_at IS NOT NULL THEN 0 WHEN e.level <= ${loudest} THEN 2 ELSE 1 END`

export const episodeOrder: Statement = sql`${urgency} DESC, e.raised_at DESC, e.episode_id DESC`

/** Names: `e` episode. */
export function episodeConditions(ctx: Ctx, { state, rule, outcome, days }: EpisodeFilter): Statement[] {
  const since = days && new Date(ctx.now.getTime() - days * 86_400_000)
  return [
    ownLevel(ctx),
    ...(state === 'all' ? [] : [sql`(e.settled_at IS NULL) = ${state === 'open'}`]),
    ...(rule ? [sql`e.rule_key = ${rule}`] : []),
    ...(outcome ? [sql`e.outcome = ${outcome}`] : []),
    ...(since ? [sql`e.raised_at >= ${since}`] : []),
  ]
}

/** One level of the scope by equality, for a department or company what it is called to. Names: `e` episode. */
export function ownLevel({ actor: { reach, areaId, orgId } }: Ctx): Statement {
  if (reach === 'cell') return sql`e.cell_id = ${areaId}::uuid`
  if (reach === 'community') return sql`e.community_id = ${areaId}::uuid`
  if (reach === 'township') return sql`e.township_id = ${areaId}::uuid`
  if (reach === 'county') return sql`e.county_id = ${areaId}::uuid`
  if (reach === 'line') return sql`e.called_org_id = ${orgId}::uuid`
  return sql`true`
}

/** Open pages hear the id of an alarm that was touched, if their post sees it. */
export const episodeTopic: LiveTopic = {
  name: 'episode',
  events: ['alarm.raised', 'alarm.changed'],
  key: 'episodeId',
  async visible(ctx, episodeIds) {
    const rows = await ctx.rows(
      sql<{ episode_id: string }>`SELECT episode_id FROM signals.episode WHERE episode_id = ANY (${episodeIds}::uuid[])`,
    )
    return rows.map((row) => row.episode_id)
  },
  concerns: (actor, payload) => actor.areaPath !== null && String(payload.areaPath).startsWith(actor.areaPath),
}
