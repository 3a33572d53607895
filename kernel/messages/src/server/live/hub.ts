import {
  type Actor,
  findOutboxEnd,
  isBefore,
  type Log,
  listenForWakes,
  type Position,
  readOutbox,
  sql,
  systemActor,
  type TransactionDeps,
  transact,
  type WakeLine,
} from '@linli/base/server'
import type { EventStream } from './event-stream.ts'
import { fanOut, type Listener } from './fan-out.ts'
import { someAtOnce } from './some-at-once.ts'
import { inboxEvents, type LiveTopic } from './topic.ts'

export interface HubOptions extends TransactionDeps {
  topics: readonly LiveTopic[]
  log?: Log
  /** Hears other processes commit; without it their events are found by polling. */
  wakeLine?: WakeLine
  pollMs?: number
  beatMs?: number
  /** How often every listener's session is looked at again; a revoked one ends within this time. */
  recheckMs?: number
}

export interface Hub {
  /** Begins a stream: from now on, or from where an earlier one broke off (`resume`; null is a place that cannot be understood). */
  open(
    stream: EventStream,
    client: { actor: Actor; resume?: Position | null; retryMs?: number; recheck(): Promise<Actor | undefined> },
  ): Promise<void>
  /** These events were committed, or any. */
  wake(committed?: ReadonlySet<string>): void
  readonly size: number
  stop(): Promise<void>
}

interface Client extends Listener {
  recheck(): Promise<Actor | undefined>
}

const batch = 500
/** So many sessions are looked at together: thousands of open pages must not take the connections of requests. */
const recheckedAtOnce = 8
/** More than this was missed, or longer ago: reading the lists again is cheaper than telling it all. */
const mostMissed = 500
const longestMissed = 3_600_000
/** Under load a round collects what arrives for as long as the last one took, and no longer than this; the first event after a rest goes out at once. */
const longestRestMs = 25
/** An event that an older open transaction still hides is looked for again soon, then less and less often: an alarm waits for it, and it is mostly over in milliseconds. */
const firstPatienceMs = 3
const longestPatienceMs = 50

