import { createHash } from 'node:crypto'
import { sql, transact } from '@linli/base/server'
import { batchLine, holdBatch, type LeasedBatch, onBehalfOf, tellBatch } from './import-batches.ts'
import { targetOf } from './importable.ts'
import { pieceRows } from './judge-file.ts'
import type { RunDeps } from './run-import.ts'

const mostNamed = 200

/**
 * Takes out again what a batch brought, piece by piece, and names what must stay because people have worked on it since. What was removed
 * is on the trail by a chain of hashes over the numbers. May be killed and run again. Throws Superseded.
 */
export async function undoImport(
  deps: RunDeps,
  batch: LeasedBatch,
  { signal, committed }: { signal?: AbortSignal; committed?: (rows: number) => void } = {},
): Promise<'done' | 'stopped'> {
  const { target } = targetOf(deps.importables, batch.mapping)
  for (let more = true; more; ) {
    if (signal?.aborted) return 'stopped'
    more = await transact(deps, onBehalfOf(batch), async (system) => {
      await holdBatch(system, batch)
      const numbers = await target.remove(system, batch.batch_id, pieceRows)
      if (numbers.length === 0) return false
      const { removed_hash } = await system.get(sql<{ removed_hash: Buffer | null }>`
        SELECT removed_hash FROM exchange.import_batch WHERE batch_id = ${batch.batch_id}`)
      const hash = createHash('sha256')
        .update(removed_hash ?? '')
        .update(numbers.join('\n'))
        .digest()
      await system.run(sql`
        UPDATE exchange.import_batch SET removed = removed + ${numbers.length}, removed_hash = ${hash} WHERE batch_id = ${batch.batch_id}`)
      tellBatch(system, batch)
      committed?.(numbers.length)
      return true
    })
  }
  await transact(deps, onBehalfOf(batch), async (system) => {
    await holdBatch(system, batch)
    const kept = await target.remaining(system, batch.batch_id, 1_000_000)
    const row = await system.get(sql<LeasedBatch>`
      UPDATE exchange.import_batch SET state = 'undone', undone_at = ${system.now}, kept = ${kept.length}, kept_numbers = ${kept.slice(0, mostNamed)}::text[],
        lease_id = NULL, lease_until = NULL
      WHERE batch_id = ${batch.batch_id} RETURNING *`)
    system.audit({
      ...batchLine(row, 'exchange.import_undone', {
        removed: row.removed,
        numbers: row.removed_hash?.toString('hex') ?? null,
        kept: kept.length,
      }),
      purpose: row.undo_reason,
    })
    tellBatch(system, row)
  })
  return 'done'
}
