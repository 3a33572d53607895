import { type Ctx, sql, systemActor } from '@linli/base/server'
import { checkSeesPerson, findResidents } from '@linli/registry/server'
import type { Watch, WatchChange } from '../contract/watch.ts'
import { waitMs } from '../define/ladder.ts'
import { ownTimes } from '../define/watch.ts'
import type { SignalsDeps } from './deps.ts'
import { wrongField } from './errors.ts'
import { viewWatch } from './view-watch.ts'
import { boundsOf } from './watch-facts.ts'

interface Wanted {
  channel: string
  change: WatchChange
}

/**
 * What a person wants of the rules that watch over them, written by whoever heard it. It holds from this very commit: the next look of any
 * worker reads it, and what was put off is looked at again at once.
 */
export async function changeWatch(ctx: Ctx, deps: SignalsDeps, personId: string, { channel, change }: Wanted): Promise<Watch> {
  await checkSeesPerson(ctx, personId)
  check(ctx, deps, change)
  await ctx.as(systemActor, (system) => writeWatchChange(system, personId, change))
  const { change: what, ...detail } = change
  ctx.audit({ action: `signals.watch_${what}`, subjectKind: 'person', subjectId: personId, detail: { ...detail, channel } })
  return viewWatch(ctx, deps, personId)
}

/** What was decided about a person, and everything that waits looked at again. As system; whether somebody may is settled before. */
export async function writeWatchChange(system: Ctx, personId: string, change: WatchChange): Promise<void> {
  await write(system, personId, change)
  await lookAgain(system, personId)
}

const longestPauseMs = 90 * 86_400_000

function check(ctx: Ctx, { rules }: SignalsDeps, change: WatchChange): void {
  if (change.change === 'resumed') return
  if (change.change === 'paused') {
    const ahead = Date.parse(change.until) - ctx.now.getTime()
    if (!(ahead > 0 && ahead <= longestPauseMs)) throw wrongField('change.until', '请选 90 天以内的恢复时间')
    return
  }
  const rule = rules.watching.find(({ key }) => key === change.rule)
  if (!rule) throw wrongField('change.rule', '没有这条规则')
  if (change.change !== 'timed' || change.after === null) return
  const own = ownTimes(rule.timed)
  if (!own) throw wrongField('change.after', '这条规则的时间不能单独改')
  const after = waitMs(change.after)
  if (after < waitMs(own.least) || after > waitMs(own.most)) throw wrongField('change.after', '请选规则允许的时间')
}

async function write(system: Ctx, personId: string, change: WatchChange): Promise<void> {
  const { now } = system
  if (change.change === 'paused') {
    await resume(system, personId)
    await system.run(sql`
      INSERT INTO signals.watch_pause (person_id, paused_for, since, until) VALUES (${personId}, ${change.for}, ${now}, ${new Date(change.until)})
      ON CONFLICT (person_id, since) DO UPDATE SET paused_for = excluded.paused_for, until = excluded.until`)
  } else if (change.change === 'resumed') await resume(system, personId)
  else if (change.change === 'timed')
    await system.run(sql`
      INSERT INTO signals.watch_choice (person_id, rule_key, own_time, changed_at) VALUES (${personId}, ${change.rule}, ${change.after}, ${now})
      ON CONFLICT (person_id, rule_key) DO UPDATE SET own_time = excluded.own_time, changed_at = excluded.changed_at`)
  else {
    const mutedAt = change.change === 'muted' ? now : null
    const unmutedAt = change.change === 'unmuted' ? now : null
    // Stopped twice is stopped since the first time.
    await system.run(sql`
      INSERT INTO signals.watch_choice AS c (person_id, rule_key, muted_at, unmuted_at, changed_at)
      VALUES (${personId}, ${change.rule}, ${mutedAt}::timestamptz, ${unmutedAt}::timestamptz, ${now})
      ON CONFLICT (person_id, rule_key) DO UPDATE SET muted_at = excluded.muted_at, unmuted_at = excluded.unmuted_at, changed_at = excluded.changed_at
      WHERE (c.muted_at IS NULL) <> (excluded.muted_at IS NULL)`)
  }
}

const resume = (system: Ctx, personId: string): Promise<number> =>
  system.run(sql`UPDATE signals.watch_pause SET until = ${system.now} WHERE person_id = ${personId} AND until > ${system.now}`)

async function lookAgain(system: Ctx, personId: string): Promise<void> {
  const [resident] = await findResidents(system, { personId })
  if (!resident) return
  const { kinds, ids } = boundsOf(resident)
  await system.run(sql`
    UPDATE signals.timer t SET due_at = least(t.due_at, ${system.now}) FROM unnest(${kinds}::text[], ${ids}::uuid[]) AS b(kind, id)
    WHERE b.kind = t.subject_kind AND b.id = t.subject_id AND t.due_at IS NOT NULL`)
}
