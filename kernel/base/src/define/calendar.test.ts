import { describe, expect, test } from 'vitest'
import { CalendarYearMissing, createWorkingCalendar, missingYears } from './calendar.ts'

const calendar = createWorkingCalendar(
  [2026],
  [
    { day: '2026-01-01', isWorking: false, name: '元旦' },
    { day: '2026-01-04', isWorking: true, name: '元旦调休上班' },
  ],
)

describe('a working calendar', () => {
  test('works Monday to Friday except on the days a notice names', () => {
    const answers = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05'].map((day) => calendar.isWorkingDay(day))
    expect(answers).toEqual([false, true, false, true, true])
  })

  test('never guesses a year it does not know', () => {
    expect(() => calendar.isWorkingDay('2027-03-01')).toThrow(new CalendarYearMissing(2027))
    expect(() => calendar.isWorkingDay('2025-12-31')).toThrow(CalendarYearMissing)
    expect(calendar.has(2027)).toBe(false)
  })

  test('refuses what is no date, rather than calling it a day off', () => {
    expect(() => calendar.isWorkingDay('2026-02-29')).toThrow(RangeError)
    expect(() => createWorkingCalendar([2026], [{ day: '2026-02-30', isWorking: false, name: '' }])).toThrow(RangeError)
    expect(() => createWorkingCalendar([2026], [{ day: '2027-01-01', isWorking: false, name: '元旦' }])).toThrow(RangeError)
  })

  test.each([
    [[]],
    [[['12:00', '09:00']]],
    [
      [
        ['09:00', '12:00'],
        ['11:00', '17:00'],
      ],
    ],
    [[['9:00', '12:00']]],
  ])('refuses working hours %j', (hours) => {
    expect(() => createWorkingCalendar([2026], [], hours as never)).toThrow(RangeError)
  })

  test('tells which years within the horizon are missing, by Shanghai dates', () => {
    expect(missingYears(calendar, new Date('2026-06-01T00:00:00Z'), 120)).toEqual([])
    expect(missingYears(calendar, new Date('2026-10-01T00:00:00Z'), 120)).toEqual([2027])
    expect(missingYears(calendar, new Date('2026-12-31T16:00:00Z'), 0)).toEqual([2027])
    expect(missingYears(calendar, new Date('2025-12-31T15:59:59Z'), 400)).toEqual([2025, 2027])
  })
})
