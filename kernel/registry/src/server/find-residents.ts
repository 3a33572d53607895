import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, type Statement, sql } from '@linli/base/server'

/** What engines that watch over people must know of one: where they live, which groups they are in, what they agree to now. */
export interface Resident {
  personId: string
  addressId: string | null
  careGroups: string[]
  /** Consents in force, each since when. */
  consents: ReadonlyMap<string, Date>
}

interface ResidentRow {
  person_id: string
  address_id: string | null
  care_groups: string[]
  consents: { purpose: string; given_at: string }[]
}

/** Who lives at an address, or this person, while here; a consent that was withdrawn is none from the same instant. As system. */
export async function findResidents(system: Ctx, of: { personId: string } | { addressId: string }): Promise<Resident[]> {
  const today = formatDay(dayOf(system.now.getTime()))
  const who: Statement = 'personId' in of ? sql`p.person_id = ${of.personId}::uuid` : sql`p.address_id = ${of.addressId}::uuid`
  const rows = await system.rows(sql<ResidentRow>`
    SELECT p.person_id, p.address_id,
      ARRAY(SELECT t.care_group FROM registry.care_tag t WHERE t.person_id = p.person_id AND t.valid_from <= ${today}::date
        AND (t.valid_to IS NULL OR t.valid_to > ${today}::date)) AS care_groups,
      coalesce((SELECT jsonb_agg(jsonb_build_object('purpose', c.purpose, 'given_at', c.given_at)) FROM registry.consent c
        WHERE c.person_id = p.person_id AND c.withdrawn_at IS NULL), '[]') AS consents
    FROM registry.person p WHERE ${who} AND p.status = 'here' ORDER BY p.person_id`)
  return rows.map(({ person_id, address_id, care_groups, consents }) => ({
    personId: person_id,
    addressId: address_id,
    careGroups: care_groups,
    consents: new Map(consents.map(({ purpose, given_at }) => [purpose, new Date(given_at)])),
  }))
}
