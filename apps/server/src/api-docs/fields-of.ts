import type { JsonSchema } from './describe-api.ts'

/** One line of the table under an operation. */
export interface Field {
  /** `contact.phone`, `items[].number`. */
  path: string
  type: string
  isRequired: boolean
  /** Limits, choices and defaults, as short as they can be said. */
  rules: string[]
}

const deepest = 4

/** A schema as lines, in the order in which the contract has them. */
export function fieldsOf(schema: JsonSchema | undefined, prefix = '', depth = 0): Field[] {
  if (!schema || depth > deepest) return []
  const real = plain(schema)
  if (real.type === 'array') return fieldsOf(real.items, `${prefix}[]`, depth)
  const required = new Set(real.required ?? [])
  return Object.entries(real.properties ?? {}).flatMap(([key, part]) => {
    const path = prefix ? `${prefix}.${key}` : key
    return [
      { path, type: typeOf(part), isRequired: required.has(key) && part.default === undefined, rules: rulesOf(plain(part)) },
      ...fieldsOf(part, path, depth + 1),
    ]
  })
}

/** What is under "or null". */
function plain(schema: JsonSchema): JsonSchema {
  const choices = schema.anyOf ?? schema.oneOf
  const real = choices?.filter(({ type }) => type !== 'null') ?? []
  return real.length === 1 ? (real[0] as JsonSchema) : schema
}

export function typeOf(schema: JsonSchema): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(typeOf))].join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `${schema.items ? typeOf(schema.items) : 'any'}[]`
  if (Array.isArray(schema.type)) return schema.type.join(' | ')
  return schema.format ?? schema.type ?? 'any'
}

function rulesOf({
  enum: choices,
  pattern,
  format,
  minLength,
  maxLength,
  minItems,
  maxItems,
  minimum,
  maximum,
  default: preset,
}: JsonSchema): string[] {
  const range = (from: number | undefined, to: number | undefined): string[] => {
    const isOpen = to === undefined || to >= Number.MAX_SAFE_INTEGER
    if ((from === undefined || from <= Number.MIN_SAFE_INTEGER) && isOpen) return []
    return [isOpen ? `≥ ${from}` : `${from ?? 0}–${to}`]
  }
  return [
    ...(choices ? [choices.map((one) => JSON.stringify(one)).join(' | ')] : []),
    ...range(minLength, maxLength),
    ...range(minItems, maxItems),
    ...range(minimum, maximum),
    ...(pattern && !format && pattern.length <= 60 ? [pattern] : []),
    ...(preset === undefined ? [] : [`= ${JSON.stringify(preset)}`]),
  ]
}
