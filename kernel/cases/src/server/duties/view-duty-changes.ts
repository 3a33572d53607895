import { type Ctx, may, type Statement, sql } from '@linli/base/server'
import type { DutyChange, DutyDraft } from '../../contract/duty.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { CaseError } from '../errors.ts'
import { categoryOf, dutyRowOf, type StoredDuty, selectDuties, todayOf } from './duty-rows.ts'

export interface ChangeRow {
  change_id: string
  change: DutyChange['change']
  state: DutyChange['state']
  area_path: string
  duty_id: string | null
  duty_version: number | null
  draft: DutyDraft | null
  draft_org: string | null
  draft_area: string | null
  effective_on: string
  reason: string
  proposed_by: string
  proposed_name: string
  proposed_at: Date
  decided_name: string | null
  decided_at: Date | null
  decision_note: string | null
}

/** Changes with the names in their drafts; follow with WHERE. */
export const selectChanges: Statement<ChangeRow> = sql<ChangeRow>`
  SELECT c.change_id, c.change, c.state, c.area_path, c.duty_id, c.duty_version, c.draft, o.name AS draft_org, a.name AS draft_area,
    c.effective_on::text AS effective_on, c.reason, c.proposed_by, c.proposed_name, c.proposed_at, c.decided_name, c.decided_at, c.decision_note
  FROM cases.duty_change c LEFT JOIN access.organization o ON o.org_id = (c.draft ->> 'orgId')::uuid
  LEFT JOIN access.area a ON a.area_id = (c.draft ->> 'areaId')::uuid`

/** A change that the acting post sees: one of its place. */
export async function getDutyChange(ctx: Ctx, catalogue: CaseCatalogue, changeId: string): Promise<DutyChange> {
  const row = await ctx.find(sql<ChangeRow>`${selectChanges} WHERE c.change_id = ${changeId}`)
  if (!row) throw CaseError('duty_change_unknown')
  return (await viewChanges(ctx, catalogue, [row]))[0]!
}

/** What waits in the post's place, the oldest first, or what was decided there lately. */
export async function listDutyChanges(ctx: Ctx, catalogue: CaseCatalogue, state: 'proposed' | 'decided'): Promise<DutyChange[]> {
  const rows =
    state === 'proposed'
      ? await ctx.rows(sql<ChangeRow>`${selectChanges} WHERE c.state = 'proposed' ORDER BY c.proposed_at, c.change_id LIMIT 200`)
      : await ctx.rows(sql<ChangeRow>`${selectChanges} WHERE c.state <> 'proposed' ORDER BY c.decided_at DESC, c.change_id LIMIT 100`)
  return viewChanges(ctx, catalogue, rows)
}

export async function viewChanges(ctx: Ctx, catalogue: CaseCatalogue, rows: readonly ChangeRow[]): Promise<DutyChange[]> {
  const ids = rows.flatMap(({ duty_id }) => duty_id ?? [])
  const lines = ids.length > 0 ? await ctx.rows(sql<StoredDuty>`${selectDuties} WHERE d.duty_id = ANY (${ids}::uuid[])`) : []
  const byId = new Map(lines.map((line) => [line.dutyId, dutyRowOf(catalogue, line, todayOf(ctx))]))
  const { actor } = ctx
  return rows.map((row) => {
    const isOpen = row.state === 'proposed'
    const isOwn = row.proposed_by === actor.accountId
    return {
      changeId: row.change_id,
      change: row.change,
      state: row.state,
      line: byId.get(row.duty_id ?? '') ?? null,
      draft: row.draft && {
        ...row.draft,
        orgName: row.draft_org ?? '',
        areaName: row.draft_area ?? '',
        categoryName: categoryOf(catalogue, row.draft.category).categoryName,
      },
      effectiveOn: row.effective_on,
      reason: row.reason,
      proposedBy: row.proposed_name,
      proposedAt: row.proposed_at.toISOString(),
      decidedBy: row.decided_name,
      decidedAt: row.decided_at?.toISOString() ?? null,
      note: row.decision_note,
      canDecide: isOpen && !isOwn && may(actor, 'cases.confirmDuties'),
      canTakeBack: isOpen && isOwn && may(actor, 'cases.duties'),
    }
  })
}
