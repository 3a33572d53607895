import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { BacklogRow } from '../../contract/backlog.ts'

export interface StoredItem {
  backlog_id: string
  kind: string
  label: string
  sealed: Buffer | null
  why: string
  by_name: string
  org_name: string | null
  area_name: string
  made_at: Date
  received_at: Date
  state: BacklogRow['state']
  decided_at: Date | null
  decided_name: string | null
  reason: string | null
  outcome_id: string | null
}

/** What was sealed. */
export interface Payload {
  params: Record<string, string>
  body: Record<string, unknown>
  attachments: string[]
}

export const backlogRow = (row: StoredItem): BacklogRow => ({
  backlogId: row.backlog_id,
  kind: row.kind,
  label: row.label,
  byName: row.by_name,
  orgName: row.org_name,
  areaName: row.area_name,
  why: row.why,
  madeAt: row.made_at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  state: row.state,
  decidedAt: row.decided_at?.toISOString() ?? null,
  decidedBy: row.decided_name,
  reason: row.reason,
  outcomeId: row.outcome_id,
})

const most = 100
const territory = new Set(['cell', 'community', 'township', 'county', 'prefecture', 'province'])

/** Items with the names of where they were done. As system: no request reads the table, so each reading says whose it is. */
export const readItems = (ctx: Ctx, where: Statement, lock: Statement = sql``): Promise<StoredItem[]> =>
  ctx.as(systemActor, (system) =>
    system.rows(sql<StoredItem>`
      SELECT b.*, o.name AS org_name, a.name AS area_name FROM exchange.backlog_item b
        JOIN access.area a USING (area_id) LEFT JOIN access.organization o USING (org_id)
      WHERE ${where} ORDER BY b.received_at DESC, b.backlog_id DESC LIMIT ${most} ${lock}`),
  )

/** The items that lie in the acting post's area. */
export const isInOwnArea = ({ actor }: Ctx): Statement =>
  actor.areaPath !== null && territory.has(actor.reach) ? sql`starts_with(b.area_path, ${actor.areaPath})` : sql`false`
