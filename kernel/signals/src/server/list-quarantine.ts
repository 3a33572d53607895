import { namesOf } from '@linli/access/server'
import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { QuarantinedMessage } from '../contract/quarantine.ts'
import { ownLevel } from './device-rows.ts'

export interface QuarantineRow {
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

export const selectQuarantine: Statement = sql`SELECT q.quarantine_id, q.device_id, d.code, d.name, d.kind, q.reason, q.field, q.payload, q.payload_bytes, q.channel, q.times,
  q.first_at, q.last_at, q.state, q.decided_at, q.decided_by, q.decision_reason, q.area_path
  FROM signals.quarantine q JOIN signals.device d USING (device_id)`

export interface QuarantineQuery {
  state: QuarantinedMessage['state']
  deviceId?: string | undefined
  limit: number
  cursor?: string | undefined
}

export const quarantineOrder: Statement = sql`q.last_at DESC, q.quarantine_id DESC`

/** Names: `q` message, `d` its device. */
export const quarantineConditions = (ctx: Ctx, state: QuarantineQuery['state']): Statement[] => [ownLevel(ctx), sql`q.state = ${state}`]

/** What waits, or was decided, latest first. */
export async function listQuarantine(ctx: Ctx, query: QuarantineQuery) {
  const filters = quarantineConditions(ctx, query.state)
  if (query.deviceId) filters.push(sql`q.device_id = ${query.deviceId}::uuid`)
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 'instant', 'uuid')
    filters.push(sql`(q.last_at, q.quarantine_id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await ctx.rows(sql<QuarantineRow>`
    ${selectQuarantine} WHERE ${sqlAnd(filters)} ORDER BY ${quarantineOrder} LIMIT ${query.limit + 1}`)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return { items: await viewsOf(ctx, page), next: last ? encodeCursor(last.last_at.toISOString(), last.quarantine_id) : null }
}

export async function viewsOf(ctx: Ctx, rows: readonly QuarantineRow[]): Promise<QuarantinedMessage[]> {
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
