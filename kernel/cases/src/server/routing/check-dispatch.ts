import { type Ctx, sql } from '@linli/base/server'
import type { Move } from '../../define/case-type.ts'
import { type CaseState, isUnsettled, rejectedInRound } from '../../define/fold.ts'
import type { FileRow } from '../case-rows.ts'
import { type FoundDuty, findDuty, nameOfDuty } from '../duties/find-duty.ts'
import { wrongData } from '../errors.ts'

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
 * sends down, to a township or a community, what the duty list (履行职责事项清单) has withdrawn from it. Answers the line of the lists that
 * the unit answers by, where there is one.
 */
export async function checkDispatch(
  system: Ctx,
  file: FileRow,
  state: CaseState,
  move: Move,
  data: Record<string, unknown>,
): Promise<FoundDuty | undefined> {
  const field = move.effects?.flatMap((effect) => (effect.does === 'setMain' ? [effect.from] : []))[0]
  const orgId = field && data[field]
  if (typeof orgId !== 'string') return undefined
  const wrong = (message: string) => wrongData({ path: `data.${field}`, message })
  if (move.by !== 'superior' && rejectedInRound(state).some((rejection) => rejection.orgId === orgId))
    throw wrong('这家单位已退回过这件事：请派给别家，或提请裁定')
  const ground = data.clause ?? data.basis
  const duty = await findDuty(system, { orgId, category: state.category, areaPath: file.area_path, ground })
  if (duty?.standing !== 'withdrawn') return duty
  if (await isBelowCounty(system, orgId)) throw wrong(`${nameOfDuty(duty)}已收回，不能往下派：请派给上级主管部门`)
  return undefined
}

async function isBelowCounty(system: Ctx, orgId: string): Promise<boolean> {
  const { level } = await system.get(sql<{ level: string }>`
    SELECT a.level FROM access.organization o JOIN access.area a USING (area_id) WHERE o.org_id = ${orgId}`)
  return level === 'township' || level === 'community' || level === 'cell'
}
