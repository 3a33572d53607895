import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { DutyChange } from '../../contract/duty.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { CaseError, wrongData } from '../errors.ts'
import { todayOf } from './duty-rows.ts'
import { type ChangeRow, getDutyChange, selectChanges } from './view-duty-changes.ts'

interface Decision {
  changeId: string
  confirm: boolean
  note?: string | undefined
}

/**
 * Confirms or refuses what somebody else has proposed. Confirmed, a line ends on the day and another one takes its place; nothing is
 * deleted. A day that has gone by meanwhile becomes today: what was dispatched until then was right.
 */
export async function decideDutyChange(ctx: Ctx, catalogue: CaseCatalogue, { changeId, confirm, note }: Decision): Promise<DutyChange> {
  if (!confirm && !note) throw wrongData({ path: 'note', message: '不同意要写明理由' })
  await settle(ctx, changeId, async (system, row) => {
    if (row.proposed_by === ctx.actor.accountId) throw CaseError('duty_own_proposal')
    const newDutyId = confirm ? await apply(system, row) : null
    await write(system, row, confirm ? 'confirmed' : 'refused', note ?? null, newDutyId)
    tellAndAudit(system, row, confirm ? 'cases.confirm_duty' : 'cases.refuse_duty', newDutyId)
  })
  return getDutyChange(ctx, catalogue, changeId)
}

/** Whoever proposed a change takes it back while nobody has decided. */
export async function takeBackDutyChange(ctx: Ctx, catalogue: CaseCatalogue, changeId: string): Promise<DutyChange> {
  await settle(ctx, changeId, async (system, row) => {
    if (row.proposed_by !== ctx.actor.accountId) throw unknown()
    await write(system, row, 'takenBack', null, null)
    tellAndAudit(system, row, 'cases.take_back_duty', null)
  })
  return getDutyChange(ctx, catalogue, changeId)
}

const unknown = () => CaseError('duty_change_unknown')

/** The post sees the change; then the platform locks it, so that of two who decide one wins, and writes in the post's name. */
async function settle(ctx: Ctx, changeId: string, work: (system: Ctx, row: ChangeRow) => Promise<void>): Promise<void> {
  const seen = await ctx.find(sql`SELECT 1 AS here FROM cases.duty_change WHERE change_id = ${changeId}`)
  if (!seen) throw unknown()
  const { accountId, postId, orgId, displayName } = ctx.actor
  await ctx.as({ ...systemActor, accountId, postId, orgId, displayName }, async (system) => {
    await system.run(sql`SELECT 1 FROM cases.duty_change WHERE change_id = ${changeId} FOR UPDATE`)
    const row = await system.get(sql<ChangeRow>`${selectChanges} WHERE c.change_id = ${changeId}`)
    if (row.state !== 'proposed') throw CaseError('duty_change_decided', { current: { state: row.state } })
    await work(system, row)
  })
}

/** Ends the old line and begins the new one; answers the new one's id, null for an end. */
async function apply(system: Ctx, row: ChangeRow): Promise<string | null> {
  const today = todayOf(system)
  const isGoneBy = row.effective_on < today
  const day = isGoneBy ? today : row.effective_on
  if (row.duty_id) {
    const ended = await system.find(sql`
      UPDATE cases.duty SET valid_to = greatest(${day}::date, valid_from), version = version + 1
      WHERE duty_id = ${row.duty_id} AND version = ${row.duty_version} AND valid_to IS NULL RETURNING duty_id`)
    if (!ended) throw CaseError('duty_changed', { detail: '这一条在提出之后又变过了，请不同意，让对方重新提' })
  }
  if (!row.draft) return null
  const { category, orgId, standing, clauseNo, clause, document, words } = row.draft
  const dutyId = newId(system.now.getTime())
  await system.run(sql`
    INSERT INTO cases.duty (duty_id, category, org_id, area_path, standing, clause_no, clause, document, words, valid_from, replaces)
    VALUES (${dutyId}, ${category}, ${orgId}, ${row.area_path}, ${standing}, ${clauseNo}, ${clause}, ${document}, ${words}::text[], ${day}::date, ${row.duty_id})`)
  return dutyId
}

function write(system: Ctx, row: ChangeRow, state: DutyChange['state'], note: string | null, newDutyId: string | null): Promise<number> {
  return system.run(sql`
    UPDATE cases.duty_change SET state = ${state}, decided_by = ${system.actor.accountId}, decided_name = ${system.actor.displayName},
      decided_at = ${system.now}, decision_note = ${note}, new_duty_id = ${newDutyId}
    WHERE change_id = ${row.change_id}`)
}

function tellAndAudit(system: Ctx, row: ChangeRow, action: string, newDutyId: string | null): void {
  system.emit('duty.settled', { changeId: row.change_id, areaPath: row.area_path })
  system.audit({
    action,
    subjectKind: 'dutyChange',
    subjectId: row.change_id,
    areaPath: row.area_path,
    detail: { change: row.change, dutyId: row.duty_id, newDutyId, proposedBy: row.proposed_by },
  })
}
