import { dayOf, formatDay, minuteOf, startOfDay, type WorkingCalendar } from '@linli/base/define'

const minute = 60_000
const hour = 3_600_000

/** When people in offices do things: walks of working hours, forward and backward, over weekends and festivals. */
export interface WorkTime {
  /** The instant after so many working hours; 0 is the first working instant. */
  after(from: Date, hours: number): Date
  /** The instant before which so many working hours lie. */
  before(until: Date, hours: number): Date
  isWorkingDay(at: Date): boolean
}

export function workTime(calendar: WorkingCalendar): WorkTime {
  const windows = calendar.hours.map(([from, to]) => [minuteOf(from) * minute, minuteOf(to) * minute] as const)
  const works = (day: number): boolean => {
    const date = formatDay(day)
    if (calendar.has(Number(date.slice(0, 4)))) return calendar.isWorkingDay(date)
    const weekday = (((day + 4) % 7) + 7) % 7
    return weekday !== 0 && weekday !== 6
  }
  return {
    isWorkingDay: (at) => works(dayOf(at.getTime())),
    after(from, hours) {
      let rest = hours * hour
      for (let day = dayOf(from.getTime()); ; day += 1) {
        if (!works(day)) continue
        for (const [opens, closes] of windows) {
          const start = Math.max(startOfDay(day) + opens, from.getTime())
          const end = startOfDay(day) + closes
          if (start >= end) continue
          if (start + rest < end) return new Date(start + rest)
          rest -= end - start
        }
      }
    },
    before(until, hours) {
      let rest = hours * hour
      for (let day = dayOf(until.getTime()); ; day -= 1) {
        if (!works(day)) continue
        for (const [opens, closes] of [...windows].reverse()) {
          const start = startOfDay(day) + opens
          const end = Math.min(startOfDay(day) + closes, until.getTime())
          if (start >= end) continue
          if (end - rest > start) return new Date(end - rest)
          rest -= end - start
        }
      }
    },
  }
}
