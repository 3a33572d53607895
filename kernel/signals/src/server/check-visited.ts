import { type Ctx, sql } from '@linli/base/server'
import type { SignalsDeps } from './deps.ts'
import type { StoredEpisode } from './episode-rows.ts'
import { SignalError } from './errors.ts'

/** Refuses an ending that says how the person is where nobody has gone to see, and the rule asks for it. */
export async function checkVisited(ctx: Ctx, { rules }: Pick<SignalsDeps, 'rules'>, episode: StoredEpisode): Promise<void> {
  if (rules.rule(episode.rule_key)?.requires !== 'visit' || episode.subject_kind !== 'person') return
  const visit = await ctx.find(sql`SELECT 1 AS here FROM signals.episode_visit WHERE episode_id = ${episode.episode_id} LIMIT 1`)
  if (!visit) throw SignalError('visit_required', { fields: [{ path: 'outcome', message: '要有走访结果才能这样办结' }] })
}
