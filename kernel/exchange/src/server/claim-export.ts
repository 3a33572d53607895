import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { type ExportRow, lineOf, onBehalfOf, tellChanged } from './export-rows.ts'

export const leaseMs = 60_000
/** So many files are written at once, by all workers together: people come first. */
const atOnce = 2
/** A list that ends its worker three times is not begun a fourth time. */
const mostAttempts = 3

export interface Claimed extends ExportRow {
  lease_id: string
}

/**
 * Takes the oldest export that waits, or that a dead worker left behind, for one minute at a time. One for an account at a time, so that
 * nobody's ten files keep others waiting. As system.
 */
export async function claimExport(system: Ctx): Promise<Claimed | undefined> {
  // Workers take turns at choosing: each must see what the others took.
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('exchange.claim', 0))`)
  await giveUp(system)
  const leaseId = newId(system.now.getTime())
  const row = await system.find(sql<Claimed>`
    UPDATE exchange.export_job SET state = 'running', lease_id = ${leaseId}, lease_until = ${leaseEnd(system)}, attempts = attempts + 1,
      rows_done = 0, started_at = ${system.now}
    WHERE export_id = (
      SELECT j.export_id FROM exchange.export_job j
      WHERE (j.state = 'queued' OR j.state = 'running' AND j.lease_until <= ${system.now})
        AND NOT EXISTS (SELECT FROM exchange.export_job r WHERE r.account_id = j.account_id AND r.state = 'running' AND r.export_id <> j.export_id)
        AND (SELECT count(*) FROM exchange.export_job r WHERE r.state = 'running' AND r.lease_until > ${system.now}) < ${atOnce}
      ORDER BY j.asked_at, j.export_id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING *`)
  if (row) tellChanged(system, row)
  return row
}

export const leaseEnd = (system: Ctx): Date => new Date(system.now.getTime() + leaseMs)

async function giveUp(system: Ctx): Promise<void> {
  const rows = await system.rows(sql<ExportRow>`
    UPDATE exchange.export_job SET state = 'failed', reason = 'interrupted', finished_at = ${system.now}, lease_id = NULL, lease_until = NULL
    WHERE state = 'running' AND lease_until <= ${system.now} AND attempts >= ${mostAttempts} RETURNING *`)
  for (const row of rows) {
    await system.as(onBehalfOf(row), async (own) => own.audit(lineOf(row, 'exchange.failed', { reason: 'interrupted' })))
    tellChanged(system, row)
  }
}
