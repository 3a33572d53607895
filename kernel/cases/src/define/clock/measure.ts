import { CalendarYearMissing, dayOf, formatDay, minuteOf, startOfDay, type WorkingCalendar } from '@linli/base/define'
import type { Measure } from './policy.ts'
import type { Pause, Round } from './rounds.ts'

/** When amber (80 %) and red (100 %) are reached; undefined while an open pause stands before it. */
export interface Deadline {
  amberAt?: number
  dueAt?: number
}

const minute = 60_000

export function measureRound(round: Round, measure: Measure, calendar: WorkingCalendar): Deadline {
  const { extension } = round
  if (measure.kind === 'fixed')
    return plainTime(round.startAt, Math.max(measure.dueAt, extension && 'until' in extension ? extension.until : measure.dueAt))
  const amount = measure.amount + (extension && 'amount' in extension ? extension.amount : 0)
  const counted = count(measure.kind, round, amount, calendar)
  // An approved date replaces the count only where it is later, and only once the count is known at all.
  if (extension && 'until' in extension && counted.dueAt !== undefined && extension.until > counted.dueAt)
    return plainTime(round.startAt, extension.until)
  return counted
}

function count(kind: Exclude<Measure['kind'], 'fixed'>, round: Round, amount: number, calendar: WorkingCalendar): Deadline {
  if (kind === 'working-days') return countDays(round, amount, calendar)
  if (kind === 'working-hours') return countHours(round, amount, calendar)
  return countElapsed(round, amount)
}

/** A date that somebody set: pauses do not move it, amber is 80 % of the plain time up to it. */
function plainTime(startAt: number, dueAt: number): Deadline {
  return { amberAt: dueAt > startAt ? startAt + Math.round((dueAt - startAt) * 0.8) : dueAt, dueAt }
}

/** Day N after the opening day; a day counts when the clock runs at its 24:00. */
function countDays({ startAt, pauses }: Round, amount: number, calendar: WorkingCalendar): Deadline {
  const amberMinutes = amount * 1152 // 80 % of 1,440 a day: whole minutes, no rounding
  const amberDay = Math.ceil(amberMinutes / 1440)
  const deadline: Deadline = {}
  let day = dayOf(startAt)
  let next = 0
  for (let counted = 0; counted < amount; ) {
    day += 1
    const end = startOfDay(day + 1)
    while (next < pauses.length && pauses[next]!.to < end) next += 1
    const pause = pauses[next]
    if (pause && pause.from < end) {
      if (pause.to === Number.POSITIVE_INFINITY) return deadline
      day = dayOf(pause.to) - 1
      continue
    }
    if (!isWorkingDay(calendar, day)) continue
    counted += 1
    if (counted === amberDay) deadline.amberAt = startOfDay(day) + (amberMinutes - (amberDay - 1) * 1440) * minute
    if (counted === amount) deadline.dueAt = end
  }
  return deadline
}

function countHours({ startAt, pauses }: Round, amount: number, calendar: WorkingCalendar): Deadline {
  const meter = new Meter(amount, pauses)
  const windows = calendar.hours.map(([from, to]) => [minuteOf(from) * minute, minuteOf(to) * minute] as const)
  for (let day = dayOf(startAt); ; day += 1) {
    const midnight = startOfDay(day)
    const holding = pauses.find((pause) => pause.from <= midnight && pause.to >= startOfDay(day + 1))
    if (holding) {
      if (holding.to === Number.POSITIVE_INFINITY) return meter.deadline
      day = dayOf(holding.to) - 1
      continue
    }
    if (!isWorkingDay(calendar, day)) continue
    for (const [from, to] of windows) if (meter.run(Math.max(midnight + from, startAt), midnight + to)) return meter.deadline
  }
}

function countElapsed({ startAt, pauses }: Round, amount: number): Deadline {
  const meter = new Meter(amount, pauses)
  meter.run(startAt, Number.POSITIVE_INFINITY)
  return meter.deadline
}

/** Adds up running time, pauses left out, and notes the instants at which 80 % and all of it are used. */
class Meter {
  readonly deadline: Deadline = {}
  readonly #amount: number
  readonly #pauses: readonly Pause[]
  #used = 0
  #next = 0

  constructor(amount: number, pauses: readonly Pause[]) {
    this.#amount = amount
    this.#pauses = pauses
  }

  /** Stretches must come in order. True when all is used. */
  run(from: number, to: number): boolean {
    let at = from
    while (at < to && this.deadline.dueAt === undefined) {
      while (this.#next < this.#pauses.length && this.#pauses[this.#next]!.to <= at) this.#next += 1
      const pause = this.#pauses[this.#next]
      if (pause && pause.from <= at) at = pause.to
      else {
        const end = pause ? Math.min(pause.from, to) : to
        this.#use(at, end)
        at = end
      }
    }
    return this.deadline.dueAt !== undefined
  }

  #use(from: number, to: number): void {
    const amber = Math.round(this.#amount * 0.8)
    const used = this.#used + (to - from)
    if (this.deadline.amberAt === undefined && used >= amber) this.deadline.amberAt = from + (amber - this.#used)
    if (used >= this.#amount) this.deadline.dueAt = from + (this.#amount - this.#used)
    this.#used = used
  }
}

/** Asks for the year first, so that no other implementation of the calendar can slip in a guess. */
function isWorkingDay(calendar: WorkingCalendar, day: number): boolean {
  const date = formatDay(day)
  const year = Number(date.slice(0, 4))
  if (!calendar.has(year)) throw new CalendarYearMissing(year)
  return calendar.isWorkingDay(date)
}
