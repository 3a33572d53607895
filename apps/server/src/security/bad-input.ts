import fc from 'fast-check'
import { z } from 'zod'

/** A JSON Schema as zod makes it, as far as our contracts use it. */
interface Schema {
  type?: string | string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  items?: Schema
  prefixItems?: Schema[]
  minItems?: number
  maxItems?: number
  properties?: Record<string, Schema>
  required?: string[]
}

/** Values that are really there, by the name of their field, so that some requests get past the first look. */
export type Known = Readonly<Record<string, readonly string[]>>

/** What a contract takes, mostly right. */
export function inputOf(schema: z.ZodType | undefined, known: Known): fc.Arbitrary<unknown> {
  if (!schema) return fc.constant(undefined)
  return likeSchema(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known)
}

function likeSchema(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const real = known[name]
  if (real) return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...real) }, plainValue(schema, known))
  return plainValue(schema, known)
}

function plainValue(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const options = schema.anyOf ?? schema.oneOf
  if (options) return fc.oneof(...options.map((option) => likeSchema(option, known)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'string':
      return textOf(schema)
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? -5, -1e6), max: Math.min(schema.maximum ?? 1000, 1e6) })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((item) => likeSchema(item, known)))
      return fc.array(likeSchema(schema.items ?? {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      })
    case 'object':
      return objectOf(schema, known)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function objectOf({ properties = {}, required = [] }: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, likeSchema(property, known, name)]))
  return fc.record(fields, { requiredKeys: required })
}

function textOf({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('2100-01-01') }).map((date) => date.toISOString())
  if (format === 'date') return fc.constantFrom('2026-01-01', '2026-02-28', '2099-12-31')
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'))
  const words = fc.constantFrom('路灯不亮', '请尽快', 'a', '1', ' ', '，', '楼', '五')
  return fc.array(words, { minLength, maxLength: Math.min(maxLength, minLength + 20) }).map((parts) => parts.join(''))
}

const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

/** What nobody sends by mistake alone. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    Number.MAX_SAFE_INTEGER + 2,
    2 ** 31,
    2 ** 63,
    '',
    ' ',
    '0',
    'null',
    'NaN',
    'infinity',
    '-infinity',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfffy',
    '\u202e\u200b',
    '😀'.repeat(50),
    "'; DROP TABLE cases.case_file; --",
    '%',
    '_',
    '\\',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '9999-99-99',
    '+275760-09-13T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '-271821-04-20T00:00:00.000Z',
    '2026-02-30',
    '__proto__',
    'constructor',
    [],
    {},
    [[]],
    [null],
    { $ne: 1 },
    { toString: 'x' },
    { length: 5 },
    JSON.parse('{"then":"x","toJSON":1}'),
    'x'.repeat(5000),
    '字'.repeat(30_000),
    Array.from({ length: 2000 }, () => 1),
    deep(200),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 4 }),
)

interface Change {
  place: number
  how: 'replace' | 'remove' | 'add' | 'wrap'
  value: unknown
}

/** How one place of a good value is spoiled. */
export const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(1000),
  how: fc.constantFrom('replace' as const, 'replace' as const, 'replace' as const, 'remove' as const, 'add' as const, 'wrap' as const),
  value: hostile,
})

/** The value with one place in it replaced, left out, wrapped in a list, or with a field that nobody asked for. */
export function spoil(value: unknown, { place, how, value: other }: Change): unknown {
  const copy = structuredClone(value)
  const places = placesIn(copy)
  const [holder, key] = places[place % Math.max(places.length, 1)] ?? []
  if (!holder || key === undefined) return other
  if (how === 'remove') delete holder[key]
  else if (how === 'add') holder[typeof other === 'string' && other ? other : 'areaPath'] = other
  else holder[key] = how === 'wrap' ? [holder[key]] : other
  return copy
}

type Holder = Record<string, unknown>

function placesIn(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap((key) => [[value as Holder, key] as [Holder, string], ...placesIn((value as Holder)[key])])
}
