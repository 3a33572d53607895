/** How long a figure may stand without the server having confirmed it; after that it is grey. */
export const staleAfter = 60_000
const patience = 10_000
const firstPause = 1_000
const longestPause = 15_000

export interface Reading<T> {
  /** The last answer; undefined until there was one. */
  readonly data: T | undefined
  /** When that was, by this page's clock. */
  readonly contactAt: number | undefined
  /** The last try failed. */
  readonly isFailing: boolean
}

interface KeepOptions<T> {
  read(signal: AbortSignal): Promise<T>
  /** Read again after this time although nothing was heard: deadlines pass without any event. */
  every: number
  /** Not more often than this, however much is heard. */
  least: number
  onReading(reading: Reading<T>): void
  /** True when trying again makes no sense: the session is over. */
  isFinal(error: unknown): boolean
}

/**
 * Keeps one answer of the server fresh for as long as the page lives: now, whenever `poke` says that something happened (a storm of pokes is
 * one reading), and by itself. What fails is tried again with growing pauses; what hangs is given up. The last answer stays, with its age.
 */
export function keepFresh<T>({ read, every, least, onReading, isFinal }: KeepOptions<T>): { poke(): void; stop(): void } {
  let reading: Reading<T> = { data: undefined, contactAt: undefined, isFailing: false }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined
  let wasPoked = false
  let failures = 0
  let startedAt = Number.NEGATIVE_INFINITY
  let isStopped = false

  const plan = (wait: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void run(), wait)
  }

  const tell = (next: Reading<T>) => {
    reading = next
    onReading(next)
  }

  const run = async (): Promise<void> => {
    clearTimeout(timer)
    wasPoked = false
    startedAt = Date.now()
    const mine = new AbortController()
    running = mine
    const giveUp = setTimeout(() => mine.abort(), patience)
    try {
      const data = await read(mine.signal)
      if (isStopped) return
      failures = 0
      tell({ data, contactAt: Date.now(), isFailing: false })
    } catch (error) {
      if (isStopped) return
      failures += 1
      tell({ ...reading, isFailing: true })
      if (isFinal(error)) return stop()
    } finally {
      clearTimeout(giveUp)
      running = undefined
    }
    plan(failures > 0 ? Math.min(longestPause, firstPause * 2 ** (failures - 1)) : wasPoked ? gap() : every)
  }

  const gap = () => Math.max(0, startedAt + least - Date.now())

  const stop = () => {
    isStopped = true
    clearTimeout(timer)
    running?.abort()
  }

  void run()
  return {
    poke() {
      if (isStopped || wasPoked) return
      wasPoked = true
      if (!running) plan(gap())
    },
    stop,
  }
}

export function isStale(contactAt: number | undefined, now: number): boolean {
  return contactAt !== undefined && now - contactAt > staleAfter
}
