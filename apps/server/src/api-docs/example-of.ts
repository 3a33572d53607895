import type { JsonSchema } from './describe-api.ts'

/** Values that a reader can send to the demo town; invented, like everything in it. */
const byName: Readonly<Record<string, unknown>> = {
  account: 'community',
  password: 'linli-demo-2026',
  areaCode: '510131001002',
  detail: '三单元门口的路灯不亮，晚上看不见台阶。',
  title: '三单元门口的路灯不亮',
  phone: '19999990001',
  name: '林晓',
  place: '7 号楼 3 单元门口',
  reason: '核对地址',
  purpose: '三月例会核对',
  tail: '0001',
  code: '1234567890123456',
  number: '20260302-000123',
  lon: 103.5026,
  lat: 30.1966,
  list: 'cases.list',
  key: 'accept',
  text: '办得很快',
  score: 5,
  expectedSeq: 1,
  limit: 30,
  words: '路灯',
  q: '路灯',
}

const uuid = '0198f2a0-0000-7000-8000-000000000001'
const deepest = 5

/** One value that fits the schema, short; optional fields of small objects are shown, of large ones only what is required. */
export function exampleOf(schema: JsonSchema | undefined, name = '', depth = 0): unknown {
  if (!schema || depth > deepest) return null
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return name in byName && schema.enum.includes(byName[name]) ? byName[name] : schema.enum[0]
  if (schema.default !== undefined) return schema.default
  const choice = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null')
  if (choice) return exampleOf(choice, name, depth)
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  switch (type) {
    case 'object':
      return objectOf(schema, depth)
    case 'array':
      return [exampleOf(schema.items, name.replace(/s$/, ''), depth + 1)]
    case 'integer':
    case 'number':
      return name in byName ? byName[name] : (schema.minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      return textOf(schema, name)
    default:
      return {}
  }
}

function objectOf(schema: JsonSchema, depth: number): Record<string, unknown> {
  const all = Object.entries(schema.properties ?? {})
  const required = new Set(schema.required ?? [])
  const shown = all.length > 8 && required.size > 0 ? all.filter(([key]) => required.has(key)) : all
  return Object.fromEntries(shown.map(([key, part]) => [key, exampleOf(part, key, depth + 1)]))
}

function textOf({ format, minLength }: JsonSchema, name: string): string {
  if (format === 'uuid') return uuid
  if (format === 'date-time') return '2026-03-02T01:00:00.000Z'
  if (format === 'date') return '2026-03-02'
  const known = byName[name]
  return typeof known === 'string' ? known : '…'.repeat(Math.max(1, minLength ?? 1))
}
