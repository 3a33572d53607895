import { defineErrors } from '@linli/base/server'
import { refusalsZh } from '../words/zh.ts'

export const RegistryError = defineErrors(
  'registry',
  {
    person_unknown: 404,
    person_changed: 409,
    person_exists: 409,
    field_owned: 409,
    data_invalid: 422,
    dwelling_unknown: 404,
    address_unknown: 422,
    alias_invalid: 422,
    alias_unknown: 404,
    aliases_full: 409,
    building_unknown: 422,
    attachment_unknown: 422,
    correction_unknown: 404,
    correction_settled: 409,
    correction_asked: 409,
    correction_own: 403,
    erasure_unknown: 404,
    erasure_asked: 409,
    erasure_settled: 409,
    erasure_own: 403,
    erasure_done: 409,
    erasure_held: 409,
    reveal_exhausted: 429,
  },
  refusalsZh,
)

/** What is wrong with one field of a change. */
export const invalidChange = (path: string, message: string): Error =>
  RegistryError('data_invalid', { detail: message, fields: [{ path: `change.${path}`, message }] })
