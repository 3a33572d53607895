import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Dwelling } from '../contract/dwelling.ts'
import { openAddress } from './addresses.ts'
import { standardOf } from './aliases.ts'
import type { RegistryDeps } from './deps.ts'
import { readSections } from './profile-sections.ts'

interface LivesRow {
  person_id: string
  name: string | null
  status: Dwelling['now'][number]['status']
  residence: Dwelling['now'][number]['residence']
  source: Dwelling['now'][number]['source']
  valid_from: string
  valid_to: string | null
}

interface MemberRow {
  household_id: string
  person_id: string
  name: string | null
  role: Dwelling['households'][number]['members'][number]['role']
  valid_from: string
  valid_to: string | null
}

const mostBefore = 100

/** Who lives in a dwelling now, in which households, and who did before; masked, as a list is. With the sections of other engines. */
export async function getDwelling(ctx: Ctx, deps: Pick<RegistryDeps, 'dwellingSections'>, addressId: string): Promise<Dwelling> {
  const address = await openAddress(ctx, addressId)
  const lives = (
    await ctx.rows(sql<LivesRow>`
      SELECT r.person_id, p.masked ->> 'name' AS name, p.status, r.residence, r.source, r.valid_from::text, r.valid_to::text
      FROM registry.residence r JOIN registry.person p USING (person_id) WHERE r.address_id = ${addressId}::uuid AND p.status NOT IN ('merged', 'erased')
      ORDER BY r.valid_to DESC NULLS FIRST, r.valid_from, r.person_id LIMIT ${mostBefore}`)
  ).map(({ person_id, name, status, residence, source, valid_from, valid_to }) => ({
    ...{ personId: person_id, name: name ?? '', status, residence, source, from: valid_from, to: valid_to },
  }))
  const members = await ctx.rows(sql<MemberRow>`
    SELECT m.household_id, m.person_id, p.masked ->> 'name' AS name, m.role, m.valid_from::text, m.valid_to::text
    FROM registry.household h JOIN registry.household_member m USING (household_id) JOIN registry.person p USING (person_id)
    WHERE h.address_id = ${addressId}::uuid AND m.valid_to IS NULL AND p.status <> 'erased' ORDER BY m.household_id, m.role <> 'head', m.valid_from, m.person_id`)
  // How many, and not who: their files are somebody else's to read.
  const { all } = await ctx.as(systemActor, (system) =>
    system.get(sql<{
      all: number
    }>`SELECT count(DISTINCT r.person_id)::int AS all FROM registry.residence r JOIN registry.person p USING (person_id)
      WHERE r.address_id = ${addressId}::uuid AND p.status NOT IN ('merged', 'erased')`),
  )
  const sections = await readSections(ctx, deps.dwellingSections, { personIds: [], home: { addressId, since: null } })
  ctx.audit({ action: 'registry.read', subjectKind: 'address', subjectId: addressId, detail: { sections: sections.map(({ key }) => key) } })
  return {
    address,
    standard: await standardOf(ctx, address),
    households: [...Map.groupBy(members, ({ household_id }) => household_id)].map(([householdId, rows]) => ({
      householdId,
      members: rows.map(({ person_id, name, role, valid_from, valid_to }) => ({
        ...{ personId: person_id, name: name ?? '', role, from: valid_from, to: valid_to },
      })),
    })),
    now: lives.filter(({ to }) => to === null),
    before: lives.filter(({ to }) => to !== null),
    elsewhere: all - new Set(lives.map(({ personId }) => personId)).size,
    sections,
  }
}
