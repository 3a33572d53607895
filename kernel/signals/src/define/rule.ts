import { findThing } from './things.ts'

/** 1 red (life), 2 orange, 3 yellow, 4 blue. */
export type Level = 1 | 2 | 3 | 4

/**
 * When one message of a device means something, as data: the server indexes it, a page explains it, an auditor reads it. What needs a
 * timer (duration, absence) will be further kinds of it beside `threshold`, with the deadline as a row.
 */
export interface Condition {
  readonly op: 'threshold'
  readonly kind: string
  readonly value: string
  readonly is: 'atLeast' | 'below'
  readonly than: number
}

/** `threshold('smoke.test', 'atLeast', 1)`: a value of a kind of device, as its model names it. */
export function threshold(path: `${string}.${string}`, is: 'atLeast' | 'below', than: number): Condition {
  const [kind = '', value = ''] = path.split('.')
  return { op: 'threshold', kind, value, is, than }
}

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
  /** Whether a device that is being mended or tested is left out. A call for help never is. */
  readonly pauses: boolean
  /** Key of the ladder of contacts. */
  readonly ladder: string
  /** Category of the event that a real one is handed on as; without it an alarm ends with a reason alone. */
  readonly opens?: string
}

export function defineRule<const R extends Rule>(rule: R): R {
  return rule
}

type Values = Readonly<Record<string, number>>

/** Whether the condition holds for values of a device of this kind; a value that was not said holds nothing. */
export function holds(condition: Condition, kind: string, values: Values): boolean {
  const value = condition.kind === kind ? values[condition.value] : undefined
  if (value === undefined) return false
  return condition.is === 'atLeast' ? value >= condition.than : value < condition.than
}

/** Whether these values raise an alarm by this rule. */
export const raises = (rule: Rule, kind: string, values: Values): boolean =>
  holds(rule.when, kind, values) && !(rule.unless && holds(rule.unless, kind, values))

/** Latest values of a device, each with the milliseconds of its message. */
export type Latest = Readonly<Record<string, readonly [value: number, at: number]>>

/** Whether a device still raises it by what it said last. What it says of a test counts for the message that said so, not for later ones. */
export function isActive(rule: Rule, kind: string, latest: Latest): boolean {
  const asked = new Set(pathsOf(rule.when))
  const said = Object.entries(latest)
  const at = Math.max(...said.filter(([value]) => asked.has(`${kind}.${value}`)).map(([, [, when]]) => when))
  const together = said.filter(([value, [, when]]) => asked.has(`${kind}.${value}`) || when === at)
  return raises(rule, kind, Object.fromEntries(together.map(([key, [value]]) => [key, value])))
}

/** The kinds and values that a condition looks at: `smoke.smoke`. */
export function pathsOf(condition: Condition): string[] {
  return [`${condition.kind}.${condition.value}`]
}

/** What is wrong with a rule, as sentences. */
export function checkRule(rule: Rule, ladders: ReadonlySet<string>): string[] {
  const problems = rule.because ? [] : [`${rule.key}: has no basis (because)`]
  if (rule.worse && !(rule.worse.level < rule.level && rule.worse.detectors > 1 && rule.worse.because))
    problems.push(`${rule.key}: what is worse is more urgent, needs more than one device, and has a basis`)
  if (!ladders.has(rule.ladder)) problems.push(`${rule.key}: nobody declares the ladder ${rule.ladder}`)
  for (const path of [...pathsOf(rule.when), ...(rule.unless ? pathsOf(rule.unless) : [])]) {
    const [kind = '', value] = path.split('.')
    if (!findThing(kind)?.values.some(({ key }) => key === value)) problems.push(`${rule.key}: no device sends ${path}`)
  }
  return problems
}
