import {
  type AnchorBook,
  type Clock,
  createDispatcher,
  createSealer,
  type Log,
  type Subscriber,
  systemActor,
  type TransactionDeps,
  transact,
  type WakeLine,
} from '@linli/base/server'
import { type CasesDeps, sweepNotices } from '@linli/cases/server'
import { type ExchangeDeps, startExportWorker, startImportWorker } from '@linli/exchange/server'
import { type CourierDeps, sendDue } from '@linli/messages/server'
import { keepDays, type SignalsDeps, sweepExpiring, sweepLadders, sweepLow, sweepOffline, sweepTimers } from '@linli/signals/server'
import type pg from 'pg'

export interface Workers {
  /** These events were committed. */
  wake(events: ReadonlySet<string>): void
  /** Everything that is due by now happens before this resolves: notices, events, seal. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface WorkerOptions {
  pool: pg.Pool
  clock: Clock
  wakeLine: WakeLine
  anchors: AnchorBook
  cases: CasesDeps
  signals: SignalsDeps
  exchange: ExchangeDeps
  courier: CourierDeps
  subscribers: readonly Subscriber[]
  deps: TransactionDeps
  log: Log
}

const sweepEveryMs = 5000
/** Rungs of a ladder wait a minute; whoever is next must not wait a twelfth of it more. */
const climbEveryMs = 1000
/** A device that is away for half an hour is told of within a minute more. */
const patrolEveryMs = 60_000
/** A fallback waits minutes; what was just told wakes the courier by itself. */
const sendEveryMs = 1000

/** The background of the platform: events to subscribers, audit into its chain, clocks into notices. Any number of processes may run it. */
export function startWorkers(options: WorkerOptions): Workers {
  const { pool, clock, cases, signals, exchange, deps, log } = options
  const dispatcher = createDispatcher({ pool, clock, subscribers: options.subscribers, wakeLine: options.wakeLine, log, wake: deps.wake })
  const sealer = createSealer({ pool, clock, anchors: options.anchors, log })
  const exports = startExportWorker({ ...deps, lists: exchange.lists, store: exchange.store, rule: exchange.rule, log })
  const imports = startImportWorker({ ...deps, importables: exchange.importables, imports: exchange.imports, log })
  const sweep = async (): Promise<void> => {
    while ((await transact(deps, systemActor, (system) => sweepNotices(system, cases))) > 0);
  }
  const climb = async (): Promise<void> => {
    while ((await transact(deps, systemActor, (system) => sweepTimers(system, signals))) > 0);
    while ((await transact(deps, systemActor, (system) => sweepLadders(system, signals))) > 0);
  }
  const carry = async (): Promise<void> => {
    while ((await sendDue(options.courier)) > 0);
  }
  const patrol = async (): Promise<void> => {
    while ((await transact(deps, systemActor, (system) => sweepOffline(system, signals))) > 0);
    while ((await transact(deps, systemActor, (system) => sweepLow(system, signals))) > 0);
    while ((await transact(deps, systemActor, (system) => sweepExpiring(system, signals))) > 0);
  }
  const patrols = repeat(patrolEveryMs, patrol, (error) =>
    log('the look after devices that are offline failed and is tried again', { error: error.message }),
  )
  const clocks = repeat(sweepEveryMs, sweep, (error) => log('the sweep of clocks failed and is tried again', { error: error.message }))
  const ladders = repeat(climbEveryMs, climb, (error) => log('the sweep of ladders failed and is tried again', { error: error.message }))
  const mail = repeat(sendEveryMs, carry, (error) => log('sending messages failed and is tried again', { error: error.message }))
  dispatcher.start()
  sealer.start()
  return {
    wake: (events) => {
      dispatcher.wake(events)
      if (events.has('exchange.changed')) exports.wake()
      if (events.has('exchange.imported')) imports.wake()
      if (events.has('delivery.made')) mail.wake()
    },
    settle: async () => {
      await transact(deps, systemActor, keepDays)
      await sweep()
      await patrol()
      await climb()
      await exports.drain()
      await imports.drain()
      await dispatcher.drain()
      // A rung where nobody has a post is known only now, and passed over at once.
      await climb()
      await dispatcher.drain()
      await carry()
      await dispatcher.drain()
      await sealer.sealNow()
    },
    stop: async () => {
      await Promise.all([clocks.stop(), ladders.stop(), patrols.stop(), mail.stop()])
      await exports.stop()
      await imports.stop()
      await dispatcher.stop()
      await sealer.stop()
    },
  }
}

/** Every so often and when woken, never twice at once. */
function repeat(everyMs: number, work: () => Promise<void>, failed: (error: Error) => void): { wake(): void; stop(): Promise<void> } {
  let working: Promise<void> | undefined
  const wake = (): void => {
    working ??= work()
      .catch(failed)
      .finally(() => {
        working = undefined
      })
  }
  const timer = setInterval(wake, everyMs)
  return {
    wake,
    stop: async () => {
      clearInterval(timer)
      await working
    },
  }
}
