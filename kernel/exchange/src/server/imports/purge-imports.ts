import { sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import type { ImportStore } from './import-store.ts'

const day = 86_400_000
/** How long a file can be looked at for its mistakes; what was never begun goes sooner. */
const keepDays = 30

/** Deletes files that are no longer needed, with what stood in their refused rows. Recurring; the same again does nothing. */
export async function purgeImports(deps: TransactionDeps, store: ImportStore): Promise<void> {
  const now = deps.clock.now().getTime()
  const due = await transact(deps, systemActor, (system) =>
    system.rows(sql<{ batch_id: string }>`
      SELECT batch_id FROM exchange.import_batch
      WHERE file_deleted_at IS NULL AND (state = 'draft' AND made_at <= ${new Date(now - day)}
        OR state IN ('done', 'failed', 'canceled', 'undone') AND made_at <= ${new Date(now - keepDays * day)})
      ORDER BY made_at LIMIT 1000`),
  )
  for (const { batch_id } of due) {
    await store.remove(batch_id)
    await transact(deps, systemActor, async (system) => {
      await system.run(sql`DELETE FROM exchange.import_fault WHERE batch_id = ${batch_id}`)
      await system.run(sql`
        UPDATE exchange.import_batch SET file_deleted_at = ${system.now}, state = CASE state WHEN 'draft' THEN 'canceled' ELSE state END
        WHERE batch_id = ${batch_id}`)
    })
  }
  for await (const file of store.survey())
    if (file.idleMs > day && !(file.isWhole && (await isKnown(deps, file.batchId)))) await file.remove()
}

async function isKnown(deps: TransactionDeps, batchId: string): Promise<boolean> {
  const row = await transact(deps, systemActor, (system) =>
    system.find(sql`SELECT 1 FROM exchange.import_batch WHERE batch_id = ${batchId} AND file_deleted_at IS NULL`),
  )
  return row !== undefined
}
