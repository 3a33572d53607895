import { BaseError } from '../errors.ts'

/** Lets so many run at once and so many wait; who comes then is told to try again. */
export function createGate({ atOnce, waiting }: { atOnce: number; waiting: number }): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw BaseError('busy', { detail: '上传的人太多，请稍后再试', retryAfterSeconds: 5 })
      await new Promise<void>((resolve) => queue.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      // The place goes to the next in line, or is free.
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}
