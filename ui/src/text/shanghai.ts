const hour = 3_600_000
const shift = 8 * hour

export type Moment = string | number | Date

/** Civil time in Asia/Shanghai: UTC+8 all year (daylight saving ended in 1991). `dayNumber` counts days, for "tomorrow". */
export interface Civil {
  year: number
  month: number
  day: number
  weekday: number
  hour: number
  minute: number
  dayNumber: number
}

export function millis(at: Moment): number {
  return typeof at === 'number' ? at : new Date(at).getTime()
}

export function civil(at: Moment): Civil {
  const shifted = new Date(millis(at) + shift)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    dayNumber: Math.floor((millis(at) + shift) / (24 * hour)),
  }
}
