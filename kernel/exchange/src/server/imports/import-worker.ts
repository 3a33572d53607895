import { findStandingPost } from '@linli/access/server'
import { type Ctx, isDatabaseAway, type Log, sql, systemActor, transact } from '@linli/base/server'
import { type BatchRow, type LeasedBatch, leaseBatch, onBehalfOf, Superseded } from './import-batches.ts'
import type { ImportStore } from './import-store.ts'
import { TableError } from './read-csv.ts'
import { finishBatch, type RunDeps, runImport } from './run-import.ts'
import { undoImport } from './undo-import.ts'

export interface ImportWorkerDeps extends RunDeps {
  imports: ImportStore
  log: Log
}

export interface ImportWorker {
  /** Something was asked for. */
  wake(): void
  /** Resolves when nothing waits that this worker may do. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const lookEveryMs = 1000
/** A file that ends its worker three times is not begun a fourth time. */
const mostAttempts = 3

class PostEnded extends Error {}

/** Brings in, and takes out, what was asked for: one batch at a time, for people at their desks come first. */
export function startImportWorker(deps: ImportWorkerDeps): ImportWorker {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  const lane = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const batch = await transact(deps, systemActor, claimBatch)
      if (!batch) return
      await work(deps, batch, stopping.signal)
    }
  }
  const wake = (): void => {
    if (running || stopping.signal.aborted) return
    running = lane()
      .catch((error: Error) => deps.log('imports could not be looked for and will be again', { error: error.message }))
      .finally(() => {
        running = undefined
      })
  }
  const timer = setInterval(wake, lookEveryMs)
  timer.unref()
  return {
    wake,
    async drain() {
      // A lane that has just looked and found nothing may not have seen what was asked for since.
      await running
      wake()
      await running
    },
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await running
    },
  }
}

/** The oldest batch of a post that waits, or that a dead worker left behind. What the operator runs is not touched. As system. */
async function claimBatch(system: Ctx): Promise<LeasedBatch | undefined> {
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('exchange.import claim', 0))`)
  const row = await system.find(sql<BatchRow>`
    SELECT * FROM exchange.import_batch
    WHERE account_id IS NOT NULL AND (state = 'queued' OR state IN ('running', 'undoing') AND coalesce(lease_until, made_at) <= ${system.now})
      AND NOT EXISTS (SELECT FROM exchange.import_batch r WHERE r.account_id IS NOT NULL AND r.state IN ('running', 'undoing') AND r.lease_until > ${system.now})
    ORDER BY made_at, batch_id LIMIT 1 FOR UPDATE SKIP LOCKED`)
  return row && leaseBatch(system, row.batch_id, row.state === 'undoing' ? 'undoing' : 'running')
}

async function work(deps: ImportWorkerDeps, batch: LeasedBatch, signal: AbortSignal): Promise<void> {
  try {
    if (batch.state === 'running' && batch.attempts > mostAttempts) return await finishBatch(deps, batch, 'failed', 'interrupted')
    const outcome =
      batch.state === 'undoing'
        ? await undoImport(deps, batch, { signal })
        : await runImport(deps, batch, deps.imports.pathOf(batch.batch_id), { signal, check: (system) => mayStill(deps, system, batch) })
    if (outcome === 'stopped') await giveBack(deps, batch)
  } catch (error) {
    await fail(deps, batch, error as Error)
  }
}

/** A right that was withdrawn while the file comes in ends it where it is. */
async function mayStill({ importables }: ImportWorkerDeps, system: Ctx, { account_id, post_id, mapping }: LeasedBatch): Promise<void> {
  const standing = await findStandingPost(system, { accountId: account_id!, postId: post_id! })
  const target = importables.get(mapping.target)
  const permissions = standing?.actor.permissions
  if (!target || !permissions?.has('exchange.import') || !permissions.has(target.permission)) throw new PostEnded()
}

async function fail(deps: ImportWorkerDeps, batch: LeasedBatch, error: Error): Promise<void> {
  if (error instanceof Superseded) return
  // The lease runs out and the next worker goes on behind what was committed.
  if (isDatabaseAway(error)) return deps.log('an import lost the database and goes on later', { number: batch.number })
  if (error instanceof PostEnded) return finishBatch(deps, batch, 'failed', 'post-ended')
  if (error instanceof TableError) return finishBatch(deps, batch, 'failed', 'file-unreadable', error.zh.slice(0, 300))
  deps.log(`import ${batch.number} failed`, { error: error.message })
  if (batch.state === 'running') await finishBatch(deps, batch, 'failed', 'fault')
}

/** This process ends, not the work: the next one goes on at once, and it does not count as an attempt. */
async function giveBack(deps: ImportWorkerDeps, batch: LeasedBatch): Promise<void> {
  await transact(deps, onBehalfOf(batch), (system) =>
    system.run(sql`
      UPDATE exchange.import_batch SET state = CASE state WHEN 'running' THEN 'queued' ELSE state END, attempts = attempts - 1,
        lease_id = NULL, lease_until = NULL
      WHERE batch_id = ${batch.batch_id} AND lease_id = ${batch.lease_id}`),
  )
}
