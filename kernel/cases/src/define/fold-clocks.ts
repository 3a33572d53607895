import type { CaseClock, CaseState } from './case-state.ts'
import type { CaseType, ClockRule, Fact } from './case-type.ts'
import type { ClockEntry, ClockPolicy } from './clock/index.ts'

/** What limits may depend on. */
type Facts = Pick<CaseState, Fact>

/** A pause ends by itself at its planned end. */
export function livePause(pause: CaseState['pause'], at: Date): CaseState['pause'] {
  return pause && pause.until > at ? pause : null
}

export function startClock(type: CaseType, state: CaseState, key: string, at: Date): CaseState {
  const rule = type.clocks[key]
  if (!rule || isGiven(state, key)) return state
  const running = stopClock(state, key, at)
  return { ...running, clocks: [...running.clocks, newClock(type, state, key, rule.owner === 'main' ? state.mainOrgId : null, at)!] }
}

/** A deadline that the matter came with goes on: no step of ours makes it later. */
function isGiven(state: CaseState, key: string): boolean {
  const latest = state.clocks.findLast((clock) => clock.key === key)
  return latest?.policy.kind === 'fixed' && !latest.stoppedAt
}

/** The clocks of a matter that came over: those that its opening starts and the promise to the resident, all to the deadline it had. */
export function startGiven(type: CaseType, state: CaseState, dueAt: string, at: Date): CaseState {
  const promises = Object.keys(type.clocks).filter((key) => type.clocks[key]!.owner === 'resident')
  const clocks = [...new Set([...type.opensClocks, ...promises])].map(
    (key): CaseClock => ({ key, round: 1, orgId: null, policy: { kind: 'fixed', dueAt }, startedAt: at, entries: [], stoppedAt: null }),
  )
  return { ...state, clocks }
}

/** A clock of this key for this organization that begins now, beside those that run; undefined where the type has none. */
export function newClock(type: CaseType, state: CaseState, key: string, orgId: string | null, at: Date): CaseClock | undefined {
  const rule = type.clocks[key]
  if (!rule) return undefined
  const round = state.clocks.filter((other) => other.key === key).length + 1
  return held(type, state, { key, round, orgId, policy: policyOf(rule, state), startedAt: at, entries: [], stoppedAt: null }, at)
}

export function stopClock(state: CaseState, key: string, at: Date): CaseState {
  return mapLatest(state, key, (clock) => (clock.stoppedAt ? clock : closeClock(clock, at)))
}

/** The stop turned out to be none. */
export function continueClock(type: CaseType, state: CaseState, key: string, at: Date): CaseState {
  return mapLatest(state, key, (clock) => (clock.stoppedAt ? held(type, state, continued(clock), at) : clock))
}

/** A clock that begins to run while the case stands still stands still with it. */
function held(type: CaseType, state: CaseState, clock: CaseClock, at: Date): CaseClock {
  const pause = livePause(state.pause, at)
  return pause && type.clocks[clock.key]?.pausable ? add(clock, { at, move: 'pause', until: pause.until }) : clock
}

export function policyOf(rule: Pick<ClockRule, 'policy'>, facts: Facts): ClockPolicy {
  const { policy } = rule
  if ('atFact' in policy) {
    const dueAt = facts[policy.atFact]
    return dueAt ? { kind: 'fixed', dueAt } : policyOf({ policy: policy.otherwise }, facts)
  }
  if (!('byFact' in policy)) return policy
  return policy.values[facts[policy.byFact] ?? ''] ?? policyOf({ policy: policy.otherwise }, facts)
}

/** What the one extension adds to this clock, or undefined where none may be had (urgent matters). */
export function extensionOf(rule: ClockRule, facts: Facts): number | undefined {
  const { policy, extension } = rule
  if (extension === 'sameAgain') {
    const own = policyOf(rule, facts)
    return own.kind === 'working-days' || own.kind === 'working-hours' ? own.amount : undefined
  }
  const fact = 'byFact' in policy ? facts[policy.byFact] : null
  return extension?.[fact ?? ''] ?? extension?.otherwise
}

export function extendClock(type: CaseType, state: CaseState, key: string, at: Date): CaseState {
  const amount = type.clocks[key] && extensionOf(type.clocks[key], state)
  if (amount === undefined) return state
  return mapLatest(state, key, (clock) => (clock.stoppedAt ? clock : add(clock, { at, move: 'extend', amount })))
}

export function pauseCase(type: CaseType, state: CaseState, until: Date, reason: string, at: Date): CaseState {
  return { ...eachRunning(type, state, (clock) => add(clock, { at, move: 'pause', until })), pause: { until, reason, at } }
}

export function resumeCase(type: CaseType, state: CaseState, at: Date): CaseState {
  return { ...eachRunning(type, state, (clock) => add(clock, { at, move: 'resume' })), pause: null }
}

function eachRunning(type: CaseType, state: CaseState, change: (clock: CaseClock) => CaseClock): CaseState {
  return { ...state, clocks: state.clocks.map((clock) => (clock.stoppedAt || !type.clocks[clock.key]?.pausable ? clock : change(clock))) }
}

function mapLatest(state: CaseState, key: string, change: (clock: CaseClock) => CaseClock): CaseState {
  const latest = state.clocks.findLast((clock) => clock.key === key)
  return latest ? { ...state, clocks: state.clocks.map((clock) => (clock === latest ? change(clock) : clock)) } : state
}

const add = (clock: CaseClock, line: ClockEntry): CaseClock => ({ ...clock, entries: [...clock.entries, line] })
const continued = (clock: CaseClock): CaseClock => ({
  ...clock,
  stoppedAt: null,
  entries: clock.entries.filter((line) => line.move !== 'close'),
})
export const closeClock = (clock: CaseClock, at: Date): CaseClock => ({ ...add(clock, { at, move: 'close' }), stoppedAt: at })
