import { type ClockEntry, type Measure, readAmount, readTime } from './policy.ts'

/** A stretch in which the clock stands still. `to` is Infinity while nobody has said when it ends. */
export interface Pause {
  from: number
  to: number
  /** The latest end that was planned for it, kept while a further pause has none. */
  planned?: number
}

/** One life of a case: from opening or reopening to closing. */
export interface Round {
  startAt: number
  /** In order, apart from each other, none before `startAt`. */
  pauses: Pause[]
  extension?: { amount: number } | { until: number }
  closedAt?: number
  /** The latest entry that the clock read. */
  movedAt: number
}

interface Step {
  at: number
  entry: ClockEntry
  field: string
}

const moves = new Set(['pause', 'resume', 'extend', 'close', 'reopen'])

/** Folds the entries into rounds, in the order of their times whatever their order in the list; the last round is the one that counts. */
export function foldRounds(openedAt: number, entries: readonly ClockEntry[], measure: Measure): Round[] {
  let round = begin(openedAt)
  const rounds = [round]
  for (const step of readSteps(entries)) {
    if (round.closedAt !== undefined) {
      if (step.entry.move !== 'reopen') continue
      round = begin(Math.max(step.at, openedAt))
      rounds.push(round)
    } else apply(round, step, measure)
  }
  return rounds
}

function begin(startAt: number): Round {
  return { startAt, pauses: [], movedAt: startAt }
}

function readSteps(entries: readonly ClockEntry[]): Step[] {
  const steps: Step[] = []
  entries.forEach((entry, index) => {
    if (moves.has(entry.move)) steps.push({ at: readTime(entry.at, `entries[${index}].at`), entry, field: `entries[${index}]` })
  })
  return steps.sort((left, right) => left.at - right.at)
}

function apply(round: Round, { at, entry, field }: Step, measure: Measure): void {
  round.movedAt = Math.max(round.movedAt, at)
  switch (entry.move) {
    case 'pause':
      pause(round, at, entry.until == null ? Number.POSITIVE_INFINITY : readTime(entry.until, `${field}.until`))
      break
    case 'resume':
      endPause(round, at)
      break
    case 'extend':
      round.extension ??= readExtension(entry, field, measure)
      break
    case 'close':
      round.closedAt = at
      closePause(round, at)
      break
  }
}

/** A pause that begins while another holds prolongs it, but never cuts it short. */
function pause(round: Round, at: number, until: number): void {
  const from = Math.max(at, round.startAt)
  if (until <= from) return
  const known = round.pauses.at(-1)
  const last = known && known.to >= from ? known : { from, to: until }
  if (last !== known) round.pauses.push(last)
  last.to = Math.max(last.to, until)
  if (until !== Number.POSITIVE_INFINITY) last.planned = Math.max(last.planned ?? until, until)
}

/** A planned end stays: closing moves no deadline that was known. A pause without one ends here. */
function closePause(round: Round, at: number): void {
  const last = round.pauses.at(-1)
  if (last?.to === Number.POSITIVE_INFINITY) endPause(round, Math.max(at, last.planned ?? at))
}

function endPause(round: Round, at: number): void {
  const last = round.pauses.at(-1)
  if (!last || last.to <= at) return
  if (at <= last.from) round.pauses.pop()
  else last.to = at
}

/** Undefined when it says nothing that the policy can add; such an entry does not use up the one extension. */
function readExtension(entry: ClockEntry, field: string, measure: Measure): Round['extension'] {
  if (entry.until != null) return { until: readTime(entry.until, `${field}.until`) }
  if (measure.kind === 'fixed') return undefined
  return { amount: entry.amount == null ? measure.amount : readAmount(measure.kind, entry.amount, `${field}.amount`) }
}
