import { type Ctx, sql } from '@linli/base/server'
import type { PersonState } from '../define/person-state.ts'

interface Projected {
  personId: string
  state: PersonState
}

/** Stays, households and relations of files, for whoever asks from the side of the dwelling or of the other person. As system. */
export async function projectHomes(system: Ctx, files: readonly Projected[]): Promise<void> {
  const of = <Row extends object>(pick: (state: PersonState) => readonly Row[]) =>
    files.flatMap(({ personId, state }) => pick(state).map((row) => ({ ...row, personId })))
  await projectStays(
    system,
    of(({ stays }) => stays),
  )
  await projectMembers(
    system,
    of(({ memberships }) => memberships),
  )
  await projectRelations(
    system,
    of(({ relations }) => relations),
  )
}

async function projectStays(system: Ctx, stays: readonly object[]): Promise<void> {
  if (stays.length === 0) return
  await system.run(sql`
    INSERT INTO registry.residence (person_id, seq, address_id, residence, source, valid_from, valid_to)
    SELECT s."personId", s.seq, s."addressId", s.residence, s.source, s."from", s."to" FROM jsonb_to_recordset(${JSON.stringify(stays)}::jsonb)
      AS s("personId" uuid, seq integer, "addressId" uuid, residence text, source text, "from" date, "to" date)
    ON CONFLICT (person_id, seq) DO UPDATE SET valid_to = excluded.valid_to`)
}

/** The household is there with its first member. */
async function projectMembers(system: Ctx, members: readonly object[]): Promise<void> {
  if (members.length === 0) return
  await system.run(sql`
    INSERT INTO registry.household (household_id, address_id)
    SELECT DISTINCT m."householdId", m."addressId" FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS m("householdId" uuid, "addressId" uuid)
    ON CONFLICT DO NOTHING`)
  await system.run(sql`
    INSERT INTO registry.household_member (household_id, person_id, seq, role, source, valid_from, valid_to)
    SELECT m."householdId", m."personId", m.seq, m.role, m.source, m."from", m."to" FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
      AS m("householdId" uuid, "personId" uuid, seq integer, role text, source text, "from" date, "to" date)
    ON CONFLICT (person_id, seq) DO UPDATE SET valid_to = excluded.valid_to`)
}

async function projectRelations(system: Ctx, relations: readonly object[]): Promise<void> {
  if (relations.length === 0) return
  await system.run(sql`
    INSERT INTO registry.relation (relation_id, person_id, other_id, kind, source, valid_from, valid_to)
    SELECT r."relationId", r."personId", r."otherId", r.kind, r.source, r."from", r."to" FROM jsonb_to_recordset(${JSON.stringify(relations)}::jsonb)
      AS r("relationId" uuid, "personId" uuid, "otherId" uuid, kind text, source text, "from" date, "to" date)
    ON CONFLICT (relation_id) DO UPDATE SET valid_to = excluded.valid_to`)
}
