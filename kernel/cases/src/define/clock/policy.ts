import { parseInstant } from '@linli/base/define'

/** How long a matter may take (时限), as data: the same object sits in a case definition, a database row and an evaluation file. */
export type ClockPolicy =
  | { kind: 'working-days'; amount: number }
  | { kind: 'working-hours'; amount: number }
  /** Hours, or an ISO 8601 duration of weeks, days, hours, minutes and seconds. */
  | { kind: 'elapsed'; amount: number | string }
  | { kind: 'fixed'; dueAt: Time }

/** ISO 8601 text (without an offset it is Asia/Shanghai) or a Date. */
export type Time = string | Date

/**
 * What the clock reads of a case's entry. Only `pause`, `resume`, `extend`, `close` and `reopen` move anything;
 * every other move, known or not, is passed over unread.
 */
export interface ClockEntry {
  at: Time
  move: string
  /** Planned end of a pause, or the new deadline of an extension. */
  until?: Time | null
  /** How much an extension adds; the policy's own amount when absent. */
  amount?: number | string | null
}

export type ClockState = 'onTime' | 'dueSoon' | 'overdue' | 'paused' | 'done'

/** A policy or an entry that cannot be read; `field` says where, as in `entries[2].until`. */
export class ClockInputInvalid extends Error {
  readonly field: string
  readonly expected: string
  constructor(field: string, expected: string) {
    super(`${field}: expected ${expected}`)
    this.name = 'ClockInputInvalid'
    this.field = field
    this.expected = expected
  }
}

/** The policy with its amount checked and in the unit it is measured in. */
export type Measure =
  | { kind: 'working-days'; amount: number }
  | { kind: 'working-hours' | 'elapsed'; amount: number }
  | { kind: 'fixed'; dueAt: number }

export function readPolicy(policy: ClockPolicy): Measure {
  if (policy.kind === 'fixed') return { kind: 'fixed', dueAt: readTime(policy.dueAt, 'policy.dueAt') }
  return { kind: policy.kind, amount: readAmount(policy.kind, policy.amount, 'policy.amount') }
}

/** Days for working days, milliseconds for the two kinds that are measured in hours. */
export function readAmount(kind: Exclude<ClockPolicy['kind'], 'fixed'>, amount: unknown, field: string): number {
  switch (kind) {
    case 'working-days':
      if (typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 1) return amount
      throw new ClockInputInvalid(field, 'a whole number of working days, at least 1')
    case 'working-hours':
      return readHours(amount) ?? refuse(field, 'a positive number of hours')
    case 'elapsed':
      return (
        readHours(amount) ??
        readDuration(amount) ??
        refuse(field, 'a positive number of hours or an ISO 8601 duration without months and years')
      )
    default:
      throw new ClockInputInvalid('policy.kind', 'working-days, working-hours, elapsed or fixed')
  }
}

function refuse(field: string, expected: string): never {
  throw new ClockInputInvalid(field, expected)
}

const hour = 3_600_000
/** A thousand years; beyond it a Date cannot be trusted to stay a Date. */
const longest = 1000 * 366 * 24 * hour

function readHours(amount: unknown): number | undefined {
  return typeof amount === 'number' ? positive(amount * hour) : undefined
}

const isoDuration =
  /^P(?=[\dT])(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/

/** Months and years are refused: they have no length of their own. */
function readDuration(text: unknown): number | undefined {
  const match = typeof text === 'string' ? isoDuration.exec(text) : null
  if (!match) return undefined
  const part = (index: number, unit: number): number => Number((match[index] ?? '0').replace(',', '.')) * unit
  return positive(part(1, 168 * hour) + part(2, 24 * hour) + part(3, hour) + part(4, hour / 60) + part(5, 1000))
}

function positive(milliseconds: number): number | undefined {
  const whole = Math.round(milliseconds)
  return whole >= 1 && whole <= longest ? whole : undefined
}

export function readTime(value: unknown, field: string): number {
  const instant = value instanceof Date ? value.getTime() : typeof value === 'string' ? parseInstant(value) : undefined
  if (instant === undefined || Number.isNaN(instant)) throw new ClockInputInvalid(field, 'an ISO 8601 date and time')
  return instant
}
