import type { Clock } from '../server/clock.ts'

/** A clock that stands still until it is told to move. */
export class TestClock implements Clock {
  #now: number
  constructor(now: Date) {
    this.#now = now.getTime()
  }
  now(): Date {
    return new Date(this.#now)
  }
  moveTo(target: Date | string): void {
    this.#now = new Date(target).getTime()
  }
  advance(milliseconds: number): void {
    this.#now += milliseconds
  }
}

/** A Monday morning in Asia/Shanghai that is no holiday, unless another instant is asked for. */
export function aClock(at: Date | string = '2026-03-02T09:00:00+08:00'): TestClock {
  return new TestClock(new Date(at))
}
