import { CalendarYearMissing, type WorkingCalendar } from '@linli/base/define'
import { type ClockReading, type ClockState, runClock } from './clock/index.ts'
import type { CaseClock } from './fold.ts'

/** A clock of a case with its times. `provisional` says that a year's holidays were not known and Monday to Friday stood in for them. */
export interface ClockTimes {
  dueAt: Date | null
  amberAt: Date | null
  provisional: boolean
}

/** The deadline of a clock as its entries, policy and calendar have it. */
export function timesOf(clock: CaseClock, calendar: WorkingCalendar): ClockTimes {
  const { reading, provisional } = read(clock, calendar, undefined)
  return { dueAt: date(reading.dueAt), amberAt: date(reading.amberAt), provisional }
}

export interface ClockPicture extends ClockTimes {
  state: ClockState
  pausedUntil: Date | null
  spans: { from: string; to: string; kind: 'running' | 'paused' }[]
}

/** The clock for a screen: its state now and the stretches of the deadline ruler, the open one drawn to its deadline. */
export function pictureOf(clock: CaseClock, calendar: WorkingCalendar, now: Date): ClockPicture {
  const { reading, provisional } = read(clock, calendar, now)
  const dueAt = date(reading.dueAt)
  const end = (dueAt && dueAt > now ? dueAt : now).toISOString()
  return {
    dueAt,
    amberAt: date(reading.amberAt),
    provisional,
    state: reading.state,
    pausedUntil: date(reading.pausedUntil),
    spans: reading.spans.map(({ from, to, kind }) => ({ from, to: to ?? end, kind })),
  }
}

function read(clock: CaseClock, calendar: WorkingCalendar, now: Date | undefined): { reading: ClockReading; provisional: boolean } {
  try {
    return { reading: runClock(clock.policy, clock.startedAt, clock.entries, calendar, now), provisional: false }
  } catch (error) {
    if (!(error instanceof CalendarYearMissing)) throw error
    // Taking a matter in must not fail because next year's notice is not out yet. The deadline is marked, warned about and recomputed on import.
    return { reading: runClock(clock.policy, clock.startedAt, clock.entries, withPlainWeeks(calendar), now), provisional: true }
  }
}

/** The calendar with Monday to Friday in the years it does not know. */
function withPlainWeeks(calendar: WorkingCalendar): WorkingCalendar {
  return {
    hours: calendar.hours,
    has: () => true,
    isWorkingDay: (day) => {
      if (calendar.has(Number(day.slice(0, 4)))) return calendar.isWorkingDay(day)
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
      return weekday !== 0 && weekday !== 6
    },
  }
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text))
