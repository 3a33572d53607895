/** The one source of "now". Everything that compares or stores time takes it from here, so a test can move it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** Test mode: the real clock plus an offset that only grows. */
export class MovableClock implements Clock {
  #offset: number
  /** `offset`: how far it was moved before a restart, milliseconds. */
  constructor(offset = 0) {
    this.#offset = offset
  }
  now(): Date {
    return new Date(Date.now() + this.#offset)
  }
  /** Moves to `target`; false when that would be backward. */
  moveTo(target: Date): boolean {
    const step = target.getTime() - this.now().getTime()
    if (step < -1000) return false
    this.#offset += Math.max(0, step)
    return true
  }
}
