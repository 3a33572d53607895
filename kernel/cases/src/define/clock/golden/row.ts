import type { ClockEntry, ClockPolicy, ClockState } from '../policy.ts'

/**
 * One hand-reasoned deadline. Times without an offset are Asia/Shanghai and may say `24:00`, as the rule does;
 * `calendar` names the years whose holiday notices are loaded, every other year is unknown.
 */
export interface GoldenRow {
  id: string
  /** Where the rule stands: a paragraph of the domain reference (`standards`), or `default` for a choice of this platform. */
  rule: string
  /** The reasoning by hand; numbers in brackets count working days. */
  why: string
  calendar: '2025' | '2026' | '2025-2026'
  policy: ClockPolicy
  openedAt: string
  entries?: readonly ClockEntry[]
  now?: string
  expect: GoldenDeadline | { missingYear: number }
}

export interface GoldenDeadline {
  dueAt: string | null
  onTime?: boolean | null
  amberAt?: string | null
  state?: ClockState
  pausedUntil?: string | null
}

export const days = (amount: number): ClockPolicy => ({ kind: 'working-days', amount })
export const hours = (amount: number): ClockPolicy => ({ kind: 'working-hours', amount })
export const elapsed = (amount: number | string): ClockPolicy => ({ kind: 'elapsed', amount })
export const fixed = (dueAt: string): ClockPolicy => ({ kind: 'fixed', dueAt })

export const pause = (at: string, until?: string): ClockEntry => ({ at, move: 'pause', ...(until && { until }) })
export const resume = (at: string): ClockEntry => ({ at, move: 'resume' })
export const extend = (at: string, more: { until?: string; amount?: number | string } = {}): ClockEntry => ({ at, move: 'extend', ...more })
export const close = (at: string): ClockEntry => ({ at, move: 'close' })
export const reopen = (at: string): ClockEntry => ({ at, move: 'reopen' })
export const other = (at: string, move: string): ClockEntry => ({ at, move })

export const dayCount = 'standards 4.5: day 0 = acceptance, counting starts the next working day, deadline = 24:00 of day N'
export const calendarRule = 'standards 4.5: calendar = weekends + the yearly notice of holidays and make-up workdays'
export const missingRule = 'standards 4.5: if the year is missing, warn loudly instead of assuming'
export const pauseRule = 'standards 4.5: every pause needs a reason and an end; default: a day counts when the clock runs at its 24:00'
export const hoursRule = 'standards 4.5: working hours count only inside 09:00-12:00 and 13:30-17:30 of working days'
export const extendRule = 'standards 4.1: extension; default: once, by the policy amount unless the approval says otherwise'
export const reopenRule = 'default: reopening starts a fresh clock with the same policy'
export const urgentRule = 'standards 4.1: URGENT 2 h / 24 h in elapsed time'
export const amberRule = 'GRID-06: amber at 80 %, red at 100 %'
export const neverRule = 'design 4, clock truth: a comment, an edit or a read never moves a deadline'
