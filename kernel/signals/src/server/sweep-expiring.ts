import { type Ctx, sql } from '@linli/base/server'
import { waitMs } from '../define/ladder.ts'
import { findFacts } from './device-book.ts'
import { open, type RaiseDeps } from './raise-episodes.ts'

const batch = 50

/**
 * Raises that the certificate of a device ends soon: from then on nothing of it arrives. Once for each certificate, however its alarm ends; call
 * until it answers 0.
 */
export async function sweepExpiring(system: Ctx, deps: RaiseDeps): Promise<number> {
  let raised = 0
  for (const { rule, expiring } of deps.rules.expiring) {
    const found = await system.rows(sql<{ code: string }>`
      SELECT d.code FROM signals.device_credential c JOIN signals.device d USING (device_id)
      WHERE c.revoked_at IS NULL AND c.certificate_until <= ${new Date(system.now.getTime() + waitMs(expiring.within))} AND d.state <> 'retired'
        AND d.kind = ANY (${expiring.kinds}::text[]) AND NOT EXISTS (
          SELECT FROM signals.episode e WHERE e.subject_id = d.device_id AND e.rule_key = ${rule.key} AND (e.settled_at IS NULL OR e.raised_at >= c.made_at))
      ORDER BY d.code LIMIT ${batch}`)
    for (const { code } of found) {
      const device = await findFacts(system, code)
      if (device && (await open(system, deps, rule, { device, message: { at: system.now.getTime() } }))) {
        deps.meters.alarmed(rule.key)
        raised++
      }
    }
  }
  return raised
}
