import { sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import type { ExportStore } from './export-store.ts'

const oneHour = 3_600_000

/** Deletes files that are no longer kept, and what a worker that died left behind. Recurring; the same again does nothing. */
export async function purgeExports(deps: TransactionDeps, store: ExportStore): Promise<void> {
  const due = await transact(deps, systemActor, (system) =>
    system.rows(sql<{ export_id: string }>`
      SELECT export_id FROM exchange.export_job
      WHERE state = 'done' AND file_deleted_at IS NULL AND kept_until <= ${system.now} ORDER BY kept_until LIMIT 1000`),
  )
  for (const { export_id } of due) {
    await store.remove(export_id)
    await transact(deps, systemActor, async (system) => {
      await system.run(sql`UPDATE exchange.export_job SET file_deleted_at = ${system.now} WHERE export_id = ${export_id}`)
      system.audit({ action: 'exchange.expired', subjectKind: 'export', subjectId: export_id })
    })
  }
  for await (const file of store.survey()) {
    if (file.idleMs > oneHour && !(file.isWhole && (await isKept(deps, file.exportId)))) await file.remove()
  }
}

async function isKept(deps: TransactionDeps, exportId: string): Promise<boolean> {
  const row = await transact(deps, systemActor, (system) =>
    system.find(
      sql`SELECT 1 FROM exchange.export_job WHERE export_id = ${exportId} AND state IN ('done', 'running') AND file_deleted_at IS NULL`,
    ),
  )
  return row !== undefined
}
