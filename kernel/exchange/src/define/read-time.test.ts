import { parseInstant } from '@linli/base/define'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeReader } from './read-time.ts'

const shanghai = timeReader(undefined, 'Asia/Shanghai')
const instantOf = (text: string): number => Date.parse(text)

test.each([
  ['2026-03-02 09:30', '2026-03-02T01:30:00Z'],
  ['2026/3/2 9:30:05', '2026-03-02T01:30:05Z'],
  ['2026年3月2日 9时30分', '2026-03-02T01:30:00Z'],
  ['2026年3月2日', '2026-03-01T16:00:00Z'],
  ['2026.3.2', '2026-03-01T16:00:00Z'],
  ['2026-03-02T09:30:00.250', '2026-03-02T01:30:00.250Z'],
  ['2026-03-02T09:30:00Z', '2026-03-02T09:30:00Z'],
  ['2026-03-02T09:30:00-05:00', '2026-03-02T14:30:00Z'],
  ['2026-03-02 24:00', '2026-03-02T16:00:00Z'],
])('%s in Shanghai is %s', (text, instant) => {
  expect(shanghai(text)).toBe(instantOf(instant))
})

test.each([
  '2015-02-30',
  '2026-02-29 08:00',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '25:00',
  '2026-03-02 24:30',
  '2026-03-02 09:60',
  'yesterday',
  '',
  '0000-01-01',
  '2026-03-02 09:30 吧',
])('%s is no time', (text) => {
  expect(shanghai(text)).toBeUndefined()
})

test('a format says what stands where, with AM and PM', () => {
  expect(timeReader('MM/dd/yyyy hh:mm:ss a', 'America/New_York')('07/04/2015 12:05:00 AM')).toBe(instantOf('2015-07-04T04:05:00Z'))
  expect(timeReader('MM/dd/yyyy hh:mm:ss a', 'America/New_York')('07/04/2015 01:05:00 PM')).toBe(instantOf('2015-07-04T17:05:00Z'))
  expect(timeReader('d.M.yyyy', 'Europe/Berlin')('4.7.2015')).toBe(instantOf('2015-07-03T22:00:00Z'))
  expect(timeReader("yyyy'年'M'月'", 'Asia/Shanghai')('2015年7月')).toBe(instantOf('2015-06-30T16:00:00Z'))
  expect(timeReader('MM/dd/yyyy', 'Asia/Shanghai')('30/02/2015')).toBeUndefined()
  expect(timeReader('hh:mm a dd.MM.yyyy', 'Asia/Shanghai')('13:00 PM 01.01.2015')).toBeUndefined()
  // A date cell of a workbook comes as ISO text whatever the column was said to look like.
  expect(timeReader('MM/dd/yyyy', 'Asia/Shanghai')('2015-07-04')).toBe(instantOf('2015-07-03T16:00:00Z'))
})

test('an hour that comes twice is the first one, and one that is skipped is the one after it', () => {
  const boston = timeReader(undefined, 'America/New_York')
  expect(boston('2015-11-01 01:30')).toBe(instantOf('2015-11-01T05:30:00Z'))
  expect(boston('2015-03-08 02:30')).toBe(instantOf('2015-03-08T07:30:00Z'))
  expect(boston('2015-03-08 01:59')).toBe(instantOf('2015-03-08T06:59:00Z'))
  expect(boston('2015-03-08 03:00')).toBe(instantOf('2015-03-08T07:00:00Z'))
})

test('in Shanghai it reads what the platform reads', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.parse('1992-01-01'), max: Date.parse('2090-01-01') }), (instant) => {
      const wall = new Date(instant + 8 * 3_600_000).toISOString().slice(0, 19)
      expect(shanghai(wall)).toBe(parseInstant(wall))
    }),
  )
})

test('whatever is written in a cell or a format, nothing breaks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1, maxLength: 40 }), (text, format) => {
      expect(['number', 'undefined']).toContain(typeof timeReader(format, 'Asia/Shanghai')(text))
    }),
  )
})
