import type { z } from 'zod'
import type { PersonValues as Said } from '../contract/person-values.ts'
import { readIdentity } from '../define/identity-number.ts'
import type { PersonValues } from '../define/person-fields.ts'
import { RegistryError } from './errors.ts'

/**
 * Values as they are kept: a number that can be one, and what it says about birth and sex where nothing else was said. A date of birth or a
 * sex that contradicts the number is refused, for one of the two was typed wrong.
 */
export function readValues(said: z.output<typeof Said>, now: Date): PersonValues {
  const values: PersonValues = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  if (!values.idNumber) return values
  const identity = readIdentity(values.idNumber, now)
  if (!identity) throw invalid('idNumber', '号码不对：请核对 18 位和最后一位校验码')
  const { number, birthDate, sex } = identity
  if (values.birthDate && values.birthDate !== birthDate) throw invalid('birthDate', '和证件号码里的出生日期不一致')
  if (values.sex && values.sex !== sex && ['1', '2'].includes(values.sex)) throw invalid('sex', '和证件号码里的性别不一致')
  return { ...values, idNumber: number, birthDate, sex }
}

export const invalid = (path: string, message: string) => RegistryError('data_invalid', { fields: [{ path: `values.${path}`, message }] })
