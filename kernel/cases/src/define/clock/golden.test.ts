import {
  CalendarYearMissing,
  createWorkingCalendar,
  type ExceptionalDay,
  formatDay,
  formatInstant,
  parseDay,
  parseInstant,
  type WorkingCalendar,
} from '@linli/base/define'
import { describe, expect, test } from 'vitest'
import { notices } from './golden/calendar.ts'
import { goldenDeadlines } from './golden.ts'
import { runClock } from './index.ts'

type Year = keyof typeof notices

function noticeDays(year: Year): ExceptionalDay[] {
  const off = notices[year].off.flatMap(([from, to, name]) => {
    const days: ExceptionalDay[] = []
    for (let day = parseDay(from)!; day <= parseDay(to)!; day++) days.push({ day: formatDay(day), isWorking: false, name })
    return days
  })
  return [...off, ...notices[year].makeUp.map((day) => ({ day, isWorking: true, name: '调休上班' }))]
}

const calendarOf = (...years: Year[]): WorkingCalendar => createWorkingCalendar(years, years.flatMap(noticeDays))
const calendars = { '2025': calendarOf(2025), '2026': calendarOf(2026), '2025-2026': calendarOf(2025, 2026) }

const utc = (text: string | null): string | null => (text === null ? null : formatInstant(parseInstant(text)!))

describe('the golden table of deadlines', () => {
  for (const { id, why, calendar, policy, openedAt, entries = [], now, expect: expected } of goldenDeadlines) {
    test(`${id}: ${why} [GRID-06]`, () => {
      const read = () => runClock(policy, openedAt, entries, calendars[calendar], now)
      if ('missingYear' in expected) {
        expect(read).toThrow(new CalendarYearMissing(expected.missingYear))
        return
      }
      const reading = read()
      expect(reading.dueAt).toBe(utc(expected.dueAt))
      if (expected.amberAt !== undefined) expect(reading.amberAt).toBe(utc(expected.amberAt))
      if (expected.onTime !== undefined) expect(reading.onTime).toBe(expected.onTime)
      if (expected.state !== undefined) expect(reading.state).toBe(expected.state)
      if (expected.pausedUntil !== undefined) expect(reading.pausedUntil).toBe(utc(expected.pausedUntil))
    })
  }

  test('has at least 60 rows, each with an id of its own, a rule and a reason', () => {
    expect(goldenDeadlines.length).toBeGreaterThanOrEqual(60)
    expect(new Set(goldenDeadlines.map(({ id }) => id)).size).toBe(goldenDeadlines.length)
    for (const { rule, why } of goldenDeadlines) {
      expect(rule).toMatch(/^(standards \d|default: |design \d|GRID-06)/)
      expect(why).not.toBe('')
    }
  })
})
