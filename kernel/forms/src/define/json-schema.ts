import type { Field, FormDefinition } from './form.ts'

/** The form as JSON Schema 2020-12 with our vocabulary (`x-element`, `x-basis`), for integrators and generated documents. */
export function toJsonSchema(form: FormDefinition): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: form.fields.filter((field) => field.required).map((field) => field.key),
    properties: Object.fromEntries(form.fields.map((field) => [field.key, property(field)])),
  }
}

function property(field: Field): Record<string, unknown> {
  const common: Record<string, unknown> = { title: field.label }
  if (field.hint) common.description = field.hint
  if (field.element) common['x-element'] = field.element
  if (field.basis) common['x-basis'] = field.basis
  if (field.sensitive) common['x-sensitive'] = true
  switch (field.type) {
    case 'text':
      return { ...common, type: 'string', minLength: field.min ?? 1, maxLength: field.max }
    case 'choice':
      return { ...common, type: 'string', oneOf: field.options.map((option) => ({ const: option.value, title: option.label })) }
    case 'yesNo':
      return { ...common, type: 'boolean' }
    case 'number':
      return { ...common, type: field.whole ? 'integer' : 'number', minimum: field.min, maximum: field.max }
    case 'instant':
      return { ...common, type: 'string', format: 'date-time' }
    case 'organization':
    case 'colleague':
      return { ...common, type: 'string', format: 'uuid' }
    case 'files':
      return { ...common, type: 'array', maxItems: field.max, items: { type: 'string', format: 'uuid' } }
  }
}
