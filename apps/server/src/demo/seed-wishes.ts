import { keepResident } from '@linli/access/server'
import type { Ctx, Vault } from '@linli/base/server'
import { writeResidentPreference } from '@linli/messages/server'
import { findByPhone } from '@linli/registry/server'
import { storySon } from './seed-registry.ts'

/** The son of the stories signed in once and wants no calls at night, but for what is red or orange. As system, after the people. */
export async function seedWishes(system: Ctx, vault: Vault): Promise<void> {
  const residents = { findPerson: (asking: Ctx, phone: string) => findByPhone(asking, vault, phone) }
  const residentId = await keepResident(system, { vault, residents }, storySon.phone)
  await writeResidentPreference(system, residentId, { sms: 'always', voice: 'awake', quietFrom: 22 * 60, quietTo: 7 * 60, lang: 'zh' })
}
