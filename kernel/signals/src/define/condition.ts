import type { NearBase } from './base-load.ts'

/** One value of a message beside a number. */
export interface Threshold {
  readonly op: 'threshold'
  readonly kind: string
  readonly value: string
  readonly is: 'atLeast' | 'below'
  readonly than: number
}

/** A device says it so many times within that. */
export interface Count {
  readonly op: 'count'
  readonly of: Threshold
  readonly times: number
  /** ISO 8601 duration. */
  readonly for: string
}

/** A device goes on saying it for so long, and nothing else of that value between. */
export interface Lasting {
  readonly op: 'lasting'
  readonly of: Threshold
  /** ISO 8601 duration. */
  readonly for: string
}

/** What is decided by what a device said before and after, not by one message alone. */
export type LookingBack = Count | Lasting

/** None of these from any device of the subject for so long. */
export interface Absence {
  readonly op: 'absence'
  readonly of: readonly Threshold[]
  /** ISO 8601 duration. */
  readonly for: string
  /** Between what a person may have another time: somebody goes out every other day. */
  readonly own?: { readonly least: string; readonly most: string }
}

/** A device of these kinds holds no session for so long. */
export interface Offline {
  readonly op: 'offline'
  readonly kinds: readonly string[]
  /** ISO 8601 duration. */
  readonly for: string
}

/** What a device of these kinds said last of a value is below that. */
export interface Low {
  readonly op: 'low'
  readonly kinds: readonly string[]
  readonly value: string
  readonly below: number
}

/** The certificate of a device of these kinds ends within that. */
export interface Expiring {
  readonly op: 'expiring'
  readonly kinds: readonly string[]
  /** ISO 8601 duration. */
  readonly within: string
}

/** Sessions of one device end each other so often within that: two say that they are it. */
export interface TakenOver {
  readonly op: 'takenOver'
  readonly kinds: readonly string[]
  readonly times: number
  /** ISO 8601 duration. */
  readonly for: string
}

/** The person belongs to a care group now. */
export interface Tagged {
  readonly op: 'tagged'
  readonly careGroup: string
}

/**
 * When something means something, as data: the server indexes it, a page explains it, an auditor reads it. What needs time to pass stands
 * beside other conditions in `all` and never under `any` or `not`: its deadline is a row, and there is one for each rule and subject.
 */
export type Condition =
  | Threshold
  | Count
  | Lasting
  | Absence
  | NearBase
  | Offline
  | Low
  | Expiring
  | TakenOver
  | Tagged
  | { readonly op: 'all'; readonly of: readonly Condition[] }
  | { readonly op: 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }

/** What no single message says: it takes time, or is looked for. */
export type Timed = Absence | NearBase | Offline | Low | Expiring | TakenOver

/** `threshold('smoke.test', 'atLeast', 1)`: a value of a kind of device, as its model names it. */
export function threshold(path: `${string}.${string}`, is: 'atLeast' | 'below', than: number): Threshold {
  const [kind = '', value = ''] = path.split('.')
  return { op: 'threshold', kind, value, is, than }
}

/** `absence(['door.passage'], 'PT24H')`: none of these flags for so long. */
export const absence = (paths: readonly `${string}.${string}`[], duration: string, own?: Absence['own']): Absence => ({
  op: 'absence',
  of: paths.map((path) => threshold(path, 'atLeast', 1)),
  for: duration,
  ...(own && { own }),
})

/** `counted(threshold('wristband.sos', 'atLeast', 1), 3, 'PT168H')`: three presses in a week. */
export const counted = (of: Threshold, times: number, within: string): Count => ({ op: 'count', of, times, for: within })
/** `lasting(threshold('meter.kwh', 'below', 1), 'PT10M')` */
export const lasting = (of: Threshold, duration: string): Lasting => ({ op: 'lasting', of, for: duration })
export const offline = (kinds: readonly string[], duration: string): Offline => ({ op: 'offline', kinds, for: duration })
export const low = (kinds: readonly string[], value: string, below: number): Low => ({ op: 'low', kinds, value, below })
export const expiring = (kinds: readonly string[], within: string): Expiring => ({ op: 'expiring', kinds, within })
export const takenOver = (kinds: readonly string[], times: number, within: string): TakenOver => ({
  op: 'takenOver',
  kinds,
  times,
  for: within,
})
export const tagged = (careGroup: string): Tagged => ({ op: 'tagged', careGroup })
export const all = (...of: Condition[]): Condition => ({ op: 'all', of })
export const any = (...of: Condition[]): Condition => ({ op: 'any', of })
export const not = (of: Condition): Condition => ({ op: 'not', of })

