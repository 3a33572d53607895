import { type Ctx, may, systemActor } from '@linli/base/server'
import { checkSeesPerson, findResidents, knownCareGroups, type Resident } from '@linli/registry/server'
import type { Watch } from '../contract/watch.ts'
import { groupsOf } from '../define/condition.ts'
import { ownTimes } from '../define/watch.ts'
import type { SignalsDeps } from './deps.ts'
import { liveNodes } from './device-rows.ts'
import type { WatchRule } from './rule-book.ts'
import { choicesOf, judge } from './watch-facts.ts'

/** Which rules watch over a person, and why one does not: judged by the same function that raises. */
export async function viewWatch(ctx: Ctx, deps: SignalsDeps, personId: string): Promise<Watch> {
  await checkSeesPerson(ctx, personId)
  // When somebody was last heard at home is nothing to be looked at unnoticed.
  ctx.audit({ action: 'signals.watch_read', subjectKind: 'person', subjectId: personId })
  const nodes = await liveNodes(ctx)
  const known = await knownCareGroups(ctx, personId)
  return ctx.as(systemActor, async (system) => {
    const [resident] = await findResidents(system, { personId })
    const { pause } = await choicesOf(system, personId)
    const isPaused = pause !== undefined && pause.until > ctx.now
    const rules = []
    if (resident)
      for (const rule of deps.rules.watching) rules.push(unlabelled(rule, known, await ruleOf(system, deps, nodes, rule, resident)))
    return {
      asOf: ctx.now.toISOString(),
      pause: isPaused ? { for: pause.for, until: pause.until.toISOString() } : null,
      rules: rules.filter(({ state }) => state !== 'off'),
      mayChange: resident !== undefined && may(ctx.actor, 'signals.respond'),
    }
  })
}

async function ruleOf(
  system: Ctx,
  deps: SignalsDeps,
  nodes: readonly string[],
  rule: WatchRule,
  resident: Resident,
): Promise<Watch['rules'][number]> {
  const { watching, facts, sensors } = await judge(system, deps, nodes, rule, resident)
  const { state, dueAt } = watching
  return {
    rule: rule.key,
    name: rule.name,
    because: rule.because,
    state,
    purpose: rule.consent ?? '',
    agreedAt: instantOf(facts.agreedAt),
    mutedAt: instantOf(facts.mutedAt),
    after: facts.own ?? rule.timed.for,
    usualAfter: rule.timed.for,
    own: ownTimes(rule.timed) ?? null,
    sensors: sensors.map(({ deviceId, code, name, isOnline }) => ({ deviceId, code, name, isOnline })),
    newestSignAt: instantOf(facts.newest),
    dueAt: instantOf(dueAt),
  }
}

/** That a rule watches says which group the person is in: whoever does not see the label reads what everybody outside of the group reads. */
function unlabelled(rule: WatchRule, known: ReadonlySet<string>, read: Watch['rules'][number]): Watch['rules'][number] {
  if (read.state === 'off' || groupsOf(rule.when).every((group) => known.has(group))) return read
  return { ...read, state: 'not-in-group', dueAt: null }
}

const instantOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())
