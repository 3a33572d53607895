import { AccountError } from '@linli/access/server'
import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { DutyChange, DutyDraft, DutyRow } from '../../contract/duty.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { CaseError, wrongData } from '../errors.ts'
import { getDuty, todayOf } from './duty-rows.ts'
import { getDutyChange } from './view-duty-changes.ts'

interface Proposal {
  change: DutyChange['change']
  /** The line that is to change, as whoever proposes saw it. */
  dutyId?: string
  expectedVersion?: number
  draft?: DutyDraft
  effectiveOn: string
  reason: string
}

/**
 * Proposes a change of the duty lists; nothing changes until somebody else confirms it. Of one line one change waits at a time.
 * Throws: data_invalid naming each field, area_forbidden, duty_unknown, duty_changed, duty_pending, duty_ended.
 */
export async function proposeDuty(ctx: Ctx, catalogue: CaseCatalogue, proposal: Proposal): Promise<DutyChange> {
  const { change, draft, effectiveOn, reason } = proposal
  const line = proposal.dutyId ? await getDuty(ctx, catalogue, proposal.dutyId) : undefined
  if (line) checkLine(line, proposal)
  if (effectiveOn < todayOf(ctx)) throw wrongData({ path: 'effectiveOn', message: '从今天或以后某天起，过去的不改' })
  if (line && effectiveOn < line.validFrom)
    throw wrongData({ path: 'effectiveOn', message: `这一条 ${line.validFrom} 才生效，不能早于那天` })
  const areaPath = draft ? await checkDraft(ctx, catalogue, draft) : await pathOf(ctx, line!.areaId)
  if (line) checkReach(ctx, await pathOf(ctx, line.areaId), '这一条不是本辖区的，不能改')
  const changeId = newId(ctx.now.getTime())
  const { actor } = ctx
  const made = await ctx.find(sql`
    INSERT INTO cases.duty_change (change_id, change, area_path, duty_id, duty_version, draft, effective_on, reason, proposed_by, proposed_name, proposed_org_id, proposed_at)
    VALUES (${changeId}, ${change}, ${areaPath}, ${line?.dutyId ?? null}, ${line?.version ?? null}, ${draft ? JSON.stringify(draft) : null}::jsonb,
      ${effectiveOn}::date, ${reason}, ${actor.accountId}, ${actor.displayName}, ${actor.orgId}, ${ctx.now})
    ON CONFLICT DO NOTHING RETURNING change_id`)
  if (!made) throw CaseError('duty_pending')
  ctx.emit('duty.proposed', { changeId, areaPath })
  ctx.audit({
    action: 'cases.propose_duty',
    subjectKind: 'dutyChange',
    subjectId: changeId,
    areaPath,
    detail: { change, dutyId: line?.dutyId ?? null, effectiveOn },
  })
  return getDutyChange(ctx, catalogue, changeId)
}

function checkLine(line: DutyRow, { expectedVersion }: Proposal): void {
  if (line.version !== expectedVersion) throw CaseError('duty_changed', { current: { version: line.version, validTo: line.validTo } })
  if (line.validTo !== null) throw CaseError('duty_ended', { detail: `这一条 ${line.validTo} 起不再有效，不能再改` })
  if (line.isPending) throw CaseError('duty_pending')
}

/** What a line names must be there and belong together. Answers the path of its area. */
export async function checkDraft(ctx: Ctx, catalogue: CaseCatalogue, draft: DutyDraft): Promise<string> {
  const problems: { path: string; message: string }[] = []
  const isKnown = catalogue.all().some((type) => catalogue.categoriesOf(type.key).some(({ key }) => key === draft.category))
  if (!isKnown) problems.push({ path: 'draft.category', message: '没有这个类别，请从列表里选' })
  const place = await ctx.find(
    sql<{ area_path: string }>`SELECT area_path FROM access.area WHERE area_id = ${draft.areaId} AND valid_to IS NULL`,
  )
  if (!place) problems.push({ path: 'draft.areaId', message: '没有这个地方' })
  const org = await ctx.find(sql<{ area_path: string }>`SELECT area_path FROM access.organization WHERE org_id = ${draft.orgId}`)
  if (!org) problems.push({ path: 'draft.orgId', message: '没有这个单位' })
  else if (place && !place.area_path.startsWith(org.area_path) && !org.area_path.startsWith(place.area_path))
    problems.push({ path: 'draft.orgId', message: '这家单位不管这个地方' })
  if (problems.length > 0) throw wrongData(...problems)
  checkReach(ctx, place!.area_path, '只能改本辖区的清单')
  return place!.area_path
}

function checkReach(ctx: Ctx, areaPath: string, message: string): void {
  if (ctx.actor.areaPath && areaPath.startsWith(ctx.actor.areaPath)) return
  throw AccountError('area_forbidden', { detail: message, fields: [{ path: 'draft.areaId', message: '请选本辖区的地方' }] })
}

async function pathOf(ctx: Ctx, areaId: string): Promise<string> {
  return (await ctx.get(sql<{ area_path: string }>`SELECT area_path FROM access.area WHERE area_id = ${areaId}`)).area_path
}
