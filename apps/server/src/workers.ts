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
} from '@linli/base/server'
import { type CasesDeps, sweepNotices } from '@linli/cases/server'
import { type ExchangeDeps, startExportWorker } from '@linli/exchange/server'
import type pg from 'pg'

export interface Workers {
  wake(): void
  /** Everything that is due by now happens before this resolves: notices, events, seal. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface WorkerOptions {
  pool: pg.Pool
  clock: Clock
  listenUrl: string
  anchors: AnchorBook
  cases: CasesDeps
  exchange: ExchangeDeps
  subscribers: readonly Subscriber[]
  deps: TransactionDeps
  log: Log
}

const sweepEveryMs = 5000

/** The background of the platform: events to subscribers, audit into its chain, clocks into notices. Any number of processes may run it. */
export function startWorkers(options: WorkerOptions): Workers {
  const { pool, clock, cases, exchange, deps, log } = options
  const dispatcher = createDispatcher({ pool, clock, subscribers: options.subscribers, listenUrl: options.listenUrl, log, wake: deps.wake })
  const sealer = createSealer({ pool, clock, anchors: options.anchors, log })
  const exports = startExportWorker({ ...deps, lists: exchange.lists, store: exchange.store, rule: exchange.rule, log })
  const sweep = async (): Promise<void> => {
    while ((await transact(deps, systemActor, (system) => sweepNotices(system, cases))) > 0);
  }
  let sweeping: Promise<void> | undefined
  const timer = setInterval(() => {
    sweeping ??= sweep()
      .catch((error: Error) => log('the sweep of clocks failed and is tried again', { error: error.message }))
      .finally(() => {
        sweeping = undefined
      })
  }, sweepEveryMs)
  dispatcher.start()
  sealer.start()
  return {
    wake: () => {
      dispatcher.wake()
      exports.wake()
    },
    settle: async () => {
      await sweep()
      await exports.drain()
      await dispatcher.drain()
      await sealer.sealNow()
    },
    stop: async () => {
      clearInterval(timer)
      await sweeping
      await exports.stop()
      await dispatcher.stop()
      await sealer.stop()
    },
  }
}
