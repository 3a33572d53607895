import { type Condition, pathsOf, timedOf } from './condition.ts'
import { holdsAmong, reachOfLook } from './look-back.ts'
import { type Heard, replayAbsence, type WouldRaise } from './replay.ts'
import { isActive, type Latest, type Level, type Rule, raises } from './rule.ts'

/** What devices of one subject said. */
export interface HeardFrom extends Heard {
  deviceId: string
}

/** Nobody settles an alarm in a replay: quiet for so long, the next signal is a new one (standards 9 [D], the window in which signals of a device count as one). */
const quietMs = 10 * 60_000

/** Whether the signals that are kept say what such a condition would have raised: who was online is not kept. */
export const isReplayed = (condition: Condition): boolean => [undefined, 'absence', 'nearBase'].includes(timedOf(condition)?.op)

/** The kinds and values that decide anything about a rule. */
export const heardBy = ({ when, unless, calmer }: Rule): string[] => [
  ...new Set([when, ...(unless ? [unless] : []), ...(calmer?.seen ?? [])].flatMap(pathsOf)),
]

/** What a rule would have raised about one subject, in order; of a base load see `replayBaseLoad`. */
export const replay = (rule: Rule, history: readonly HeardFrom[], until: number): WouldRaise[] =>
  timedOf(rule.when) ? replayAbsence(rule, history, until) : replayMessages(rule, history)

/** What a rule that one message decides would have raised about one subject. */
function replayMessages(rule: Rule, history: readonly HeardFrom[]): WouldRaise[] {
  const raised: WouldRaise[] = []
  let latest = new Map<string, { kind: string; latest: Latest }>()
  let lastAt = Number.NEGATIVE_INFINITY
  for (const { at, kind, values, deviceId } of history.toSorted((a, b) => a.at - b.at)) {
    if (at - lastAt > quietMs) latest = new Map()
    const said = Object.entries(values).map(([key, value]) => [key, [value, at]] as const)
    latest.set(deviceId, { kind, latest: { ...latest.get(deviceId)?.latest, ...Object.fromEntries(said) } })
    if (!raises(rule, kind, values) || !isHeldAmong(rule, { at, kind, values, deviceId }, history)) continue
    if (at - lastAt > quietMs) raised.push({ at, from: at, level: rule.level })
    lastAt = at
    const active = [...latest.values()].filter((device) => isActive(rule, device.kind, device.latest)).length
    const alarm = raised.at(-1)!
    if (rule.worse && active >= rule.worse.detectors) alarm.level = Math.min(alarm.level, rule.worse.level) as Level
  }
  return raised
}

/** Messages that come later are not known yet when this one does. */
function isHeldAmong({ when }: Rule, { at, kind, values, deviceId }: HeardFrom, history: readonly HeardFrom[]): boolean {
  const reach = reachOfLook(when)
  if (reach === 0) return true
  const around = history.filter((one) => one.deviceId === deviceId && one.at <= at && one.at >= at - reach)
  return holdsAmong(when, kind, { at, values }, around)
}
