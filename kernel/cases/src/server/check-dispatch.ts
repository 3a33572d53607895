import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { Move } from '../define/case-type.ts'
import { type CaseState, isUnsettled, rejectedInRound } from '../define/fold.ts'
import type { FileRow } from './case-rows.ts'
import { wrongData } from './errors.ts'

interface WithdrawnDuty {
  clause_no: string
  document: string
}

/** One organization has one part at a time, and the main one none beside its own. */
export function checkTask(state: CaseState, move: Move, data: Record<string, unknown>): void {
  const effects = move.effects ?? []
  const lead = effects.flatMap((effect) => (effect.does === 'setMain' ? [data[effect.from]] : []))[0] ?? state.mainOrgId
  const taken = new Set<unknown>(state.tasks.filter(isUnsettled).map(({ orgId }) => orgId))
  for (const effect of effects) {
    if (effect.does !== 'openTask' && effect.does !== 'recallTask') continue
    const orgId = data[effect.org]
    if (orgId === undefined) continue
    const wrong = (message: string) => wrongData({ path: `data.${effect.org}`, message })
    if (effect.does === 'recallTask' && !taken.has(orgId)) throw wrong('这家单位手上没有协办')
    if (effect.does === 'recallTask') continue
    if (orgId === lead) throw wrong('这家单位就是主办单位')
    if (taken.has(orgId)) throw wrong('这家单位已经在协办，等它办完或先撤回')
    taken.add(orgId)
  }
}

/**
 * What may not be sent where: a desk does not send a matter back to who rejected it in this round (a superior may rule so), and nobody
 * sends down, to a township or a community, what the duty list (履行职责事项清单) has withdrawn from it.
 */
export async function checkDispatch(
  system: Ctx,
  file: FileRow,
  state: CaseState,
  move: Move,
  data: Record<string, unknown>,
): Promise<void> {
  const field = move.effects?.flatMap((effect) => (effect.does === 'setMain' ? [effect.from] : []))[0]
  const orgId = field && data[field]
  if (typeof orgId !== 'string') return
  const wrong = (message: string) => wrongData({ path: `data.${field}`, message })
  if (move.by !== 'superior' && rejectedInRound(state).some((rejection) => rejection.orgId === orgId))
    throw wrong('这家单位已退回过这件事：请派给别家，或提请裁定')
  const today = formatDay(dayOf(system.now.getTime()))
  const duty = await system.find(sql<WithdrawnDuty>`
    SELECT d.clause_no, d.document FROM cases.duty d JOIN access.organization o USING (org_id) JOIN access.area a USING (area_id)
    WHERE d.org_id = ${orgId} AND d.standing = 'withdrawn' AND d.category = ${state.category} AND starts_with(${file.area_path}, d.area_path)
      AND a.level IN ('township', 'community', 'cell') AND d.valid_from <= ${today}::date AND (d.valid_to IS NULL OR d.valid_to > ${today}::date)
      AND NOT EXISTS (SELECT FROM cases.duty other WHERE other.org_id = d.org_id AND other.category = d.category AND other.standing <> 'withdrawn'
        AND starts_with(${file.area_path}, other.area_path) AND other.valid_from <= ${today}::date AND (other.valid_to IS NULL OR other.valid_to > ${today}::date))
    LIMIT 1`)
  if (duty) throw wrong(`《${duty.document}》${duty.clause_no}已收回，不能往下派：请派给上级主管部门`)
}
