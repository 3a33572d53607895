import type { Language } from '../text/index.ts'

export type ClockState = 'onTime' | 'dueSoon' | 'overdue' | 'paused' | 'done'

/** What a badge needs of a clock; the contract's ClockView and the clock of a list row both fit. */
export interface ClockFacts {
  state: ClockState
  startedAt: string
  dueAt: string
  amberAt: string
  stoppedAt: string | null
  pausedUntil: string | null
  pauseReason: string | null
}

const order: Record<'onTime' | 'dueSoon' | 'overdue', number> = { onTime: 0, dueSoon: 1, overdue: 2 }

/**
 * The server's state carried on to `now`: a list that has been open for an hour must not say "due soon" of a deadline that has passed.
 * It only ever moves forward, along the instants that the server sent; paused and done never change by themselves.
 */
export function stateAt(clock: ClockFacts, now: number): ClockState {
  if (clock.state === 'paused' || clock.state === 'done') return clock.state
  const reached = now >= Date.parse(clock.dueAt) ? 'overdue' : now >= Date.parse(clock.amberAt) ? 'dueSoon' : 'onTime'
  return order[reached] > order[clock.state] ? reached : clock.state
}

/** How much of the time between start and deadline is left, 0..1: the slice of the ring. */
export function shareLeft(clock: ClockFacts, now: number): number {
  const start = Date.parse(clock.startedAt)
  const whole = Date.parse(clock.dueAt) - start
  if (whole <= 0) return 0
  return Math.min(1, Math.max(0, (start + whole - now) / whole))
}

interface ShortWords {
  day: string
  hour: string
  minute: string
  moment: string
}
const short: Record<Language, ShortWords> = {
  'zh-CN': { day: '天', hour: '时', minute: '分', moment: '不到 1 分' },
  en: { day: 'd', hour: 'h', minute: 'min', moment: 'under 1 min' },
}

/** `38 分`, `1 时 40 分`, `20 时`, `2 天 4 时`, `5 天`: two units at most, and only where the second still matters. */
export function shortLength(millis: number, language: Language): string {
  const words = short[language]
  const minutes = Math.floor(Math.abs(millis) / 60_000)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days >= 3) return `${days} ${words.day}`
  if (days >= 1) return two(days, words.day, hours % 24, words.hour)
  if (hours >= 10) return `${hours} ${words.hour}`
  if (hours >= 1) return two(hours, words.hour, minutes % 60, words.minute)
  return minutes >= 1 ? `${minutes} ${words.minute}` : words.moment
}

function two(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor > 0 ? `${major} ${majorUnit} ${minor} ${minorUnit}` : `${major} ${majorUnit}`
}
