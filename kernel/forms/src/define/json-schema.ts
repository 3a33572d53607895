import type { Field, FormDefinition } from './form.ts'

/**
 * The form as JSON Schema 2020-12 with our vocabulary (`x-element`, `x-basis`), for integrators and generated documents. It describes
 * canonical answers, which `parseForm` takes as they are and gives back; what a schema cannot say (past, future) `parseForm` checks alone.
 */
export function toJsonSchema(form: FormDefinition): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: form.fields.filter((field) => field.required).map((field) => field.key),
    properties: Object.fromEntries(form.fields.map((field) => [field.key, property(field)])),
  }
}

/** No blank at either end and no control character but tab and line ends. */
const trimmed = '^(?!\\s)[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f]*(?<!\\s)$'

function property(field: Field): Record<string, unknown> {
  const common: Record<string, unknown> = { title: field.label }
  if (field.hint) common.description = field.hint
  if (field.element) common['x-element'] = field.element
  if (field.basis) common['x-basis'] = field.basis
  if (field.sensitive) common['x-sensitive'] = true
  switch (field.type) {
    case 'text':
      return { ...common, type: 'string', minLength: field.min ?? 1, maxLength: field.max, pattern: trimmed }
    case 'choice':
      return { ...common, type: 'string', oneOf: field.options.map((option) => ({ const: option.value, title: option.label })) }
    case 'yesNo':
      return { ...common, type: 'boolean' }
    case 'number':
      return { ...common, type: field.whole ? 'integer' : 'number', ...bound('minimum', field.min), ...bound('maximum', field.max) }
    case 'instant':
      return { ...common, type: 'string', format: 'date-time' }
    case 'organization':
    case 'colleague':
      return { ...common, type: 'string', format: 'uuid' }
    case 'files':
      return {
        ...common,
        type: 'array',
        ...bound('minItems', field.required && 1),
        maxItems: field.max,
        uniqueItems: true,
        items: { type: 'string', format: 'uuid' },
      }
  }
}

const bound = (name: 'minimum' | 'maximum' | 'minItems', value: number | undefined) => (value === undefined ? {} : { [name]: value })
