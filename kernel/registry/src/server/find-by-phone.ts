import { type Ctx, sql, type Vault } from '@linli/base/server'
import { wantedTokens } from './search-tokens.ts'

/** The one person who lives here and whose file bears this number; undefined where none does, or several. As system. */
export async function findByPhone(system: Ctx, vault: Vault, phone: string): Promise<string | undefined> {
  const rows = await system.rows(sql<{ person_id: string }>`
    SELECT person_id FROM registry.person WHERE tokens @> ${wantedTokens(vault, phone)}::bigint[] AND status = 'here' LIMIT 2`)
  return rows.length === 1 ? rows[0]!.person_id : undefined
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
