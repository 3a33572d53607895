import { dayOf, formatDay, parseDay, weekdayOf, yearOf } from './time-zone.ts'

/** One stretch of the working day, `HH:mm` to `HH:mm`. */
export type WorkingWindow = readonly [from: string, to: string]

/** Working days (工作日) with statutory holidays and make-up days (调休). Immutable: a newly imported year is a new calendar. */
export interface WorkingCalendar {
  /** Throws `CalendarYearMissing` for a date in a year whose holiday notice has not been imported. */
  isWorkingDay(date: string): boolean
  /** Is the notice of this year known? */
  has(year: number): boolean
  readonly hours: readonly WorkingWindow[]
}

/** A date that differs from the plain rule "Monday to Friday". */
export interface ExceptionalDay {
  /** `YYYY-MM-DD` */
  day: string
  isWorking: boolean
  name: string
}

export const defaultWorkingHours: readonly WorkingWindow[] = [
  ['09:00', '12:00'],
  ['13:30', '17:30'],
]

/**
 * A deadline needs a year whose holiday notice is not there. It is never guessed: a deadline that is wrong by a week of
 * festival is worse than one that waits for the import.
 */
export class CalendarYearMissing extends Error {
  readonly year: number
  constructor(year: number) {
    super(`the working calendar has no year ${year}: import its holiday notice`)
    this.name = 'CalendarYearMissing'
    this.year = year
  }
}

/** Builds a calendar from the known years and the days on which they differ from Monday to Friday. */
export function createWorkingCalendar(
  years: Iterable<number>,
  exceptions: Iterable<ExceptionalDay>,
  hours: readonly WorkingWindow[] = defaultWorkingHours,
): WorkingCalendar {
  const known = new Set(years)
  const working = new Map<string, boolean>()
  for (const year of known) plainYear(year, working)
  for (const { day, isWorking } of exceptions) {
    if (!working.has(day)) throw new RangeError(`${day} is no date of a year announced as imported`)
    working.set(day, isWorking)
  }
  checkHours(hours)
  return {
    hours,
    has: (year) => known.has(year),
    isWorkingDay(date) {
      const answer = working.get(date)
      if (answer !== undefined) return answer
      const day = parseDay(date)
      if (day === undefined) throw new RangeError(`not a date: ${date}`)
      throw new CalendarYearMissing(yearOf(day))
    },
  }
}

/** Monday to Friday, before the notice of that year is applied. */
function plainYear(year: number, working: Map<string, boolean>): void {
  const first = parseDay(`${year}-01-01`)
  if (first === undefined) throw new RangeError(`not a year: ${year}`)
  for (let day = first; yearOf(day) === year; day++) working.set(formatDay(day), weekdayOf(day) !== 0 && weekdayOf(day) !== 6)
}

function checkHours(hours: readonly WorkingWindow[]): void {
  let before = -1
  for (const [from, to] of hours) {
    const [start, end] = [minuteOf(from), minuteOf(to)]
    if (start < before || end <= start) throw new RangeError(`working hours out of order: ${from}-${to}`)
    before = end
  }
  if (before < 0) throw new RangeError('a calendar without working hours')
}

/** Minutes since midnight of `HH:mm`, up to `24:00`. */
export function minuteOf(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text)
  if (!match) throw new RangeError(`not a time of day: ${text}`)
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}

/** The years touched by the next `horizonDays` whose notice is not imported: what to warn about, loudly and early. */
export function missingYears(calendar: Pick<WorkingCalendar, 'has'>, now: Date, horizonDays: number): number[] {
  const today = dayOf(now.getTime())
  const missing: number[] = []
  for (let year = yearOf(today); year <= yearOf(today + horizonDays); year++) if (!calendar.has(year)) missing.push(year)
  return missing
}
