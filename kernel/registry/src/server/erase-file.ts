import { type Ctx, erasePerson, sql, type Vault } from '@linli/base/server'
import { openPerson } from './person-store.ts'
import { project } from './project-person.ts'

/**
 * Erases what is known of a person: the key goes, and with it, in the same transaction, every mask, search token and hash that was made
 * with it. That there was a file, and its days, stays. As system.
 */
export async function eraseFile(system: Ctx, vault: Vault, personId: string): Promise<void> {
  const person = await openPerson(system, vault, personId)
  await erasePerson(system, person.keyId)
  await project(system, vault, [{ ...person, key: undefined }])
  await system.run(sql`UPDATE registry.correction SET masked = NULL WHERE person_id = ${personId}::uuid`)
  system.audit({ action: 'registry.erased', subjectKind: 'person', subjectId: personId })
  system.emit('person.erased', { personId })
}
