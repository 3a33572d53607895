import { dayOf, formatDay, maskName, maskPhone } from '@linli/base/define'
import type { Vault } from '@linli/base/server'
import type { Sealed } from '../define/person-change.ts'
import { isMinor, type PersonField, type PersonValues, personFieldKeys } from '../define/person-fields.ts'
import type { HeldValue, PersonState } from '../define/person-state.ts'

export const sealText = (vault: Vault, key: Buffer, value: string): Sealed => vault.seal(value, key).toString('base64')
export const openText = (vault: Vault, key: Buffer, sealed: Sealed): string => vault.open(Buffer.from(sealed, 'base64'), key)

export function sealValues(vault: Vault, key: Buffer, values: PersonValues): Partial<Record<PersonField, Sealed>> {
  return Object.fromEntries(personFieldKeys.flatMap((field) => (values[field] ? [[field, sealText(vault, key, values[field])]] : [])))
}

export function openValues(vault: Vault, key: Buffer, held: Partial<Record<PersonField, HeldValue>>): PersonValues {
  return Object.fromEntries(Object.entries(held).map(([field, { sealed }]) => [field, openText(vault, key, sealed)]))
}

/** Whether the file says that its person is a minor now. */
export function isMinorFile(vault: Vault, key: Buffer, { values }: Pick<PersonState, 'values'>, now: Date): boolean {
  const birthDate = values.birthDate && openText(vault, key, values.birthDate.sealed)
  return isMinor(birthDate, formatDay(dayOf(now.getTime())))
}

export const maskContact = ({ name, phone }: { name: string; phone: string }) => ({ name: maskName(name), phone: maskPhone(phone) })

/** By which a phone that signed in finds whom it acts for. */
export const hashProxyPhone = (vault: Vault, phone: string): Buffer => vault.keyedHash('registry.proxy-phone', phone)
