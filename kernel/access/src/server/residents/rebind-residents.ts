import { type Ctx, sql, type Vault } from '@linli/base/server'
import type { ResidentSlots } from './resident-slots.ts'
import { phoneHash } from './sign-in-code.ts'

interface ResidentRow {
  resident_id: string
  sealed_phone: Buffer
  person_id: string | null
}

/**
 * Asks anew whose file bears the numbers of those who are signed in as this person or with one of these telephones, and binds each to that
 * file or to none: a session of ninety days follows the file, and does not outlive the number in it. As system; the same again changes nothing.
 */
export async function rebindResidents(
  system: Ctx,
  { vault, findPerson }: { vault: Vault } & Pick<ResidentSlots, 'findPerson'>,
  { personId, phones }: { personId: string; phones: readonly string[] },
): Promise<number> {
  const hashes = phones.map((phone) => phoneHash(vault, phone))
  const residents = await system.rows(sql<ResidentRow>`
    SELECT resident_id, sealed_phone, person_id FROM access.resident
    WHERE person_id = ${personId}::uuid OR phone_hash = ANY (${hashes}::bytea[]) ORDER BY resident_id FOR UPDATE`)
  let moved = 0
  for (const { resident_id: residentId, sealed_phone, person_id } of residents) {
    const found = (await findPerson(system, vault.open(sealed_phone))) ?? null
    if (found === person_id) continue
    await system.run(sql`UPDATE access.resident SET person_id = ${found}::uuid WHERE resident_id = ${residentId}::uuid`)
    system.audit({ action: 'access.resident_rebound', subjectKind: 'resident', subjectId: residentId, detail: { isBound: found !== null } })
    moved++
  }
  return moved
}
