import type { OutsideChannel } from '@linli/messages/define'

/** A way to a phone, so long after the rung was told; while nobody has answered. */
export interface PhoneStep {
  readonly channel: OutsideChannel
  /** ISO 8601 duration. */
  readonly after: string
}

/** One rung: who is told, and how long they have before somebody else is. */
export interface Rung {
  readonly key: string
  readonly name: string
  /** Posts at these levels of the place that may respond to alarms; `maintainer`: those of whoever keeps the device in order. */
  readonly tells: readonly ('cell' | 'community' | 'township' | 'county' | 'maintainer')[]
  /** Beside the page of each of them: those of them who left a number. */
  readonly phones?: readonly PhoneStep[]
  /** Whom the person named, in the person's own order and where the person agreed: messages to all at once, calls one after the other. */
  readonly family?: readonly PhoneStep[]
  /** ISO 8601 duration. */
  readonly waits: string
  /** How often it is told before the next one is. The last rung is told again and again. */
  readonly attempts: number
}

/** Who is told next, and how long each rung waits (联系梯). */
export interface Ladder {
  /** `scene.thing` */
  readonly key: string
  readonly name: string
  readonly because: string
  readonly rungs: readonly Rung[]
  /** From the answer until somebody has arrived; after it the next rung is told although somebody answered. */
  readonly arriveWithin: string
}

export function defineLadder<const L extends Ladder>(ladder: L): L {
  return ladder
}

/** Whether somebody of a department or company is called who otherwise would not see the alarm. */
export const callsKeeper = ({ rungs }: Ladder): boolean => rungs.some(({ tells }) => tells.includes('maintainer'))

export interface Step {
  readonly rung: number
  readonly attempt: number
}

/** The last rung is not told for ever: by then the desk has rung for more than an hour. */
const mostAttempts = 60

/** Phones ring for the first attempts of a rung only; the pages go on. */
export const phoneAttempts = 2
/** Between the calls to two people of a family. */
export const callGapMs = 30_000

/** The step after this one; undefined when there is nobody left to tell. */
export function stepAfter(ladder: Ladder, { rung, attempt }: Step): Step | undefined {
  const isLast = rung === ladder.rungs.length - 1
  if (attempt < (isLast ? mostAttempts : ladder.rungs[rung]!.attempts)) return { rung, attempt: attempt + 1 }
  return isLast ? undefined : { rung: rung + 1, attempt: 1 }
}

/** Milliseconds of a duration of hours, minutes and seconds, as ladders wait. */
export function waitMs(duration: string): number {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration)
  if (!match || duration === 'PT') throw new Error(`${duration} is no duration of hours, minutes and seconds`)
  const [, hours = 0, minutes = 0, seconds = 0] = match
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

const isDuration = (text: string): boolean => /^PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?$/.test(text)

/** What is wrong with a ladder, as sentences. */
export function checkLadder(ladder: Ladder): string[] {
  const problems: string[] = []
  if (!ladder.because) problems.push(`${ladder.key}: has no basis (because)`)
  if (ladder.rungs.length === 0) problems.push(`${ladder.key}: has no rung`)
  for (const { key, tells, waits, attempts, phones = [], family = [] } of ladder.rungs) {
    for (const { after } of [...phones, ...family]) if (!isDuration(after)) problems.push(`${ladder.key}: rung ${key} rings after ${after}`)
    if (tells.length === 0 || attempts < 1) problems.push(`${ladder.key}: rung ${key} tells nobody`)
    if (!isDuration(waits)) problems.push(`${ladder.key}: rung ${key} waits ${waits}`)
  }
  if (!isDuration(ladder.arriveWithin)) problems.push(`${ladder.key}: arrives within ${ladder.arriveWithin}`)
  return problems
}