/** One reader of the outbox per process, feeding every open page. Reads nothing while nobody listens. */
export function createHub(options: HubOptions): Hub {
  const { topics, log = () => {}, pollMs = 1000, beatMs = 15_000, recheckMs = 3000 } = options
  const events = [...new Set([...inboxEvents, ...topics.flatMap((topic) => topic.events)])]
  const clients = new Set<Client>()
  const resuming = new Map<Client, Position | null>()
  let position: Promise<Position> | undefined
  let opening = 0
  let running: Promise<void> | undefined
  let isRechecking = false
  let again = false
  let stopped = false

  const asSystem = <T>(work: Parameters<typeof transact<T>>[2]): Promise<T> => transact(options, systemActor, work)

  /** Where this process has read to; with the first listener it starts at the end. */
  const here = (): Promise<Position> => {
    position ??= asSystem(findOutboxEnd)
    position.catch(() => {
      position = undefined
    })
    return position
  }

  const wake = (committed?: ReadonlySet<string>): void => {
    if (stopped || clients.size + resuming.size === 0) return
    if (committed && !events.some((event) => committed.has(event))) return
    again = true
    running ??= run().finally(() => {
      running = undefined
      if (again) wake()
      rest()
    })
  }

  /** With nobody left, the next listener starts at the end again. */
  const rest = (): void => {
    if (clients.size + resuming.size + opening === 0 && !running) position = undefined
  }

  const run = async (): Promise<void> => {
    let patienceMs = firstPatienceMs
    while (again && !stopped) {
      again = false
      const begunAt = performance.now()
      let waitMs = longestRestMs
      try {
        const left = await round()
        if (left !== 'done') again = true
        if (left === 'hidden') {
          waitMs = Math.min(patienceMs, longestPatienceMs)
          patienceMs *= 2
        } else {
          waitMs = Math.min(longestRestMs, performance.now() - begunAt)
          patienceMs = firstPatienceMs
        }
      } catch (error) {
        log('live push could not read the outbox, will try again', { error: String(error) })
      }
      if (again) await pause(waitMs)
    }
  }

  /** `hidden`: something is committed, but an older transaction is open. */
  const round = async (): Promise<'more' | 'hidden' | 'done'> => {
    const from = await here()
    for (const [client, since] of resuming) await resume(client, since, from)
    const { found, isLonger } = await asSystem((ctx) => readOutbox(ctx, from, { events, limit: batch }))
    if (found.length > 0) {
      await fanOut(options, topics, [...clients], found)
      position = Promise.resolve(found.at(-1)!.position)
    }
    if (!isLonger) return 'done'
    return found.length > 0 ? 'more' : 'hidden'
  }

  /** Tells a page what it missed up to where this process is; from there on it is one of all. */
  const resume = async (client: Client, since: Position | null, to: Position): Promise<void> => {
    const missed = since && (await asSystem((ctx) => readMissed(ctx, since, events)))
    if (missed) {
      const untilNow = missed.filter((event) => !isBefore(to, event.position))
      await fanOut(options, topics, [client], untilNow)
    } else {
      client.stream.send('reset', {}, to)
    }
    resuming.delete(client)
    if (client.stream.isOpen) clients.add(client)
  }

  const recheck = async (client: Client): Promise<void> => {
    if (!client.stream.isOpen) return
    try {
      const actor = await client.recheck()
      if (actor) client.actor = actor
      else client.stream.close()
    } catch (error) {
      log('a live session could not be checked, will be again', { error: String(error) })
    }
  }

  const recheckAll = async (): Promise<void> => {
    if (isRechecking) return
    isRechecking = true
    await someAtOnce([...clients, ...resuming.keys()], recheckedAtOnce, recheck)
    isRechecking = false
  }

  const beat = async (): Promise<void> => {
    if (clients.size === 0) return
    const at = await here()
    for (const { stream } of clients) stream.beat(at)
  }

  const timers = [
    setInterval(() => wake(), pollMs),
    setInterval(() => void beat().catch(() => {}), beatMs),
    setInterval(() => void recheckAll(), recheckMs),
  ]
  for (const timer of timers) timer.unref()
  const ears = options.wakeLine && listenForWakes({ ...options.wakeLine, onWake: wake, log })

  return {
    async open(stream, { actor, resume: since, retryMs, recheck }) {
      const client: Client = { actor, stream, recheck }
      stream.onClose(() => {
        clients.delete(client)
        resuming.delete(client)
        rest()
      })
      opening += 1
      try {
        const at = await here()
        if (stopped) stream.close()
        if (!stream.isOpen) return
        stream.begin(since ?? at, retryMs)
        if (since === undefined) clients.add(client)
        else resuming.set(client, since)
      } finally {
        opening -= 1
      }
      wake()
    },
    wake,
    get size() {
      return clients.size + resuming.size
    },
    async stop() {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      for (const { stream } of [...clients, ...resuming.keys()]) stream.close()
      await Promise.all([ears?.stop(), running])
    },
  }
}

/** What came after a place; undefined when it is unknown, too long ago or too much. */
async function readMissed(ctx: Parameters<typeof readOutbox>[0], since: Position, events: readonly string[]) {
  const isStart = since.xactId === '0' && since.outboxId === 0
  const mark = await ctx.find(sql<{ made_at: Date }>`
    SELECT made_at FROM base.outbox WHERE outbox_id = ${since.outboxId} AND xact_id = ${since.xactId}::xid8`)
  if (!isStart && (!mark || ctx.now.getTime() - mark.made_at.getTime() > longestMissed)) return undefined
  const { found } = await readOutbox(ctx, since, { events, limit: mostMissed + 1 })
  return found.length > mostMissed ? undefined : found
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
