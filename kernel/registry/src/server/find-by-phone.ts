import { type Ctx, sql, type Vault } from '@linli/base/server'
import { readPerson } from './person-store.ts'
import { openText } from './seal-person.ts'
import { wantedTokens } from './search-tokens.ts'

/** The one person who lives here and whose file bears this number; undefined where none does, or several. As system. */
export async function findByPhone(system: Ctx, vault: Vault, phone: string): Promise<string | undefined> {
  const rows = await system.rows(sql<{ person_id: string }>`
    SELECT person_id FROM registry.person WHERE tokens @> ${wantedTokens(vault, phone)}::bigint[] AND status = 'here' LIMIT 2`)
  return rows.length === 1 ? rows[0]!.person_id : undefined
}

/** Every telephone that a file bears or ever bore, in clear; none of an erased one. As system. */
export async function phonesOf(system: Ctx, vault: Vault, personId: string): Promise<string[]> {
  const { key, entries } = await readPerson(system, vault, personId)
  if (!key) return []
  const sealed = entries.flatMap((entry) => {
    if (entry.change === 'recorded' || entry.change === 'corrected') return entry.data.values.phone ?? []
    return entry.change === 'absorbed' ? (entry.data.carried.values.phone ?? []) : []
  })
  return [...new Set(sealed.map((phone) => openText(vault, key, phone)))]
}

interface DescribedPerson {
  /** Masked. */
  name: string
  community: { areaId: string; code: string; name: string }
}

/** A person as greeted on a screen, and where they belong. As system. */
export async function describePerson(system: Ctx, personId: string): Promise<DescribedPerson | undefined> {
  return system.find(sql<DescribedPerson>`
    SELECT coalesce(p.masked ->> 'name', '') AS name, jsonb_build_object('areaId', c.area_id, 'code', c.code, 'name', c.name) AS community FROM registry.person p JOIN access.area c ON c.area_id = p.community_id
    WHERE p.person_id = ${personId}::uuid`)
}
