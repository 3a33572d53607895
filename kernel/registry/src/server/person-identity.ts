import { type Ctx, sql, type Vault } from '@linli/base/server'
import { RegistryError } from './errors.ts'

/**
 * One number, one file. Two people who record it at the same instant wait for each other. Where the file is, is not said: whoever may see
 * it finds it by the number. As system.
 */
export async function checkIdentityIsNew(system: Ctx, vault: Vault, idNumber: string | undefined, own?: string): Promise<void> {
  if (!idNumber) return
  const hash = vault.keyedHash('registry.identity', idNumber)
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${hash.toString('hex')}, 0))`)
  const other = await system.find(sql<{ person_id: string }>`
    SELECT person_id FROM registry.person WHERE id_hash = ${hash} AND person_id IS DISTINCT FROM ${own ?? null}::uuid`)
  if (!other) return
  const fields = [{ path: 'values.idNumber', message: '这个证件号码已经登记过' }]
  throw RegistryError('person_exists', { detail: '这个证件号码已经登记过：请先查找；查不到的，在别的社区，请按迁入办理', fields })
}
