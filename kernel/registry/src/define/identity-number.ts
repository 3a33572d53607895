import { dayOf, formatDay } from '@linli/base/define'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

/** What a citizen identity number (GB 11643-1999) says about its holder. */
export interface Identity {
  /** 18 characters, the last possibly X. */
  number: string
  /** Calendar date. */
  birthDate: string
  /** GB/T 2261.1: 1 male, 2 female. */
  sex: '1' | '2'
}

/**
 * Reads a number of 18 characters; undefined when it cannot be one: wrong check digit, impossible or future date. The region is not
 * checked, for codes of regions that are gone live on in numbers.
 */
export function readIdentity(text: string, now: Date): Identity | undefined {
  const number = text.trim().toUpperCase()
  if (!/^\d{17}[\dX]$/.test(number) || checkDigitOf(number) !== number[17]) return undefined
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDate(birthDate) || birthDate < '1850-01-01' || birthDate > formatDay(dayOf(now.getTime()))) return undefined
  return { number, birthDate, sex: Number(number[16]) % 2 === 1 ? '1' : '2' }
}

/** The 18th character that belongs to the first 17. */
export function checkDigitOf(number: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
  return checkDigits[sum % 11]!
}

const isDate = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
