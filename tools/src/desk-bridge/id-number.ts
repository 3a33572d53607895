const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const digits = '10X98765432'

/** The last of the eighteen, by GB 11643-1999 (ISO 7064 MOD 11-2). */
export const checkDigitOf = (first17: string): string =>
  digits[weights.reduce((sum, weight, at) => sum + weight * Number(first17[at]), 0) % 11] ?? ''

/** Eighteen places, a day that exists and a check digit that fits. */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/i.test(text)) return false
  const day = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return false
  return checkDigitOf(text) === text[17]?.toUpperCase()
}

/** As it may stand on a screen: the first and the last are enough to see whose card lies there. */
export const maskIdNumber = (text: string): string => `${text.slice(0, 1)}${'*'.repeat(13)}${text.slice(14)}`
