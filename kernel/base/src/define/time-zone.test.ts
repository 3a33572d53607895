import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, formatDay, formatInstant, parseDay, parseInstant, startOfDay, weekdayOf, yearOf } from './time-zone.ts'

const days = fc.integer({ min: parseDay('1900-01-01')!, max: parseDay('2999-12-31')! })

describe('Shanghai time', () => {
  test('names every day as the proleptic calendar does, there and back', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * 86_400_000)
        expect(formatDay(day)).toBe(date.toISOString().slice(0, 10))
        expect(parseDay(formatDay(day))).toBe(day)
        expect(weekdayOf(day)).toBe(date.getUTCDay())
        expect(yearOf(day)).toBe(date.getUTCFullYear())
      }),
      { numRuns: 2000 },
    )
  })

  test('begins a day eight hours before UTC does', () => {
    expect(formatInstant(startOfDay(parseDay('2026-03-03')!))).toBe('2026-03-02T16:00:00.000Z')
    expect(formatDay(dayOf(Date.parse('2026-03-02T15:59:59.999Z')))).toBe('2026-03-02')
    expect(formatDay(dayOf(Date.parse('2026-03-02T16:00:00Z')))).toBe('2026-03-03')
  })

  test.each([
    ['2026-03-02T02:00:00Z', '2026-03-02T02:00:00.000Z'],
    ['2026-03-02t02:00:00.5z', '2026-03-02T02:00:00.500Z'],
    ['2026-03-02T10:00:00+08:00', '2026-03-02T02:00:00.000Z'],
    ['2026-03-01T21:30:00.123456-0430', '2026-03-02T02:00:00.123Z'],
    ['2026-03-02 10:00:00+08', '2026-03-02T02:00:00.000Z'],
    ['2026-03-02T10:00', '2026-03-02T02:00:00.000Z'],
    ['2026-03-02 24:00', '2026-03-02T16:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, utc) => {
    expect(formatInstant(parseInstant(text)!)).toBe(utc)
  })

  test.each([
    '',
    'now',
    '2026-03-02',
    '2026-02-29T10:00',
    '2026-13-01T10:00',
    '2026-03-02T25:00',
    '2026-03-02T24:01',
    '2026-03-02T10:60',
    '2026-03-02T10:00:00+25:00',
    ' 2026-03-02T10:00',
    '2026-03-02T10:00Zulu',
    '0001-01-01T00:00Z',
  ])('does not read %j', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  test('reads whatever it wrote', () => {
    const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseInstant(date.toISOString())).toBe(date.getTime())
      }),
    )
  })
})
