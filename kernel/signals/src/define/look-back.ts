import { type Condition, holds, type LookingBack, lookingBackOf } from './condition.ts'
import { waitMs } from './ladder.ts'

/** One message of a device, at a time in milliseconds. */
export interface SaidAt {
  readonly at: number
  readonly values: Readonly<Record<string, number>>
}

/** How far around a message a condition looks, in milliseconds; 0 where the message alone decides. */
export const reachOfLook = (condition: Condition): number =>
  Math.max(0, ...lookingBackOf(condition).map((part) => (part.op === 'count' ? 1 : 2) * waitMs(part.for)))

/**
 * Whether a condition holds with this message among what its device said around it. It looks both ways: messages may come in any order, and
 * whichever comes last of those that it takes must find it. What would have broken it and is heard later takes nothing back.
 */
export function holdsAmong(condition: Condition, kind: string, message: SaidAt, around: readonly SaidAt[]): boolean {
  switch (condition.op) {
    case 'all':
      return condition.of.every((part) => holdsAmong(part, kind, message, around))
    case 'any':
      return condition.of.some((part) => holdsAmong(part, kind, message, around))
    case 'count':
    case 'lasting': {
      if (!holds(condition.of, kind, message.values)) return false
      const said = around.filter(({ values }) => values[condition.of.value] !== undefined).toSorted((a, b) => a.at - b.at)
      return condition.op === 'count' ? isCounted(condition, kind, message, said) : isLasting(condition, kind, message, said)
    }
    default:
      return holds(condition, kind, message.values)
  }
}

/** So many of them lie in some window that this message is in. */
function isCounted(
  { of, times, for: within }: LookingBack & { op: 'count' },
  kind: string,
  message: SaidAt,
  said: readonly SaidAt[],
): boolean {
  const at = said.filter(({ values }) => holds(of, kind, values)).map((one) => one.at)
  const span = waitMs(within)
  return at.some(
    (from) => from <= message.at && message.at <= from + span && at.filter((one) => one >= from && one <= from + span).length >= times,
  )
}

/** It was said all the time between two instants so far apart, this message among them. */
function isLasting(
  { of, for: duration }: LookingBack & { op: 'lasting' },
  kind: string,
  message: SaidAt,
  said: readonly SaidAt[],
): boolean {
  let [from, to] = [message.at, message.at]
  for (const { at, values } of said.toReversed()) {
    if (at > message.at) continue
    if (!holds(of, kind, values)) break
    from = at
  }
  for (const { at, values } of said) {
    if (at < message.at) continue
    if (!holds(of, kind, values)) break
    to = at
  }
  return to - from >= waitMs(duration)
}
