import type { FieldProblem } from '@linli/base/contract'
import type { Field, FormDefinition } from '@linli/forms/define'

/** One choice of a list that is too long to show: an organization, a colleague, an area. */
export interface Picked {
  id: string
  label: string
}

/** What stands in the controls, field by field, as typed: text for text, number and time; a pick with its label; file ids. */
export type DraftValue = string | boolean | Picked | readonly string[] | undefined
export type FormDraft = Record<string, DraftValue>

/** The typed values as the API takes them. Empty controls send nothing; a number that is none is sent as typed, so that it is refused by name. */
export function toFormData(form: FormDefinition | null, draft: FormDraft): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const field of form?.fields ?? []) {
    const value = fieldData(field, draft[field.key])
    if (value !== undefined) data[field.key] = value
  }
  return data
}

function fieldData(field: Field, value: DraftValue): unknown {
  if (value === undefined || value === '') return undefined
  switch (field.type) {
    case 'number': {
      const number = Number(String(value).trim().replaceAll(',', ''))
      return Number.isNaN(number) ? value : number
    }
    case 'instant':
      return typeof value === 'string' ? (localToIso(value) ?? value) : undefined
    case 'organization':
    case 'colleague':
      return typeof value === 'object' && 'id' in value ? value.id : undefined
    case 'files':
      return Array.isArray(value) && value.length > 0 ? value : undefined
    default:
      return value
  }
}

/** `2026-11-20T10:42` as typed in a date-time control means Asia/Shanghai, wherever the desk stands. */
export function localToIso(local: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return undefined
  const time = Date.parse(`${local.length === 16 ? `${local}:00` : local}+08:00`)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

export function isoToLocal(at: number | string): string {
  return new Date((typeof at === 'number' ? at : Date.parse(at)) + 8 * 3_600_000).toISOString().slice(0, 16)
}

/**
 * The server's field problems by field key. Paths arrive as `data.reason`, `body.data.reason` or, for plain bodies, `contact.phone`;
 * what belongs to no field of the form is kept under the empty key, so that nothing is swallowed.
 */
export function problemsByField(keys: readonly string[], problems: readonly FieldProblem[] | undefined): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { path, message } of problems ?? []) {
    const bare = path.replace(/^(body\.)?(data\.)?/, '')
    const key = keys.find((candidate) => bare === candidate || bare.startsWith(`${candidate}.`)) ?? ''
    found[key] = found[key] ? `${found[key]}；${message}` : message
  }
  return found
}

export function isEmptyDraft(draft: FormDraft): boolean {
  return Object.values(draft).every((value) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
}
