import { type Ctx, sql } from '@linli/base/server'
import { type CaseState, rejectedInRound, type Superior } from '../../define/fold.ts'

/**
 * The lowest common superior (共同上级) of the main organization and all who rejected in this round: the smallest area, a township at least,
 * in which every one of them is at home, but none that asked for it itself. A township so rules among its own offices and stations, the county where one of its departments
 * is a party.
 */
export function findSuperior(system: Ctx, state: CaseState): Promise<Superior> {
  const orgIds = [...rejectedInRound(state).map(({ orgId }) => orgId), ...(state.mainOrgId ? [state.mainOrgId] : [])]
  return system.get(sql<Superior>`
    SELECT a.area_id AS "areaId", a.name, a.level FROM access.area a
    WHERE a.level IN ('township', 'county', 'prefecture', 'province')
      AND NOT EXISTS (SELECT FROM access.organization o WHERE o.org_id = ANY (${orgIds}::uuid[]) AND NOT starts_with(o.area_path, a.area_path))
      AND NOT EXISTS (SELECT FROM access.organization r WHERE r.org_id = ${state.requesterOrgId} AND r.area_path = a.area_path)
    ORDER BY length(a.area_path) DESC LIMIT 1`)
}
