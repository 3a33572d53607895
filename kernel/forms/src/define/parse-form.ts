import { formatInstant, parseInstant } from '@linli/base/define'
import type { Field, FormDefinition } from './form.ts'
import { type FormWords, formWordsZh } from './form-words.ts'

export interface FormProblem {
  path: string
  message: string
}

export type FormData = Record<string, unknown>

export type ParsedForm = { ok: true; data: FormData } | { ok: false; problems: FormProblem[] }

/**
 * Checks what came in against the form; every wrong field is named at once, and a field that the form does not have is wrong too.
 * What comes out is canonical (trimmed, ids in lower case, instants in UTC), so that equal answers are equal wherever they are compared.
 * The same function runs in the browser before sending and on the server before writing. Never throws.
 */
export function parseForm(form: FormDefinition | undefined, input: unknown, now: Date, say: FormWords = formWordsZh): ParsedForm {
  const fields = form?.fields ?? []
  if (input === undefined || input === null) input = {}
  if (typeof input !== 'object' || Array.isArray(input)) return { ok: false, problems: [{ path: 'data', message: say.notFields }] }
  const given = input as FormData
  const known = new Set(fields.map((field) => field.key))
  const problems: FormProblem[] = Object.keys(given)
    .filter((key) => !known.has(key))
    .slice(0, 20)
    .map((key) => ({ path: `data.${key.slice(0, 60).toWellFormed()}`, message: say.unknownField }))
  const data: FormData = {}
  for (const field of fields) {
    // Own fields only: `constructor` of a field that was left out is not an answer.
    const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined
    // No files are no answer where one is asked for.
    const isEmpty = field.required && field.type === 'files' && Array.isArray(value) && value.length === 0
    if (value === undefined || value === null || value === '' || isEmpty) {
      if (field.required) problems.push({ path: `data.${field.key}`, message: say.missing(field.label) })
      continue
    }
    const checked = checkField(field, value, now, say)
    if ('message' in checked) problems.push({ path: `data.${field.key}`, message: checked.message })
    else data[field.key] = checked.value
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, data }
}

type Checked = { value: unknown } | { message: string }

function checkField(field: Field, value: unknown, now: Date, say: FormWords): Checked {
  switch (field.type) {
    case 'text':
      return checkText(field.label, value, field.min ?? 1, field.max, say)
    case 'choice':
      return field.options.some((option) => option.value === value) ? { value } : { message: say.notAnOption(field.label) }
    case 'yesNo':
      return typeof value === 'boolean' ? { value } : { message: say.notYesNo(field.label) }
    case 'number':
      return checkNumber(field, value, say)
    case 'instant':
      return checkInstant(field.label, value, field.when, now, say)
    case 'organization':
    case 'colleague':
      return isId(value) ? { value: value.toLowerCase() } : { message: say.notPicked(field.label) }
    case 'files':
      return checkFiles(field.label, value, field.max, say)
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)

function checkFiles(label: string, value: unknown, max: number, say: FormWords): Checked {
  if (!Array.isArray(value) || value.length > max || !value.every(isId)) return { message: say.filesWrong(label, max) }
  const ids = value.map((id) => id.toLowerCase())
  return new Set(ids).size === ids.length ? { value: ids } : { message: say.fileTwice(label) }
}

/** Lengths in characters as a person counts them: a rare surname or an emoji is one. */
function checkText(label: string, value: unknown, min: number, max: number, say: FormWords): Checked {
  if (typeof value !== 'string') return { message: say.notText(label) }
  const text = value.trim()
  if (!text.isWellFormed() || hasControl(text)) return { message: say.notKept(label) }
  const length = Array.from(text).length
  if (length < min) return { message: say.tooShort(label, min) }
  if (length > max) return { message: say.tooLong(label, max, length) }
  return { value: text }
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true
  }
  return false
}

function checkNumber(
  { label, min = -Infinity, max = Infinity, whole }: Extract<Field, { type: 'number' }>,
  value: unknown,
  say: FormWords,
): Checked {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { message: say.notNumber(label) }
  if (whole && !Number.isSafeInteger(value)) return { message: say.notWhole(label) }
  if (value < min) return { message: say.tooSmall(label, min) }
  if (value > max) return { message: say.tooBig(label, max) }
  return { value }
}

const horizonMs = 400 * 24 * 3_600_000
/** With its offset: what an instant means must not hang on where it was filled in. */
const hasOffset = /T.*(?:Z|[+-]\d{2}:\d{2})$/

function checkInstant(label: string, value: unknown, when: 'past' | 'future' | undefined, now: Date, say: FormWords): Checked {
  const time = typeof value === 'string' && hasOffset.test(value) ? parseInstant(value) : undefined
  if (time === undefined) return { message: say.notInstant(label) }
  // A minute of grace: the clock of a desk is not ours.
  if (when === 'past' && time > now.getTime() + 60_000) return { message: say.notPast(label) }
  if (when === 'future' && time <= now.getTime()) return { message: say.notFuture(label) }
  if (Math.abs(time - now.getTime()) > horizonMs) return { message: say.tooFar(label) }
  return { value: formatInstant(time) }
}