type Values = Readonly<Record<string, number>>

/** Whether one message of a device of this kind holds it, or may be the last that was missing for it; a value that was not said holds nothing, and no message says how long or who. */
export function holds(condition: Condition, kind: string, values: Values): boolean {
  switch (condition.op) {
    case 'threshold': {
      const value = condition.kind === kind ? values[condition.value] : undefined
      if (value === undefined) return false
      return condition.is === 'atLeast' ? value >= condition.than : value < condition.than
    }
    case 'count':
    case 'lasting':
      return holds(condition.of, kind, values)
    case 'all':
      return condition.of.every((one) => holds(one, kind, values))
    case 'any':
      return condition.of.some((one) => holds(one, kind, values))
    case 'not':
      return !holds(condition.of, kind, values)
    default:
      return false
  }
}

/** What it is made of, flat. */
function partsOf(condition: Condition): (Threshold | LookingBack | Timed | Tagged)[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(partsOf)
  return condition.op === 'not' ? partsOf(condition.of) : [condition]
}

const timedOps: readonly Condition['op'][] = ['absence', 'nearBase', 'offline', 'low', 'expiring', 'takenOver']
const isTimed = (part: Condition): part is Timed => timedOps.includes(part.op)

/** What has to pass before the condition holds; undefined where a message alone decides. */
export const timedOf = (condition: Condition): Timed | undefined => partsOf(condition).find(isTimed)

/** The parts that one message alone does not decide. */
export const lookingBackOf = (condition: Condition): LookingBack[] =>
  partsOf(condition).filter((part): part is LookingBack => part.op === 'count' || part.op === 'lasting')

/** The care groups that it asks for. */
export const groupsOf = (condition: Condition): string[] =>
  partsOf(condition).flatMap((part) => (part.op === 'tagged' ? [part.careGroup] : []))

/** The kinds and values that it looks at: `smoke.smoke`. */
export const pathsOf = (condition: Condition): string[] =>
  partsOf(condition).flatMap((part) => {
    if (part.op === 'count' || part.op === 'lasting') return [`${part.of.kind}.${part.of.value}`]
    if (part.op === 'absence') return part.of.map(({ kind, value }) => `${kind}.${value}`)
    return part.op === 'threshold' || part.op === 'nearBase' ? [`${part.kind}.${part.value}`] : []
  })

/** The kinds of devices that it listens to. */
export const kindsOf = (condition: Condition): string[] => [...new Set(pathsOf(condition).map((path) => path.split('.')[0]!))]

const isWhole = (duration: string): boolean => /^PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?$/.test(duration)

/** What is wrong with a condition, as sentences without a subject. */
export function checkCondition(condition: Condition): string[] {
  const timed = partsOf(condition).filter(isTimed)
  const back = lookingBackOf(condition)
  if (back.length > 0) return checkLookingBack(condition, back, timed.length > 0)
  if (timed.length === 0) return groupsOf(condition).length > 0 ? ['asks for a care group, which no message says'] : []
  const beside = condition.op === 'all' ? condition.of : [condition]
  const problems: string[] = []
  if (timed.length > 1) problems.push('waits for more than one thing')
  if (!beside.some((part) => part === timed[0])) problems.push('waits for something under any or not')
  if (beside.some((part) => part !== timed[0] && part.op !== 'tagged')) problems.push('waits beside what only a message says')
  for (const one of timed) {
    const own = 'own' in one ? one.own : undefined
    for (const each of ['for' in one ? one.for : 'PT0S', ...(own ? [own.least, own.most] : [])])
      if (!isWhole(each)) problems.push(`waits for ${each}`)
  }
  return problems
}

function checkLookingBack(condition: Condition, back: readonly LookingBack[], isTimed: boolean): string[] {
  const problems: string[] = []
  if (isTimed) problems.push('waits beside what only messages say')
  if (hasUnderNot(condition)) problems.push('counts something under not')
  if (groupsOf(condition).length > 0) problems.push('asks for a care group, which no message says')
  for (const one of back) {
    if (!isWhole(one.for)) problems.push(`looks back on ${one.for}`)
    if (one.op === 'count' && one.times < 2) problems.push('counts to one')
  }
  return problems
}

const hasUnderNot = (condition: Condition): boolean =>
  condition.op === 'not'
    ? lookingBackOf(condition.of).length > 0
    : (condition.op === 'all' || condition.op === 'any') && condition.of.some(hasUnderNot)
