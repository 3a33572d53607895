import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { PersonFile } from '../contract/person.ts'
import type { PersonState } from '../define/person-state.ts'

type Around = Pick<PersonFile, 'stays' | 'households' | 'relations'>
type Relation = Around['relations'][number]

/**
 * Where a person lived, with whom, and what others are to him, whichever of the two files says so. Others are named as far as the post sees
 * them.
 */
export async function lookAround(ctx: Ctx, personId: string, state: PersonState): Promise<Around> {
  const relations = await relationsOf(ctx, personId)
  const members = await ctx.rows(sql<{ household_id: string; person_id: string; role: Around['households'][number]['role'] }>`
    SELECT household_id, person_id, role FROM registry.household_member
    WHERE household_id = ANY (${state.memberships.map(({ householdId }) => householdId)}::uuid[]) AND valid_to IS NULL AND person_id <> ${personId}::uuid
    ORDER BY role <> 'head', valid_from, person_id`)
  const names = await namesOf(ctx, [...relations.map(({ other_id }) => other_id), ...members.map(({ person_id }) => person_id)])
  const places = await placesOf(ctx, state)
  return {
    stays: state.stays
      .map(({ addressId, residence, source, from, to }) => ({ addressId, place: places.get(addressId) ?? '', residence, source, from, to }))
      .reverse(),
    households: state.memberships
      .map(({ householdId, addressId, role, from, to }) => ({
        ...{ householdId, place: places.get(addressId) ?? '', role, from, to },
        members: members
          .filter(({ household_id }) => household_id === householdId && to === null)
          .map(({ person_id, role }) => ({ personId: person_id, name: names.get(person_id) ?? '', role })),
      }))
      .reverse(),
    relations: relations.map(({ relation_id, other_id, kind, is_others, source, valid_from, valid_to }) => ({
      ...{ relationId: relation_id, kind, isOthers: is_others, source, from: valid_from, to: valid_to },
      other: names.has(other_id) ? { personId: other_id, name: names.get(other_id)! } : null,
    })),
  }
}

interface RelationRow {
  relation_id: string
  other_id: string
  kind: Relation['kind']
  is_others: boolean
  source: Relation['source']
  valid_from: string
  valid_to: string | null
}

/** Both sides; the scope of this file was asked for before. */
const relationsOf = (ctx: Ctx, personId: string): Promise<RelationRow[]> =>
  ctx.as(systemActor, (system) =>
    system.rows(sql<RelationRow>`
      SELECT relation_id, CASE WHEN person_id = ${personId}::uuid THEN other_id ELSE person_id END AS other_id, kind,
        person_id <> ${personId}::uuid AS is_others, source, valid_from::text, valid_to::text
      FROM registry.relation WHERE person_id = ${personId}::uuid OR other_id = ${personId}::uuid ORDER BY valid_to DESC NULLS FIRST, valid_from, relation_id`),
  )

/** Masked, of those whom the post sees. */
async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.rows(sql<{ person_id: string; name: string | null }>`
    SELECT person_id, masked ->> 'name' AS name FROM registry.person WHERE person_id = ANY (${[...new Set(ids)]}::uuid[])`)
  return new Map(rows.map(({ person_id, name }) => [person_id, name ?? '']))
}

/** As written; a dwelling of another area is named too, for the file says that the person lived there. */
async function placesOf(ctx: Ctx, state: PersonState): Promise<Map<string, string>> {
  const ids = [...state.stays, ...state.memberships].map(({ addressId }) => addressId)
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(
      sql<{
        address_id: string
        full_name: string
      }>`SELECT address_id, full_name FROM registry.address WHERE address_id = ANY (${ids}::uuid[])`,
    ),
  )
  return new Map(rows.map(({ address_id, full_name }) => [address_id, full_name]))
}
