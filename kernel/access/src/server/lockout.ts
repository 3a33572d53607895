import type { Clock } from '@linli/base/server'

/** Wrong passwords in a row before a lock. */
export const attemptsPerLock = 5
const minute = 60_000
const longest = 24 * 60 * minute

/** Every fifth wrong password in a row locks: 15 minutes, then twice as long each time, at most a day; 0 for the others. */
export function lockFor(failedCount: number): number {
  if (failedCount === 0 || failedCount % attemptsPerLock !== 0) return 0
  return Math.min(15 * minute * 2 ** (failedCount / attemptsPerLock - 1), longest)
}

/**
 * Accounts that do not exist, locked just like those that do, so that a lock tells nobody which logins are real.
 * In memory and bounded: it guards no account, only the answer.
 */
export class Strangers {
  readonly #clock: Clock
  readonly #known = new Map<string, { failed: number; lockedUntil: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  lockedUntil(login: string): Date | undefined {
    const until = this.#known.get(login)?.lockedUntil ?? 0
    return until > this.#clock.now().getTime() ? new Date(until) : undefined
  }

  fail(login: string): Date | undefined {
    const failed = (this.#known.get(login)?.failed ?? 0) + 1
    const lock = lockFor(failed)
    const lockedUntil = lock ? this.#clock.now().getTime() + lock : 0
    this.#known.delete(login)
    if (this.#known.size >= 10_000) this.#known.delete(this.#known.keys().next().value as string)
    this.#known.set(login, { failed, lockedUntil })
    return lock ? new Date(lockedUntil) : undefined
  }
}
