import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigitOf, readIdentity } from './identity-number.ts'

const now = new Date('2026-03-02T04:00:00Z')

test('the examples of the standard are read, with birth and sex', () => {
  expect(readIdentity('11010519491231002x', now)).toEqual({ number: '11010519491231002X', birthDate: '1949-12-31', sex: '2' })
  expect(readIdentity('440524188001010014', now)).toMatchObject({ birthDate: '1880-01-01', sex: '1' })
})

test('impossible and future dates are no dates of birth', () => {
  for (const day of ['20230230', '20261201', '18491231', '20231301']) {
    const first = `239999${day}001`
    expect(readIdentity(first + checkDigitOf(first), now)).toBeUndefined()
  }
})

test('whatever single character is changed, the number is refused', () => {
  fc.assert(
    fc.property(fc.nat(16), fc.nat(8), fc.nat(999), (at, by, sequence) => {
      const first = `23999919510315${String(sequence).padStart(3, '0')}`
      const number = first + checkDigitOf(first)
      expect(readIdentity(number, now)).toBeDefined()
      const other = number.slice(0, at) + String((Number(number[at]) + 1 + by) % 10) + number.slice(at + 1)
      expect(readIdentity(other, now)).toBeUndefined()
    }),
  )
})
