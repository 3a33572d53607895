/**
 * Asia/Shanghai arithmetic on plain numbers: an instant is milliseconds since 1970 UTC, a day is a count of Shanghai dates since
 * 1970-01-01. The zone has been +08:00 without daylight saving since 1991-09-15; earlier dates are out of this platform's reach.
 */
const offset = 8 * 3_600_000
export const dayLength = 86_400_000

/** The Shanghai date on which an instant falls. */
export function dayOf(instant: number): number {
  return Math.floor((instant + offset) / dayLength)
}

/** 00:00 of a day, which is also 24:00 of the day before. */
export function startOfDay(day: number): number {
  return day * dayLength - offset
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

export function yearOf(day: number): number {
  return new Date(day * dayLength).getUTCFullYear()
}

/** `2026-03-02`. Plain arithmetic on the proleptic calendar: a clock asks for every day that it counts, and a Date for each is dear. */
export function formatDay(day: number): string {
  const shifted = day + 719_468 // days since 0000-03-01, so that a leap day ends its year
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const month = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * month + 2) / 5) + 1
  const year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
  return `${year}-${twoDigits[month < 10 ? month + 3 : month - 9]}-${twoDigits[date]}`
}

const twoDigits = Array.from({ length: 32 }, (_, number) => String(number).padStart(2, '0'))

/** The day that `2026-03-02` names; undefined when there is no such date. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return match ? dayFrom(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

function dayFrom(year: number, month: number, date: number): number | undefined {
  if (year < 1000 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return undefined
  return Date.UTC(year, month - 1, date) / dayLength
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** UTC with milliseconds, as everything here goes out. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString()
}

const isoInstant = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i

/**
 * Reads an ISO 8601 date and time; undefined when it is none. Without an offset it is Shanghai time: the machine's own zone must
 * never decide a deadline, which is why `Date.parse` is not used. `24:00` is the end of its day, the way rules write deadlines.
 */
export function parseInstant(text: string): number | undefined {
  const match = isoInstant.exec(text)
  if (!match) return undefined
  const day = dayFrom(Number(match[1]), Number(match[2]), Number(match[3]))
  const hour = Number(match[4])
  const minute = Number(match[5])
  const second = Number(match[6] ?? 0)
  const millisecond = match[7] ? Number(match[7].padEnd(3, '0').slice(0, 3)) : 0
  if (day === undefined || minute > 59 || second > 59) return undefined
  if (hour > 23 && !(hour === 24 && minute === 0 && second === 0 && millisecond === 0)) return undefined
  const shift = offsetOf(match[8])
  if (shift === undefined) return undefined
  return day * dayLength + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond - shift
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return offset
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', '') || 0)
  if (hours > 18 || minutes > 59) return undefined
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
