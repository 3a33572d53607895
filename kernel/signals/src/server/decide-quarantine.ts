import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { QuarantinedMessage } from '../contract/quarantine.ts'
import { commitTelemetry } from './commit-telemetry.ts'
import { findFacts } from './device-book.ts'
import { SignalError } from './errors.ts'
import type { AlarmRules } from './ingest.ts'
import { type QuarantineRow, selectQuarantine, viewsOf } from './list-quarantine.ts'
import { readMessage } from './read-message.ts'

/** Takes a message after all (its kind may have learned the value meanwhile), or puts it aside for good; with a reason either way. */
export async function decideQuarantine(
  ctx: Ctx,
  rules: AlarmRules,
  quarantineId: string,
  { resend, reason }: { resend: boolean; reason: string },
): Promise<QuarantinedMessage> {
  const select = sql<QuarantineRow>`${selectQuarantine} WHERE q.quarantine_id = ${quarantineId}::uuid`
  if (!(await ctx.find(select))) throw SignalError('quarantine_unknown')
  await ctx.as(systemActor, async (system) => {
    const row = await system.get(sql<QuarantineRow>`${select} FOR UPDATE OF q`)
    if (row.state !== 'waiting') throw SignalError('quarantine_decided')
    if (resend) await sendAgain(system, row, rules)
    await system.run(sql`
      UPDATE signals.quarantine SET state = ${resend ? 'resent' : 'dropped'}, decided_at = ${ctx.now}, decided_by = ${ctx.actor.accountId}, decision_reason = ${reason}
      WHERE quarantine_id = ${quarantineId}::uuid`)
  })
  const row = await ctx.get(select)
  ctx.audit({
    action: resend ? 'signals.message_resent' : 'signals.message_dropped',
    subjectKind: 'device',
    subjectId: row.device_id,
    areaPath: row.area_path,
    purpose: reason,
    detail: { quarantineId, reason: row.reason },
  })
  return (await viewsOf(ctx, [row]))[0]!
}

/** Judged by the model as it is now and as of the moment it came. An alarm in it is raised late rather than never. */
async function sendAgain(system: Ctx, row: QuarantineRow, rules: AlarmRules): Promise<void> {
  const device = await findFacts(system, row.code)
  const isWhole = row.payload.length === row.payload_bytes
  const { message, fault } = device && isWhole ? readMessage(row.payload, device.model, row.last_at.getTime(), () => false) : {}
  if (!message || !device || fault)
    throw SignalError('message_unfit', {
      detail: '现在仍然收不下，原因没有变',
      fields: [{ path: 'resend', message: '请改为不收，或先改物模型' }],
    })
  const arrival = { device, message }
  const [isNew] = await commitTelemetry(system, [arrival])
  if (!isNew) return
  if (rules.isAlarm(device, message.values)) await rules.raise(system, [arrival])
  else await rules.clear(system, [arrival])
  await rules.watch(system, [arrival])
}
