import type { Absence, Condition, Threshold } from './condition.ts'
import { holds } from './condition.ts'
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

/** The first instant at which anybody's absence could be over its time. */
export const soonestDueAt = (absence: Absence, from: number): number =>
  from + Math.min(waitMs(absence.for), absence.own ? waitMs(absence.own.least) : Number.POSITIVE_INFINITY)

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
export type WatchState = 'off' | 'not-in-group' | 'no-consent' | 'muted' | 'away' | 'no-sensor' | 'offline' | 'unheard' | 'watching'

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
  const { agreedAt, unmutedAt, pausedUntil, sensors, newest } = facts
  if (!facts.isOn) return { state: 'off' }
  if (!facts.isInGroup) return { state: 'not-in-group' }
  if (agreedAt === undefined) return { state: 'no-consent' }
  if (facts.mutedAt !== undefined) return { state: 'muted' }
  if (pausedUntil !== undefined && pausedUntil > now) return { state: 'away' }
  if (sensors.length === 0) return { state: 'no-sensor' }
  // The person may be where the one that is offline would see them.
  if (sensors.some(({ isOnline }) => !isOnline)) return { state: 'offline' }
  if (newest === undefined) return { state: 'unheard' }
  const known = [agreedAt, unmutedAt, pausedUntil, ...sensors.map(({ onlineSince }) => onlineSince)]
  const from = Math.max(newest, ...known.filter((at) => at !== undefined))
  return { state: 'watching', from, dueAt: absenceDueAt(absence, from, facts.own) }
}
