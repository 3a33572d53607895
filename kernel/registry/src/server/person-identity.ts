import { type Ctx, sql, type Vault } from '@linli/base/server'
import { RegistryError } from './errors.ts'

interface Holder {
  person_id: string
  status: 'here' | 'away' | 'died'
}

/** Who has this number. Two people who record it at the same instant wait for each other. As system. */
export async function findByIdentity(system: Ctx, vault: Vault, idNumber: string): Promise<Holder | undefined> {
  const hash = vault.keyedHash('registry.identity', idNumber)
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${hash.toString('hex')}, 0))`)
  return system.find(sql<Holder>`SELECT person_id, status FROM registry.person WHERE id_hash = ${hash}`)
}

/** One number, one file. Where the file is, is not said: whoever may see it finds it by the number. */
export function personExists(): Error {
  const fields = [{ path: 'values.idNumber', message: '这个证件号码已经登记过' }]
  const detail = '这个证件号码已经登记过：请先查找；查不到的在别的社区，请那边先办迁出，再连同住址在这里登记'
  return RegistryError('person_exists', { detail, fields })
}
