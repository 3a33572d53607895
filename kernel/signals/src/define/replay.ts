import { timedOf } from './condition.ts'
import type { Level, Rule } from './rule.ts'
import { isSign, judgeWatch, levelAt, newestSign } from './watch.ts'

/** What a device of a kind said, and when, in milliseconds. */
export interface Heard {
  at: number
  kind: string
  values: Readonly<Record<string, number>>
}

/** An alarm that a rule would have raised. */
export interface WouldRaise {
  at: number
  /** Since when nothing had come. */
  from: number
  level: Level
}

/**
 * What an absence would have raised in a home whose sensors were online all the time and whose person agreed: the judgement of the
 * platform over a history, one alarm for each absence.
 */
export function replayAbsence(rule: Rule, history: readonly Heard[], until: number): WouldRaise[] {
  const absence = timedOf(rule.when)
  if (absence?.op !== 'absence') throw new Error(`${rule.key} waits for nothing`)
  const raised: WouldRaise[] = []
  let newest: number | undefined
  let seen: number | undefined
  let isRaised = false
  const look = (now: number): void => {
    if (isRaised) return
    const { from, dueAt } = judgeWatch(absence, { ...watched, newest }, now)
    if (from === undefined || dueAt === undefined || dueAt > now) return
    raised.push({ at: dueAt, from, level: levelAt(rule, dueAt, seen) })
    isRaised = true
  }
  for (const { at, kind, values } of history.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)) {
    // A sign of the very instant is in time.
    look(at - 1)
    if (rule.calmer && isSign(rule.calmer.seen, kind, values)) seen = newestSign(seen, at, at)
    if (!isSign(absence.of, kind, values)) continue
    newest = newestSign(newest, at, at)
    isRaised = false
  }
  look(until)
  return raised
}

/** Nothing stands against an alarm but the person being there. */
const watched = {
  isOn: true,
  isInGroup: true,
  agreedAt: Number.NEGATIVE_INFINITY,
  mutedAt: undefined,
  unmutedAt: undefined,
  pausedUntil: undefined,
  own: undefined,
  sensors: [{ isOnline: true, onlineSince: undefined }],
}
