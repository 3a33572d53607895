import { type Ctx, sql } from '@linli/base/server'
import type { DutyStanding } from '../../contract/duty.ts'
import { inForceOn, todayOf } from './duty-rows.ts'

export interface FoundDuty {
  dutyId: string
  standing: DutyStanding
  clauseNo: string
  clause: string
  document: string
}

export interface DutyWanted {
  orgId: string
  category: string | null
  /** Of the place that the matter is about. */
  areaPath: string
  /** What the dispatcher wrote as his ground: of several lines the one it names. */
  ground?: unknown
}

/**
 * By which line of the duty lists an organization is asked for a category at a place today: the nearest of those in force, a withdrawn one
 * only where there is no other. Undefined where no list says anything.
 */
export function findDuty(system: Ctx, { orgId, category, areaPath, ground }: DutyWanted): Promise<FoundDuty | undefined> {
  return system.find(sql<FoundDuty>`
    SELECT d.duty_id AS "dutyId", d.standing, d.clause_no AS "clauseNo", d.clause, d.document FROM cases.duty d
    WHERE d.org_id = ${orgId} AND d.category = ${category} AND starts_with(${areaPath}, d.area_path) AND ${inForceOn(todayOf(system))}
    ORDER BY d.standing = 'withdrawn', strpos(${typeof ground === 'string' ? ground : ''}, d.clause_no) = 0, length(d.area_path) DESC,
      array_position(ARRAY['basic', 'cooperating', 'withdrawn'], d.standing), d.clause_order, d.duty_id LIMIT 1`)
}

/** Finds without asking again, for many matters at once: by unit, category and place the nearest line that is in force today. */
export type DutyBook = (wanted: Pick<DutyWanted, 'orgId' | 'category' | 'areaPath'>) => string | undefined

export async function readDutyBook(system: Ctx): Promise<DutyBook> {
  const lines = await system.rows(sql<{ dutyId: string; orgId: string; category: string; areaPath: string }>`
    SELECT d.duty_id AS "dutyId", d.org_id AS "orgId", d.category, d.area_path AS "areaPath" FROM cases.duty d
    WHERE d.standing <> 'withdrawn' AND ${inForceOn(todayOf(system))} ORDER BY length(d.area_path) DESC, d.clause_order, d.duty_id`)
  return ({ orgId, category, areaPath }) =>
    lines.find((line) => line.orgId === orgId && line.category === category && areaPath.startsWith(line.areaPath))?.dutyId
}

/** A line as a matter shows it that was sent by it, in force or not any more. */
export function loadDuty(system: Ctx, dutyId: string): Promise<FoundDuty> {
  return system.get(sql<FoundDuty>`
    SELECT duty_id AS "dutyId", standing, clause_no AS "clauseNo", clause, document FROM cases.duty WHERE duty_id = ${dutyId}`)
}

/** As a refusal names it: 《办法》第 3 条. */
export const nameOfDuty = ({ document, clauseNo }: Pick<FoundDuty, 'document' | 'clauseNo'>): string => `《${document}》${clauseNo}`
