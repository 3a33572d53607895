import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineForm, type Field, type FormDefinition } from './form.ts'
import { toJsonSchema } from './json-schema.ts'
import { type FormProblem, parseForm } from './parse-form.ts'

const now = new Date('2026-03-02T01:00:00Z')
const id = '018f3a5e-7c1b-7d2e-9a4f-1b2c3d4e5f60'

/** One field of each kind: what someone reports of a broken street lamp. */
const lamp = defineForm(
  { key: 'words', label: '情况', type: 'text', min: 2, max: 20, required: true, basis: '没有内容就无从办理' },
  {
    key: 'color',
    label: '灯色',
    type: 'choice',
    options: [
      { value: 'white', label: '白' },
      { value: 'amber', label: '黄' },
    ],
  },
  { key: 'isDark', label: '全灭', type: 'yesNo' },
  { key: 'lamps', label: '盏数', type: 'number', min: 1, max: 9, whole: true },
  { key: 'height', label: '高度', type: 'number', min: 0.5 },
  { key: 'seenAt', label: '看到的时间', type: 'instant', when: 'past' },
  { key: 'mendBy', label: '修到', type: 'instant', when: 'future' },
  { key: 'orgId', label: '单位', type: 'organization' },
  { key: 'colleagueId', label: '同事', type: 'colleague' },
  { key: 'photos', label: '照片', type: 'files', max: 2 },
)

const nothing = defineForm()

const problemsOf = (input: unknown, form: FormDefinition = lamp): FormProblem[] => {
  const parsed = parseForm(form, input, now)
  return parsed.ok ? [] : parsed.problems
}
const dataOf = (input: unknown, form: FormDefinition = lamp) => {
  const parsed = parseForm(form, input, now)
  return parsed.ok ? parsed.data : undefined
}

test('an answer comes out canonical: trimmed, ids in lower case, instants in UTC, blanks left out', () => {
  const input = {
    words: '  灯灭了 ',
    color: '',
    isDark: false,
    lamps: null,
    seenAt: '2026-03-02T08:00:00+08:00',
    orgId: id.toUpperCase(),
    photos: [id.toUpperCase()],
  }
  expect(dataOf(input)).toEqual({ words: '灯灭了', isDark: false, seenAt: '2026-03-02T00:00:00.000Z', orgId: id, photos: [id] })
})

test('every wrong field is named at once', () => {
  const input = {
    color: 'red',
    isDark: 'yes',
    lamps: 1.5,
    height: 0,
    seenAt: '2026-03-02T09:02:00+08:00',
    mendBy: '2026-03-02T09:00:00+08:00',
    orgId: 'housing',
    colleagueId: 7,
    photos: [id, id],
    wattage: 60,
  }
  expect(
    problemsOf(input)
      .map((problem) => problem.path)
      .sort(),
  ).toEqual(
    ['words', 'color', 'isDark', 'lamps', 'height', 'seenAt', 'mendBy', 'orgId', 'colleagueId', 'photos', 'wattage']
      .map((key) => `data.${key}`)
      .sort(),
  )
})

describe('a wrong value is refused by its field', () => {
  const wrong: [string, unknown][] = [
    ['words', ''],
    ['words', '   '],
    ['words', ' 灯 '],
    ['words', '灯'.repeat(21)],
    ['words', '灯\u0000灭'],
    ['words', '灯\ud800灭'],
    ['words', 7],
    ['words', ['灯灭']],
    ['lamps', 0],
    ['lamps', 10],
    ['lamps', '3'],
    ['lamps', 2 ** 53],
    ['height', Number.NaN],
    ['height', Number.POSITIVE_INFINITY],
    ['isDark', 1],
    // A day that is not there, a place of time without its offset, and a date decades away.
    ['seenAt', '2026-02-30T08:00:00+08:00'],
    ['seenAt', '2026-03-01T08:00:00'],
    ['seenAt', '1996-03-01T08:00:00Z'],
    ['seenAt', 1772400000000],
    ['photos', id],
    ['photos', [id, id.replace('018f', '018e'), id.replace('018f', '018d')]],
    ['photos', [id, id.toUpperCase()]],
    ['photos', [{}]],
    ['orgId', '00000000-0000-0000-0000-000000000000'],
    ['color', { value: 'white' }],
  ]
  test.each(wrong)('%s: %j', (key, value) => {
    const problems = problemsOf({ words: '灯灭了', [key]: value })
    expect(problems.map((problem) => problem.path)).toEqual([`data.${key}`])
  })
})

test('a character of four bytes counts as one, so a rare name is not too long', () => {
  expect(dataOf({ words: '𠮷'.repeat(20) })).toEqual({ words: '𠮷'.repeat(20) })
})

test('no files are no answer where one is asked for, and none where it is not', () => {
  const photos = { key: 'photos', label: '照片', type: 'files', max: 2 } as const
  const asked = defineForm({ ...photos, required: true, basis: '要看得见' })
  expect(problemsOf({ photos: [] }, asked)).toEqual([{ path: 'data.photos', message: '请填写照片' }])
  expect([problemsOf({ photos: [id] }, asked), problemsOf({ photos: [] }, defineForm(photos))]).toEqual([[], []])
})

