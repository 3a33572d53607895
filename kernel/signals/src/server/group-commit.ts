import { isDatabaseAway } from '@linli/base/server'

export interface LaneOptions<T, R> {
  /** Commits all of them in one transaction and answers one result each; nothing is kept when it throws. */
  commit(items: T[]): Promise<R[]>
  /** Most items of one transaction. */
  most: number
  /** Between the beginnings of two transactions that are not full, so that a trickle is not one transaction for each message. */
  restMs?: number
}

/** Many callers, few transactions: each caller's promise answers when the transaction that holds its item has committed. */
export interface Lane<T, R> {
  add(item: T): Promise<R>
  /** When everything that was added has been committed or refused. */
  drain(): Promise<void>
}

interface Waiting<T, R> {
  item: T
  done(result: R): void
  fail(error: unknown): void
}

/**
 * Group commit. While one transaction is on its way the next batch gathers, so a lone message waits for nothing and a flood is committed
 * in as few transactions as the database can take. One item that the database refuses does not take its neighbors with it.
 */
export function createLane<T, R>({ commit, most, restMs = 0 }: LaneOptions<T, R>): Lane<T, R> {
  let waiting: Waiting<T, R>[] = []
  let running: Promise<void> | undefined
  let restUntil = 0
  let full = () => {}

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      await rest()
      restUntil = performance.now() + restMs
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await commitBatch(batch)
    }
    running = undefined
  }

  const rest = async (): Promise<void> => {
    const left = restUntil - performance.now()
    if (left <= 0 || waiting.length >= most) return
    await new Promise<void>((resolve) => {
      full = resolve
      setTimeout(resolve, left)
    })
  }

  const commitBatch = async (batch: Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await commit(batch.map(({ item }) => item))
      batch.forEach(({ done }, index) => {
        done(results[index]!)
      })
    } catch (error) {
      if (batch.length === 1 || isDatabaseAway(error)) for (const { fail } of batch) fail(error)
      else for (const one of batch) await commitBatch([one])
    }
  }

  return {
    add: (item) =>
      new Promise<R>((done, fail) => {
        waiting.push({ item, done, fail })
        if (waiting.length >= most) full()
        // The packets that came with this one join its batch.
        running ??= new Promise<void>((resume) => setImmediate(resume)).then(run)
      }),
    drain: async () => {
      await running
    },
  }
}
