import type { Blackout } from './blackout.ts'
import type { HourlyUse } from './hourly-use.ts'
import { waitMs } from './ladder.ts'

/**
 * The hours in which a home is usually up stay near what it uses at night. Relative to the home itself: no home with a refrigerator ever
 * uses nothing, so a limit of 0 kWh would never be reached, and what is much for one is little for another.
 */
export interface NearBase {
  readonly op: 'nearBase'
  /** A meter, and its reading in kWh. */
  readonly kind: string
  readonly value: string
  /** At most so many times the median of its nights. */
  readonly factor: number
  /** Hours of the day, Asia/Shanghai, `to` not among them. */
  readonly day: Span
  readonly night: Span
  /** So many nights are learnt from, the latest; with fewer than the least nothing is judged. */
  readonly nights: { readonly least: number; readonly most: number }
  /** ISO 8601 duration of hours of the day; those of the night between them are not counted. */
  readonly for: string
  /** Hours in which the whole building was dark are unknown. */
  readonly blackout: Blackout
}

interface Span {
  readonly from: number
  readonly to: number
}

/** `learning`: too few nights; `unknown`: an hour is missing, and what is not known is not nothing. */
export interface BaseLoadVerdict {
  state: 'learning' | 'unknown' | 'usual' | 'near'
  /** kWh an hour. */
  base?: number
  /** Begin of the first of the hours that were looked at. */
  from?: number
  /** How many of those hours were above the limit. */
  above?: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const shanghaiMs = 8 * hourMs
const isIn = ({ from, to }: Span, at: number): boolean => {
  const hour = Math.floor((at + shanghaiMs) / hourMs) % 24
  return hour >= from && hour < to
}

/** Judges the latest hours of the day that ended by this instant. */
export function judgeBaseLoad(rule: NearBase, use: HourlyUse, now: number): BaseLoadVerdict {
  const hours = latestHours(rule, now)
  const from = hours.at(-1)!
  const nights = nightsBefore(rule, use, from)
  if (nights.length < rule.nights.least * (rule.night.to - rule.night.from)) return { state: 'learning' }
  const used = hours.map((at) => use.get(at))
  if (used.some((kwh) => kwh === undefined)) return { state: 'unknown' }
  const base = median(nights)
  const above = used.filter((kwh) => kwh! > base * rule.factor).length
  return { state: above === 0 ? 'near' : 'usual', base, from, above }
}

/** The latest first. */
function latestHours({ day, for: duration }: NearBase, now: number): number[] {
  const wanted = waitMs(duration) / hourMs
  const hours: number[] = []
  for (let at = Math.floor(now / hourMs) * hourMs - hourMs; hours.length < wanted; at -= hourMs) if (isIn(day, at)) hours.push(at)
  return hours
}

function nightsBefore({ night, nights }: NearBase, use: HourlyUse, before: number): number[] {
  const used: number[] = []
  for (let at = before - nights.most * dayMs; at < before; at += hourMs) {
    const kwh = isIn(night, at) ? use.get(at) : undefined
    if (kwh !== undefined) used.push(kwh)
  }
  return used
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Usual again: so much of the hours are above the limit that somebody is at home, and the next absence is another. */
export const isUsualAgain = (rule: NearBase, { state, above = 0 }: BaseLoadVerdict): boolean =>
  state === 'usual' && above > waitMs(rule.for) / hourMs / 3

/** What the rule would have raised over a history of a meter that was online; one notice for each absence. What is older than `since` is learnt from. */
export function replayBaseLoad(
  rule: NearBase,
  use: HourlyUse,
  until: number,
  since = Number.NEGATIVE_INFINITY,
): { at: number; from: number; base: number }[] {
  const raised: { at: number; from: number; base: number }[] = []
  let isRaised = false
  for (const hour of [...use.keys()].sort((a, b) => a - b)) {
    const now = hour + hourMs
    if (now < since || now > until || !isIn(rule.day, hour)) continue
    const verdict = judgeBaseLoad(rule, use, now)
    if (verdict.state === 'near' && !isRaised) {
      raised.push({ at: now, from: verdict.from!, base: verdict.base! })
      isRaised = true
    } else if (isUsualAgain(rule, verdict)) isRaised = false
  }
  return raised
}
