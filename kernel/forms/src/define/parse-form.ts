import { formatInstant, parseInstant } from '@linli/base/define'
import type { Field, FormDefinition } from './form.ts'

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
export function parseForm(form: FormDefinition | undefined, input: unknown, now: Date): ParsedForm {
  const fields = form?.fields ?? []
  if (input === undefined || input === null) input = {}
  if (typeof input !== 'object' || Array.isArray(input)) return { ok: false, problems: [{ path: 'data', message: '应是一组字段' }] }
  const given = input as FormData
  const known = new Set(fields.map((field) => field.key))
  const problems: FormProblem[] = Object.keys(given)
    .filter((key) => !known.has(key))
    .slice(0, 20)
    .map((key) => ({ path: `data.${key.slice(0, 60).toWellFormed()}`, message: '表单里没有这一项' }))
  const data: FormData = {}
  for (const field of fields) {
    // Own fields only: `constructor` of a field that was left out is not an answer.
    const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined
    if (value === undefined || value === null || value === '') {
      if (field.required) problems.push({ path: `data.${field.key}`, message: `请填写${field.label}` })
      continue
    }
    const checked = checkField(field, value, now)
    if ('message' in checked) problems.push({ path: `data.${field.key}`, message: checked.message })
    else data[field.key] = checked.value
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, data }
}

type Checked = { value: unknown } | { message: string }

function checkField(field: Field, value: unknown, now: Date): Checked {
  switch (field.type) {
    case 'text':
      return checkText(field.label, value, field.min ?? 1, field.max)
    case 'choice':
      return field.options.some((option) => option.value === value) ? { value } : { message: `${field.label}只能从列出的选项里选` }
    case 'yesNo':
      return typeof value === 'boolean' ? { value } : { message: `${field.label}请选“是”或“否”` }
    case 'number':
      return checkNumber(field.label, value, field.min, field.max, field.whole)
    case 'instant':
      return checkInstant(field.label, value, field.when, now)
    case 'organization':
    case 'colleague':
      return isId(value) ? { value: value.toLowerCase() } : { message: `${field.label}请从列表里选` }
    case 'files':
      return checkFiles(field.label, value, field.max)
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)

function checkFiles(label: string, value: unknown, max: number): Checked {
  if (!Array.isArray(value) || value.length > max || !value.every(isId)) return { message: `${label}最多 ${max} 个，且都要先上传` }
  const ids = value.map((id) => id.toLowerCase())
  return new Set(ids).size === ids.length ? { value: ids } : { message: `${label}里有两个是同一个文件` }
}

/** Lengths in characters as a person counts them: a rare surname or an emoji is one. */
function checkText(label: string, value: unknown, min: number, max: number): Checked {
  if (typeof value !== 'string') return { message: `${label}应是文字` }
  const text = value.trim()
  if (!text.isWellFormed() || hasControl(text)) return { message: `${label}含有不能保存的字符` }
  const length = Array.from(text).length
  if (length < min) return { message: `${label}至少 ${min} 个字` }
  if (length > max) return { message: `${label}最多 ${max} 个字，现在 ${length} 个` }
  return { value: text }
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true
  }
  return false
}

function checkNumber(label: string, value: unknown, min = -Infinity, max = Infinity, whole?: true): Checked {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { message: `${label}应是数字` }
  if (whole && !Number.isSafeInteger(value)) return { message: `${label}应是整数` }
  if (value < min) return { message: `${label}不能小于 ${min}` }
  if (value > max) return { message: `${label}不能大于 ${max}` }
  return { value }
}

const horizonMs = 400 * 24 * 3_600_000
/** With its offset: what an instant means must not hang on where it was filled in. */
const hasOffset = /T.*(?:Z|[+-]\d{2}:\d{2})$/

function checkInstant(label: string, value: unknown, when: 'past' | 'future' | undefined, now: Date): Checked {
  const time = typeof value === 'string' && hasOffset.test(value) ? parseInstant(value) : undefined
  if (time === undefined) return { message: `${label}应是日期和时间` }
  // A minute of grace: the clock of a desk is not ours.
  if (when === 'past' && time > now.getTime() + 60_000) return { message: `${label}不能晚于现在` }
  if (when === 'future' && time <= now.getTime()) return { message: `${label}要晚于现在` }
  if (Math.abs(time - now.getTime()) > horizonMs) return { message: `${label}离现在太远` }
  return { value: formatInstant(time) }
}
