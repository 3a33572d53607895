import { type Ctx, sql } from '@linli/base/server'
import { findFacts } from './device-book.ts'
import { open, type RaiseDeps } from './raise-episodes.ts'

/** Who was told and did nothing is told again after a week. */
const againAfter = '7 days'
const batch = 50

/**
 * Raises that a value of a device is low. It is looked for and not taken from each message, for a battery that is low says so with every
 * message until somebody comes. Call until it answers 0.
 */
export async function sweepLow(system: Ctx, deps: RaiseDeps): Promise<number> {
  let raised = 0
  for (const { rule, low } of deps.rules.low) {
    const found = await system.rows(sql<{ code: string }>`
      SELECT d.code FROM signals.device d JOIN signals.device_state s USING (device_id)
      WHERE d.kind = ANY (${low.kinds}::text[]) AND (d.state = 'active' OR (d.state = 'suspended' AND d.suspended_until <= ${system.now}))
        AND (s.latest -> ${low.value}::text ->> 0)::float8 < ${low.below} AND NOT EXISTS (
          SELECT FROM signals.episode e WHERE e.subject_id = d.device_id AND e.rule_key = ${rule.key}
            AND (e.settled_at IS NULL OR e.raised_at > ${system.now}::timestamptz - ${againAfter}::interval))
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
