import { isUsualAgain, judgeBaseLoad, type NearBase } from './base-load.ts'
import type { Absence, Condition, Threshold } from './condition.ts'
import { holds } from './condition.ts'
import type { HourlyUse } from './hourly-use.ts'
import { waitMs } from './ladder.ts'
import type { Level, Rule } from './rule.ts'

/** Whether a message of a device of this kind is one of the signs that an absence waits for. */
export const isSign = (of: readonly Threshold[], kind: string, values: Readonly<Record<string, number>>): boolean =>
  of.some((one: Condition) => holds(one, kind, values))

/**
 * The newest sign, in milliseconds, when one more is known: capped at its receipt, so that a clock that runs ahead puts no deadline off.
 * A maximum: copies and the order of arrival decide nothing.
 */
export const newestSign = (held: number | undefined, signAt: number, receivedAt: number): number =>
  Math.max(held ?? Number.NEGATIVE_INFINITY, Math.min(signAt, receivedAt))

/** When an absence that counts from there is over its time; `own` is what this person has instead of the time of the rule. */
export const absenceDueAt = (absence: Absence, from: number, own?: string): number => from + waitMs(own ?? absence.for)

/** Between what a person may have another time; undefined where all have the same. */
export const ownTimes = (timed: Absence | NearBase): Absence['own'] => (timed.op === 'absence' ? timed.own : undefined)

/** The first instant at which anybody's absence could be over its time. */
export const soonestDueAt = (timed: Absence | NearBase, from: number): number =>
  timed.op === 'nearBase'
    ? nextReading(from)
    : from + Math.min(waitMs(timed.for), timed.own ? waitMs(timed.own.least) : Number.POSITIVE_INFINITY)

const hourMs = 3_600_000
/** A few minutes into the next hour: by then the meters have said what the last one used. */
export const nextReading = (at: number): number => (Math.floor(at / hourMs) + 1) * hourMs + 5 * 60_000

/** How urgent it is at this instant: `seen` is the newest of the signs that make it calmer. */
export const levelAt = ({ level, calmer }: Rule, at: number, seen: number | undefined): Level =>
  calmer && seen !== undefined && at - seen <= waitMs(calmer.within) ? calmer.level : level

/** What decides whether an absence means something for one person, in milliseconds. */
export interface WatchFacts {
  /** The scene is on where the devices hang. */
  isOn: boolean
  /** In every care group that the rule asks for. */
  isInGroup: boolean
  /** Since when the person agrees; undefined: does not, or not any more. */
  agreedAt: number | undefined
  /** Since when the person has stopped this rule. */
  mutedAt: number | undefined
  unmutedAt: number | undefined
  /** In hospital or away, or lately back. */
  pausedUntil: number | undefined
  /** Another time than that of the rule. */
  own: string | undefined
  /** The devices of the person that the rule listens to and that were ever heard, but for those being mended or tested. */
  sensors: readonly { isOnline: boolean; onlineSince: number | undefined }[]
  newest: number | undefined
}

/** Why nothing is raised now; `watching` is the one in which it will be. */
export type WatchState =
  | 'off'
  | 'not-in-group'
  | 'no-consent'
  | 'muted'
  | 'away'
  | 'no-sensor'
  | 'offline'
  | 'unheard'
  | 'learning'
  | 'unknown'
  | 'watching'

export interface Watching {
  state: WatchState
  /** Absent from when, and until when that is nothing unusual; of `watching` alone. */
  from?: number
  dueAt?: number
}

/**
 * Whether an absence counts for a person, and from when. It counts from the newest sign, and never from a time in which a sign could not
 * have come: before the person agreed, while the rule was stopped, away from home, or with a sensor that was offline.
 */
export function judgeWatch(absence: Absence, facts: WatchFacts, now: number): Watching {
  const state = standsAgainst(facts, now)
  if (state) return { state }
  if (facts.newest === undefined) return { state: 'unheard' }
  const from = Math.max(facts.newest, knownFrom(facts))
  return { state: 'watching', from, dueAt: absenceDueAt(absence, from, facts.own) }
}

/** As `judgeWatch` for a meter: near its base load in hours that all count is due, and as usual again is said. */
export function judgeUse(rule: NearBase, facts: WatchFacts, use: HourlyUse, now: number): Watching & { isUsual?: boolean } {
  const state = standsAgainst(facts, now)
  if (state) return { state }
  const verdict = judgeBaseLoad(rule, use, now)
  if (verdict.state === 'learning' || verdict.state === 'unknown') return { state: verdict.state }
  if (verdict.state === 'usual') return { state: 'watching', isUsual: isUsualAgain(rule, verdict) }
  return verdict.from! >= knownFrom(facts) ? { state: 'watching', from: verdict.from!, dueAt: now } : { state: 'watching' }
}

function standsAgainst(facts: WatchFacts, now: number): Exclude<WatchState, 'watching'> | undefined {
  const { agreedAt, pausedUntil, sensors } = facts
  if (!facts.isOn) return 'off'
  if (!facts.isInGroup) return 'not-in-group'
  if (agreedAt === undefined) return 'no-consent'
  if (facts.mutedAt !== undefined) return 'muted'
  if (pausedUntil !== undefined && pausedUntil > now) return 'away'
  if (sensors.length === 0) return 'no-sensor'
  // The person may be where the one that is offline would see them.
  return sensors.some(({ isOnline }) => !isOnline) ? 'offline' : undefined
}

/** Before this a sign could not have come, or would not have counted. */
function knownFrom({ agreedAt, unmutedAt, pausedUntil, sensors }: WatchFacts): number {
  const known = [agreedAt, unmutedAt, pausedUntil, ...sensors.map(({ onlineSince }) => onlineSince)]
  return Math.max(...known.filter((at) => at !== undefined))
}
