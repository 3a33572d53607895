import { type Ctx, systemActor } from '@linli/base/server'
import { findResidents } from '@linli/registry/server'
import type { OwnWatch } from '../../contract/resident-alarm.ts'
import { writeWatchChange } from '../change-watch.ts'
import type { SignalsDeps } from '../deps.ts'
import { liveNodes } from '../device-rows.ts'
import { SignalError, wrongField } from '../errors.ts'
import { judge } from '../watch-facts.ts'

/** The rules that watch over the signed-in person, and whether they do: judged by the same function that raises. */
export async function viewOwnWatch(ctx: Ctx, deps: SignalsDeps): Promise<OwnWatch> {
  const { personId } = ctx.actor
  if (!personId) return { rules: [] }
  return ctx.as(systemActor, async (system) => {
    const [resident] = await findResidents(system, { personId })
    if (!resident) return { rules: [] }
    const nodes = await liveNodes(system)
    const rules: OwnWatch['rules'] = []
    for (const rule of deps.rules.watching) {
      const { watching, facts } = await judge(system, deps, nodes, rule, resident)
      const { state } = watching
      if (state === 'off' || state === 'not-in-group') continue
      rules.push({
        rule: rule.key,
        name: rule.name,
        because: rule.because,
        state,
        isMuted: facts.mutedAt !== undefined,
        isAgreed: facts.agreedAt !== undefined,
      })
    }
    return { rules }
  })
}

/** One press stops a rule or lets it go on; it holds from this commit. */
export async function changeOwnWatch(ctx: Ctx, deps: SignalsDeps, rule: string, isMuted: boolean): Promise<OwnWatch> {
  const { personId } = ctx.actor
  if (!personId) throw SignalError('resident_unplaced')
  if (!deps.rules.watching.some(({ key }) => key === rule)) throw wrongField('rule', '没有这条规则')
  const change = { change: isMuted ? ('muted' as const) : ('unmuted' as const), rule }
  await ctx.as(systemActor, (system) => writeWatchChange(system, personId, change))
  ctx.audit({ action: `signals.watch_${change.change}`, subjectKind: 'person', subjectId: personId, detail: { rule, channel: 'resident' } })
  return viewOwnWatch(ctx, deps)
}
