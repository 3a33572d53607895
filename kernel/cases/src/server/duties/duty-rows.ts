import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { DutyRow } from '../../contract/duty.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { CaseError } from '../errors.ts'

export type StoredDuty = Omit<DutyRow, 'categoryName' | 'kinds' | 'state'>

/** Lines `d` with their organization `o` and area `a`. */
export const namedDuties: Statement = sql`cases.duty d JOIN access.organization o USING (org_id) JOIN access.area a ON a.area_path = d.area_path`

/** Lines with their names; follow with WHERE. */
export const selectDuties: Statement<StoredDuty> = sql<StoredDuty>`
  SELECT d.duty_id AS "dutyId", d.category, d.org_id AS "orgId", o.name AS "orgName", a.area_id AS "areaId", a.name AS "areaName", d.standing,
    d.clause_no AS "clauseNo", d.clause, d.document, d.words, d.valid_from::text AS "validFrom", d.valid_to::text AS "validTo", d.version,
    EXISTS (SELECT FROM cases.duty_change c WHERE c.duty_id = d.duty_id AND c.state = 'proposed') AS "isPending"
  FROM ${namedDuties}`

/** Today in Asia/Shanghai, as lists and lines have it. */
export const todayOf = ({ now }: { now: Date }): string => formatDay(dayOf(now.getTime()))

/** In force on a day: the day that a line ends on is the first without it. */
export const inForceOn = (day: string): Statement => sql`d.valid_from <= ${day}::date AND (d.valid_to IS NULL OR d.valid_to > ${day}::date)`

export function dutyRowOf(catalogue: CaseCatalogue, duty: StoredDuty, today: string): DutyRow {
  const state = duty.validTo !== null && duty.validTo <= today ? 'ended' : duty.validFrom > today ? 'coming' : 'inForce'
  return { ...duty, ...categoryOf(catalogue, duty.category), state }
}

/** What a category is called, and of which kinds of work it is one. */
export function categoryOf(catalogue: CaseCatalogue, key: string): { categoryName: string; kinds: string[] } {
  const types = catalogue.all().filter((type) => catalogue.categoriesOf(type.key).some((category) => category.key === key))
  const name = types.flatMap((type) => catalogue.categoriesOf(type.key)).find((category) => category.key === key)?.name
  return { categoryName: name ?? key, kinds: [...new Set(types.map(({ kind }) => kind))] }
}

/** The line when the acting post sees its list; to everyone else it is not there. */
export async function getDuty(ctx: Ctx, catalogue: CaseCatalogue, dutyId: string): Promise<DutyRow> {
  const duty = await ctx.find(sql<StoredDuty>`${selectDuties} WHERE d.duty_id = ${dutyId}`)
  if (!duty) throw CaseError('duty_unknown')
  return dutyRowOf(catalogue, duty, todayOf(ctx))
}
