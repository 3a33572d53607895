import type { WorkingCalendar } from '@linli/base/define'
import { type CaseState, timesOf } from '@linli/cases/define'
import type { Random } from './random.ts'
import type { WorkTime } from './work-time.ts'

const minute = 60_000
const hour = 60 * minute

export interface Paced {
  random: Random
  work: WorkTime
  calendar: WorkingCalendar
  openedAt: Date
  /** The state after the steps that were taken. */
  state: () => CaseState
  /** Key of the clock that the handling unit works against. */
  clock: string
  isUrgent: () => boolean
}

/** The time of the case: only ever forward. */
export class Pace {
  readonly #life: Paced
  #now: Date

  constructor(life: Paced) {
    this.#life = life
    this.#now = life.openedAt
  }

  exactly(at: Date): Date {
    this.#now = new Date(Math.max(at.getTime(), this.#now.getTime() + 1000))
    return this.#now
  }

  seconds(count: number): Date {
    return this.exactly(new Date(this.#now.getTime() + count * 1000))
  }

  inMinutes(low: number, high: number): Date {
    return this.exactly(new Date(this.#now.getTime() + this.#life.random.between(low, high) * minute))
  }

  inDays(low: number, high: number): Date {
    const at = new Date(this.#now.getTime() + this.#life.random.between(low, high) * 24 * hour)
    return this.exactly(atDaytime(at))
  }

  /** About so many working hours later; what is urgent does not wait for the office to open. */
  work(median: number): Date {
    const { random, work, isUrgent } = this.#life
    const hours = random.around(median)
    if (isUrgent()) return this.exactly(new Date(this.#now.getTime() + Math.min(hours, 3) * hour * 0.4))
    return this.exactly(work.after(new Date(this.#now.getTime() + 40_000), hours))
  }

  /** When this share of the handling unit's time is used up, in working time. */
  share(part: number): Date {
    const { state, calendar, work, random, isUrgent, clock: key } = this.#life
    const clock = state().clocks.findLast((one) => one.key === key)!
    const { dueAt } = timesOf(clock, calendar)
    const start = clock.startedAt.getTime()
    const at = new Date(start + ((dueAt?.getTime() ?? start) - start) * part)
    const from = new Date(Math.max(at.getTime(), this.#now.getTime() + 60_000))
    if (isUrgent()) return this.exactly(from)
    const inside = work.before(from, random.between(0, 1))
    return this.exactly(inside > this.#now ? inside : work.after(from, random.between(0.1, 1)))
  }
}

/** Residents write between breakfast and bedtime. */
function atDaytime(at: Date): Date {
  const hourOfDay = new Date(at.getTime() + 8 * hour).getUTCHours()
  return hourOfDay < 7 ? new Date(at.getTime() + (8 - hourOfDay) * hour) : at
}
