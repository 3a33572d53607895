import { dayOf, formatDay, maskName } from '@linli/base/define'
import { type Ctx, loadPersonKey, sql, type Vault } from '@linli/base/server'
import { foldPerson } from '../define/fold-person.ts'
import { loadEntries } from './person-store.ts'
import { openText } from './seal-person.ts'

/** Somebody to be told about a person: reachable, the name as others may read it. */
export interface FamilyMember {
  contactId: string
  relation: string
  name: string
  phone: string
}

/** Emergency contacts of today in the person's own order; none where the person did not agree to this purpose, or withdrew. As system. */
export async function findFamily(system: Ctx, vault: Vault, personId: string, purpose: string): Promise<FamilyMember[]> {
  const person = await system.find(sql<{ key_id: string }>`
    SELECT p.key_id FROM registry.person p JOIN registry.consent c USING (person_id)
    WHERE p.person_id = ${personId}::uuid AND c.purpose = ${purpose} AND c.withdrawn_at IS NULL`)
  const key = person && (await loadPersonKey(system, vault, person.key_id))
  if (!key) return []
  const today = formatDay(dayOf(system.now.getTime()))
  return foldPerson(await loadEntries(system, personId))
    .contacts.filter(({ kind, from, to }) => kind === 'emergency' && from <= today && (to === null || to > today))
    .sort((a, b) => a.rank - b.rank)
    .map(({ contactId, relation, name, phone }) => ({
      contactId,
      relation,
      name: maskName(openText(vault, key, name)),
      phone: openText(vault, key, phone),
    }))
}
