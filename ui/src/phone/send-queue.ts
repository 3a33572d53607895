import { ApiError } from '@linli/ui/client'
import type { Kept } from './kept.ts'

/** The server's "no" to something that was kept on the phone: a person has to look at it. */
export interface Refusal {
  code: string
  detail: string
  fields?: { path: string; message: string }[]
}

export type Sending<T, R> = { kind: 'sent'; result: R } | { kind: 'waiting' } | { kind: 'refused'; item: T }

export interface SendQueueOptions<T extends { refusal?: Refusal }, R> {
  kept: Kept<readonly T[]>
  idOf(item: T): string
  /** Sends one item, again with the same request id if it was sent before. */
  send(item: T): Promise<R>
  /** It is on the server. */
  sent(item: T, result: R): void
  /** Whether an answer is only a "later"; `shouldWait` when absent. */
  waits?(error: ApiError): boolean
  /** Two pages of one phone that share what waits send it one after the other, under this name. */
  lock?: string
  /** Items that are not to be sent now stay where they are. */
  mayGo?(item: T): boolean
}

export interface SendQueue<T, R> {
  /** Keeps the item on the phone before the first byte is sent. The same id is kept once. */
  add(item: T): void
  find(id: string): T | undefined
  update(id: string, change: Partial<T>): void
  /** Sends what waits, oldest first, one at a time; stops at the first sign that the server is away. */
  flush(): Promise<void>
  /** Sends, and says what became of one item. */
  sendNow(id: string): Promise<Sending<T, R>>
  discard(id: string): T | undefined
}

/** What was done without an answer yet. Nothing is dropped silently, and nothing happens twice: each item keeps its request id. */
export function createSendQueue<T extends { refusal?: Refusal }, R>(options: SendQueueOptions<T, R>): SendQueue<T, R> {
  const { kept, idOf, send, sent, waits = shouldWait, mayGo = () => true, lock } = options
  const results = new Map<string, R>()
  let flushing: Promise<void> | undefined

  const find = (id: string): T | undefined => kept.get().find((item) => idOf(item) === id)
  const update = (id: string, change: Partial<T>): void => {
    kept.change((all) => all.map((item) => (idOf(item) === id ? { ...item, ...change } : item)))
  }
  const drop = (id: string): void => {
    kept.change((all) => all.filter((item) => idOf(item) !== id))
  }

  /** True when it left the queue or was refused; false when the server is away and the rest may wait too. */
  async function sendOne(id: string): Promise<boolean> {
    const waiting = find(id)
    if (!waiting) return true
    try {
      const result = await send(waiting)
      const item = find(id)
      if (item) sent(item, result)
      results.set(id, result)
      drop(id)
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || waits(error)) return false
      const { code, detail, title, fields } = error.problem
      const refusal: Refusal = { code, detail: detail ?? title, ...(fields ? { fields } : {}) }
      update(id, { refusal } as Partial<T>)
      return true
    }
  }

  async function flushAll(): Promise<void> {
    for (const item of kept.get()) {
      if (item.refusal || !mayGo(item)) continue
      if (!(await sendOne(idOf(item)))) return
    }
  }

  const queue: SendQueue<T, R> = {
    add(item) {
      kept.change((all) => (all.some((other) => idOf(other) === idOf(item)) ? all : [...all, item]))
    },
    find,
    update,
    flush() {
      flushing ??= alone(lock, flushAll).finally(() => {
        flushing = undefined
      })
      return flushing
    },
    async sendNow(id) {
      // A flush under way may have begun before this item was added: let it end, then send.
      await flushing
      if (!results.has(id)) await queue.flush()
      if (results.has(id)) return { kind: 'sent', result: results.get(id) as R }
      const item = find(id)
      return item?.refusal ? { kind: 'refused', item } : { kind: 'waiting' }
    },
    discard(id) {
      const item = find(id)
      drop(id)
      return item
    },
  }
  return queue
}

/** While no other page of this phone does. Where a browser has no locks, the request id alone keeps it to one. */
function alone(lock: string | undefined, act: () => Promise<void>): Promise<void> {
  return lock && 'locks' in navigator ? navigator.locks.request(lock, act) : act()
}

/** No connection, a restart, too many at once: not a "no", only a "later". */
export function shouldWait(error: ApiError): boolean {
  return error.status === 0 || error.status === 429 || error.status >= 500 || error.code === 'client.unreadable'
}

const pause = 15_000

/** Tries again whenever the connection, the page or the clock gives reason to. */
export function keepTrying(attempt: () => void): void {
  globalThis.addEventListener('online', attempt)
  globalThis.addEventListener('focus', attempt)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && attempt())
  setInterval(attempt, pause)
  attempt()
}
