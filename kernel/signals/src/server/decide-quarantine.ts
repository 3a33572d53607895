import { namesOf } from '@linli/access/server'
import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd, systemActor } from '@linli/base/server'
import type { QuarantinedMessage } from '../contract/quarantine.ts'
import { commitTelemetry } from './commit-telemetry.ts'
import { findFacts } from './device-book.ts'
import { ownLevel } from './device-rows.ts'
import { SignalError } from './errors.ts'
import type { AlarmRules } from './ingest.ts'
import { readMessage } from './read-message.ts'

interface QuarantineRow {
  quarantine_id: string
  device_id: string
  code: string
  name: string
  kind: string
  reason: string
  field: string | null
  payload: Buffer
  payload_bytes: number
  channel: 'mqtt' | 'http'
  times: number
  first_at: Date
  last_at: Date
  state: QuarantinedMessage['state']
  decided_at: Date | null
  decided_by: string | null
  decision_reason: string | null
  area_path: string
}

const columns: Statement = sql`q.quarantine_id, q.device_id, d.code, d.name, d.kind, q.reason, q.field, q.payload, q.payload_bytes, q.channel, q.times,
  q.first_at, q.last_at, q.state, q.decided_at, q.decided_by, q.decision_reason, q.area_path`

export interface QuarantineQuery {
  state: QuarantinedMessage['state']
  deviceId?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** What waits, or was decided, latest first. */
export async function listQuarantine(ctx: Ctx, query: QuarantineQuery) {
  const filters = [ownLevel(ctx), sql`q.state = ${query.state}`]
  if (query.deviceId) filters.push(sql`q.device_id = ${query.deviceId}::uuid`)
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 'instant', 'uuid')
    filters.push(sql`(q.last_at, q.quarantine_id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await ctx.rows(sql<QuarantineRow>`
    SELECT ${columns} FROM signals.quarantine q JOIN signals.device d USING (device_id)
    WHERE ${sqlAnd(filters)} ORDER BY q.last_at DESC, q.quarantine_id DESC LIMIT ${query.limit + 1}`)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return { items: await viewsOf(ctx, page), next: last ? encodeCursor(last.last_at.toISOString(), last.quarantine_id) : null }
}

async function viewsOf(ctx: Ctx, rows: readonly QuarantineRow[]): Promise<QuarantinedMessage[]> {
  const { accounts } = await namesOf(ctx, { accounts: rows.flatMap((row) => row.decided_by ?? []), orgs: [] })
  return rows.map((row) => ({
    quarantineId: row.quarantine_id,
    deviceId: row.device_id,
    deviceCode: row.code,
    deviceName: row.name,
    reason: row.reason,
    field: row.field,
    excerpt: excerptOf(row.payload),
    bytes: row.payload_bytes,
    channel: row.channel,
    times: row.times,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    state: row.state,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedByName: row.decided_by ? (accounts.get(row.decided_by) ?? null) : null,
    decisionReason: row.decision_reason,
  }))
}

/** Readable and harmless: what is no printable character is shown by its number. */
const excerptOf = (payload: Buffer): string =>
  Array.from(payload.toString('utf8').slice(0, 400))
    .map((char) => (/\p{C}/u.test(char) ? `\\x${char.codePointAt(0)!.toString(16).padStart(2, '0')}` : char))
    .join('')

/** Takes a message after all (its kind may have learned the value meanwhile), or puts it aside for good; with a reason either way. */
export async function decideQuarantine(
  ctx: Ctx,
  rules: AlarmRules,
  quarantineId: string,
  { resend, reason }: { resend: boolean; reason: string },
): Promise<QuarantinedMessage> {
  const select = sql<QuarantineRow>`SELECT ${columns} FROM signals.quarantine q JOIN signals.device d USING (device_id) WHERE q.quarantine_id = ${quarantineId}::uuid`
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
}