test('the clock of a desk may be a minute ahead of ours', () => {
  expect(dataOf({ words: '灯灭了', seenAt: '2026-03-02T01:01:00Z' })).toBeDefined()
})

test('fields that no form has are refused, whatever they are called', () => {
  const sent = JSON.parse('{"words":"灯灭了","__proto__":{"isAdmin":true},"constructor":1,"toString":1,"\\ud800":1,"\\u0000":1,"words ":1}')
  expect(problemsOf(sent).map((problem) => problem.path)).toEqual([
    'data.__proto__',
    'data.constructor',
    'data.toString',
    'data.\ufffd',
    'data.\u0000',
    'data.words ',
  ])
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
})

test('of a thousand unknown fields twenty are named', () => {
  const sent = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field${i}`, 1]))
  expect(problemsOf(sent, nothing)).toHaveLength(20)
})

test('a move without a form takes nothing, and nothing is also what is not sent', () => {
  expect(parseForm(undefined, {}, now)).toEqual({ ok: true, data: {} })
  expect(dataOf({}, nothing)).toEqual({})
  expect(dataOf(null, nothing)).toEqual({})
  expect(problemsOf([], nothing)).toEqual([{ path: 'data', message: '应是一组字段' }])
  expect(problemsOf('x', nothing)).toHaveLength(1)
})

test('a field is not called like something that every object has, nor twice', () => {
  const named = (key: string): Field => ({ key, label: '名', type: 'yesNo' })
  for (const key of ['constructor', '__proto__', 'toString', 'two words', '1st', ''])
    expect(() => defineForm(named(key))).toThrow('no name')
  expect(() => defineForm(named('same'), named('same'))).toThrow('same key')
})

const anyField = fc.oneof(
  fc.constantFrom(...lamp.fields.map((field) => field.key)),
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty'),
)
const anyAnswer = fc.oneof(
  fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
  }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('white', 'amber', id, [id], '2026-03-02T08:00:00+08:00', '2026-04-02T08:00:00+08:00'),
  fc.boolean(),
  fc.double(),
  fc.integer({ min: 0, max: 10 }),
)

test('whatever is sent, it is read or refused by the name of a field, never thrown', () => {
  const sent = fc.oneof(
    fc.anything({ withNullPrototype: true }),
    fc.array(fc.tuple(anyField, anyAnswer)).map((pairs) => Object.fromEntries(pairs)),
  )
  const known = new Set(lamp.fields.map((field) => field.key))
  fc.assert(
    fc.property(sent, (input) => {
      const parsed = parseForm(lamp, input, now)
      if (parsed.ok)
        return Object.keys(parsed.data).every((key) => known.has(key)) && Object.getPrototypeOf(parsed.data) === Object.prototype
      return (
        parsed.problems.length > 0 &&
        parsed.problems.every(({ path, message }) => path.startsWith('data') && path.isWellFormed() && message !== '')
      )
    }),
    { numRuns: 2000 },
  )
})

describe('the schema says the same as the form', () => {
  const schema = z.fromJSONSchema(toJsonSchema(lamp) as z.core.JSONSchema.JSONSchema)
  const canonical = fc.record(
    {
      words: fc.oneof(
        { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 2, maxLength: 12 }) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 22 }) },
      ),
      color: fc.constantFrom('white', 'amber', 'red', ''),
      isDark: fc.boolean(),
      lamps: fc.oneof(fc.integer({ min: -1, max: 11 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      height: fc.double({ noNaN: true, noDefaultInfinity: true }),
      seenAt: fc.constantFrom('2026-03-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z', 'yesterday'),
      orgId: fc.oneof(fc.uuid(), fc.string()),
      photos: fc.array(fc.uuid(), { maxLength: 3 }),
      wattage: fc.integer(),
    },
    { requiredKeys: [] },
  )

  test('what the form reads is what the schema describes', () => {
    fc.assert(
      fc.property(canonical, (input) => {
        const data = dataOf(input)
        return data === undefined || schema.safeParse(data).success
      }),
      { numRuns: 2000 },
    )
  })

  test('what the schema describes the form reads, and gives back unchanged', () => {
    let described = 0
    fc.assert(
      fc.property(canonical, (input) => {
        fc.pre(schema.safeParse(input).success)
        described += 1
        expect(dataOf(input)).toEqual(input)
      }),
      { numRuns: 60, maxSkipsPerRun: 1000 },
    )
    expect(described).toBeGreaterThanOrEqual(60)
  })

  test('it carries what a field means and why it is asked', () => {
    const form = defineForm({
      key: 'phone',
      label: '电话',
      type: 'text',
      max: 20,
      required: true,
      basis: '要能回话',
      sensitive: true,
      element: 'person.phone',
      hint: '11 位',
    })
    expect(toJsonSchema(form)).toMatchObject({
      required: ['phone'],
      properties: {
        phone: { title: '电话', description: '11 位', 'x-basis': '要能回话', 'x-sensitive': true, 'x-element': 'person.phone' },
      },
    })
  })
})
