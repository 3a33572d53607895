import { careGroups } from '@linli/registry/define'
import { type Condition, checkCondition, groupsOf, holds, pathsOf, type Threshold, timedOf } from './condition.ts'
import { findThing } from './things.ts'

/** 1 red (life), 2 orange, 3 yellow, 4 blue. */
export type Level = 1 | 2 | 3 | 4

/** A rule of alarms (告警规则). */
export interface Rule {
  /** `scene.thing` */
  readonly key: string
  readonly name: string
  /** Policy clause or standard. */
  readonly because: string
  /** What an alarm of it is about; where a device is bound to something else, it is about the device. One is open at a time for each. */
  readonly subject: 'person' | 'household' | 'dwelling' | 'building' | 'device'
  readonly when: Condition
  /** Said by the same message: then it is none (self-test). */
  readonly unless?: Condition
  readonly level: Level
  /** More urgent while so many devices of the subject say so at once, and back when fewer do. */
  readonly worse?: { readonly detectors: number; readonly level: Level; readonly because: string }
  /** Less urgent where one of these was said within so long before. */
  readonly calmer?: { readonly seen: readonly Threshold[]; readonly within: string; readonly level: Level; readonly because: string }
  /** Purpose that the person must have agreed to; who agreed may also stop it. What a person does to call for help needs none. */
  readonly consent?: string
  /** Whether a device that is being mended or tested is left out. A call for help never is. */
  readonly pauses: boolean
  /** An alarm of it can end as real, false or unreachable only with what somebody found who went to see. */
  readonly requires?: 'visit'
  /** Key of the ladder of contacts. */
  readonly ladder: string
  /** Category of the event that a real one is handed on as; without it an alarm ends with a reason alone. */
  readonly opens?: string
}

export function defineRule<const R extends Rule>(rule: R): R {
  return rule
}

type Values = Readonly<Record<string, number>>

/** Whether these values raise an alarm by this rule. */
export const raises = (rule: Rule, kind: string, values: Values): boolean =>
  timedOf(rule.when) === undefined && holds(rule.when, kind, values) && !(rule.unless && holds(rule.unless, kind, values))

/** Latest values of a device, each with the milliseconds of its message. */
export type Latest = Readonly<Record<string, readonly [value: number, at: number]>>

/** Whether a device still raises it by what it said last. What it says of a test counts for the message that said so, not for later ones. */
export function isActive(rule: Rule, kind: string, latest: Latest): boolean {
  const timed = timedOf(rule.when)
  if (timed?.op === 'low') return (latest[timed.value]?.[0] ?? Number.POSITIVE_INFINITY) < timed.below
  const asked = new Set(pathsOf(rule.when))
  const said = Object.entries(latest)
  const at = Math.max(...said.filter(([value]) => asked.has(`${kind}.${value}`)).map(([, [, when]]) => when))
  const together = said.filter(([value, [, when]]) => asked.has(`${kind}.${value}`) || when === at)
  return raises(rule, kind, Object.fromEntries(together.map(([key, [value]]) => [key, value])))
}

/** What is wrong with a rule, as sentences. */
export function checkRule(rule: Rule, ladders: ReadonlySet<string>): string[] {
  const problems = rule.because ? [] : [`${rule.key}: has no basis (because)`]
  problems.push(...checkCondition(rule.when).map((problem) => `${rule.key}: ${problem}`))
  // The name of a rule stands on every alarm, and not everybody who sees the alarm sees the label.
  for (const { key, name } of careGroups)
    if (groupsOf(rule.when).includes(key) && rule.name.includes(name)) problems.push(`${rule.key}: its name says ${name}`)
  if (rule.unless && timedOf(rule.unless)) problems.push(`${rule.key}: what the same message says takes no time`)
  if (rule.worse && !(rule.worse.level < rule.level && rule.worse.detectors > 1 && rule.worse.because))
    problems.push(`${rule.key}: what is worse is more urgent, needs more than one device, and has a basis`)
  if (rule.calmer && !(rule.calmer.level > rule.level && rule.calmer.because))
    problems.push(`${rule.key}: what is calmer is less urgent and has a basis`)
  if (!ladders.has(rule.ladder)) problems.push(`${rule.key}: nobody declares the ladder ${rule.ladder}`)
  if (rule.requires && rule.subject !== 'person') problems.push(`${rule.key}: only a person can be visited`)
  return [...problems, ...checkWatching(rule), ...checkPaths(rule)]
}

/** Who is watched over without doing anything must have agreed to it (standards 9: a person can stop them). */
function checkWatching({ key, subject, when, consent }: Rule): string[] {
  const watches = subject === 'person' && timedOf(when) !== undefined
  if (watches && !consent) return [`${key}: watches over a person without asking for a consent`]
  if (!watches && groupsOf(when).length > 0) return [`${key}: asks for a care group without being about a person`]
  return []
}

function checkPaths({ key, when, unless, calmer }: Rule): string[] {
  const seen = calmer ? calmer.seen.flatMap(pathsOf) : []
  const unknown = [...pathsOf(when), ...(unless ? pathsOf(unless) : []), ...seen].filter((path) => {
    const [kind = '', value] = path.split('.')
    return !findThing(kind)?.values.some((spec) => spec.key === value)
  })
  return unknown.map((path) => `${key}: no device sends ${path}`)
}
