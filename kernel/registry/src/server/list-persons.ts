import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { PersonFilter, PersonRow } from '../contract/person.ts'
import { addressForms, isPlace } from '../define/address-forms.ts'
import { findCareGroup } from '../define/care-groups.ts'
import type { PersonField } from '../define/person-fields.ts'
import type { RegistryDeps } from './deps.ts'
import { wantedTokens } from './search-tokens.ts'

interface PersonQuery extends PersonFilter {
  address?: string | undefined
  limit: number
  cursor?: string | undefined
}

export interface ListedPerson {
  person_id: string
  status: PersonRow['status']
  masked: Partial<Record<PersonField, string>>
  place: string
  care_groups: string[]
  changed_at: Date
}

/** A search that finds more shows these; whoever has a namesake in every lane types another word. */
const mostHits = 500

/** People in the acting post's scope, latest changed first; with words, those who bear them, wherever they live or lived. Masked. */
export async function listPersons(ctx: Ctx, deps: RegistryDeps, query: PersonQuery): Promise<{ items: PersonRow[]; next: string | null }> {
  const { cursor, limit, address } = query
  const conditions = personConditions(ctx, deps, query)
  if (address) conditions.push(sql`p.address_id = ${address}`)
  if (cursor) {
    const [changedAt, personId] = decodeCursor(cursor, 'instant', 'uuid')
    conditions.push(sql`(p.changed_at, p.person_id) < (${changedAt}::timestamptz, ${personId}::uuid)`)
  }
  const page = sql`SELECT * FROM registry.person p WHERE ${sqlAnd(conditions)} ORDER BY ${personOrder} LIMIT ${limit + 1}`
  const rows = await ctx.rows(sql<ListedPerson>`${selectPersons(page)} ORDER BY ${personOrder}`)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(rowOf),
    next: last ? encodeCursor(last.changed_at.toISOString(), last.person_id) : null,
  }
}

export const personOrder: Statement = sql`p.changed_at DESC, p.person_id DESC`

/** Of these rows of `registry.person` what a list shows. */
export const selectPersons = (persons: Statement): Statement => sql`
  SELECT p.person_id, p.status, p.masked, p.changed_at, concat_ws(' ', c.name, b.name) AS place,
    ARRAY(SELECT t.care_group FROM registry.care_tag t WHERE t.person_id = p.person_id AND t.valid_to IS NULL ORDER BY t.care_group) AS care_groups
  FROM (${persons}) p JOIN access.area c ON c.area_id = p.community_id LEFT JOIN registry.address a USING (address_id)
    LEFT JOIN access.building b USING (building_id)`

/** With words everyone who bears them, else those who live here. Names: `p` person. */
export function personConditions(ctx: Ctx, deps: RegistryDeps, { q, careGroup, status }: PersonFilter): Statement[] {
  const conditions = [levelOf(ctx), ...found(deps, q)]
  const wanted = status ?? (q ? undefined : 'here')
  conditions.push(wanted ? sql`p.status = ${wanted}` : sql`p.status NOT IN ('merged', 'erased')`)
  if (careGroup)
    conditions.push(
      sql`EXISTS (SELECT FROM registry.care_tag t WHERE t.person_id = p.person_id AND t.care_group = ${careGroup} AND t.valid_to IS NULL)`,
    )
  return conditions
}

export const rowOf = (row: ListedPerson): PersonRow => ({
  personId: row.person_id,
  status: row.status,
  masked: row.masked,
  place: row.place,
  careGroups: row.care_groups.map((key) => ({ key, name: findCareGroup(key)?.name ?? key })),
  changedAt: row.changed_at.toISOString(),
})

/** The level column of the post by equality, so that its index does the work; the policy only confirms. */
function levelOf({ actor: { reach, areaId } }: Ctx): Statement {
  if (reach === 'cell') return sql`p.cell_id = ${areaId}`
  if (reach === 'community') return sql`p.community_id = ${areaId}`
  if (reach === 'township') return sql`p.township_id = ${areaId}`
  if (reach === 'county') return sql`p.county_id = ${areaId}`
  return sql`true`
}

/**
 * Asked in the statement of the page itself, for each way there and back is time that somebody waits; as a query of its own inside it, so
 * that it is asked once whatever the plan.
 */
function found({ vault }: RegistryDeps, q: string | undefined): Statement[] {
  if (!q) return []
  return isPlace(q)
    ? [sql`p.address_id = ANY ((SELECT registry.find_homes(${addressForms(q)}::text[], ${mostHits}))::uuid[])`]
    : [sql`p.person_id = ANY ((SELECT registry.find_persons(${wantedTokens(vault, q)}::bigint[], ${mostHits}))::uuid[])`]
}
