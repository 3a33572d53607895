import type { FieldSource, ImportMapping } from '../../contract/import-mapping.ts'
import { fromText, maskNumbers } from '../../define/cell-text.ts'
import type { ImportField, MappedValue } from '../../define/import-field.ts'
import { timeReader } from '../../define/read-time.ts'
import type { RowProblem } from '../../define/row-problem.ts'
import { type CsvRecord, TableError } from './read-csv.ts'
import { noResult } from './read-xlsx.ts'

/** A row as its mapping understands it; with problems it is refused. */
export interface MappedRow {
  line: number
  values: Record<string, MappedValue>
  problems: RowProblem[]
}

export type RowMapper = (record: CsvRecord) => MappedRow

/**
 * Reads rows by a mapping. Columns are found by their names, wherever they stand; one that the mapping names and the file has not, or has
 * twice, ends the work before it begins. Throws TableError.
 */
export function rowMapper(mapping: ImportMapping, fields: readonly ImportField[], headers: readonly string[]): RowMapper {
  const readers = fields.flatMap((field) => {
    const source = mapping.fields[field.key]
    return source ? [readerOf(field, source, headers, mapping.timeZone)] : []
  })
  const unknown = Object.keys(mapping.fields).find((key) => !fields.some((field) => field.key === key))
  if (unknown !== undefined)
    throw new TableError(
      `the mapping fills "${unknown}", which there is not: ${fields.map(({ key }) => key).join(', ')}`,
      `映射里的“${unknown}”不是可导入的字段`,
    )
  const unmapped = fields.find(({ key, isRequired }) => isRequired && !mapping.fields[key])
  if (unmapped)
    throw new TableError(`the mapping does not say where "${unmapped.key}" (${unmapped.zh}) comes from`, `没说“${unmapped.zh}”从哪一列来`)
  return ({ line, cells }) => {
    const values: Record<string, MappedValue> = {}
    const problems: RowProblem[] = []
    const extra = cells.slice(headers.length).filter((cell) => cell.trim() !== '').length
    if (extra > 0) problems.push({ code: 'too_many_cells', field: null, column: null, value: null, more: String(extra) })
    for (const read of readers) read(cells, values, problems)
    return { line, values, problems }
  }
}

type Reader = (cells: readonly string[], values: Record<string, MappedValue>, problems: RowProblem[]) => void

function readerOf(field: ImportField, source: FieldSource, headers: readonly string[], zone: string): Reader {
  const names = source.columns ?? (source.column === undefined ? [] : [source.column])
  const places = names.map((name) => placeOf(name, headers))
  const column = names.join(' + ') || null
  const words = source.values && new Map(Object.entries(source.values))
  const convert = converterOf(field, source, zone)
  return (cells, values, problems) => {
    const parts = places.map((place) => cells[place] ?? '')
    const refuse = (code: RowProblem['code'], value: string, more?: string): void => {
      problems.push({ code, field: field.key, column, value: shorten(value), ...(more !== undefined && { more }) })
    }
    if (parts.includes(noResult)) return refuse('no_result', '')
    const given =
      source.value ??
      parts
        .map(clean)
        .filter(Boolean)
        .join(source.join ?? ' ')
    const text = words?.get(given) ?? (given === '' || words ? (source.otherwise ?? given) : given)
    if (text === '') return field.isRequired ? refuse('missing', '') : undefined
    const result = convert(text)
    if ('value' in result) values[field.key] = result.value
    else refuse(result.code, given, result.more)
  }
}

function placeOf(name: string, headers: readonly string[]): number {
  const place = headers.indexOf(name)
  if (place === -1)
    throw new TableError(
      `the file has no column "${name}"; it has ${headers
        .slice(0, 40)
        .map((one) => `"${one}"`)
        .join(', ')}`,
      `文件里没有“${name}”这一列`,
    )
  if (headers.includes(name, place + 1))
    throw new TableError(`the file has two columns called "${name}": give one of them another name`, `有两列都叫“${name}”，请改一个名`)
  return place
}

type Converted = { value: MappedValue } | { code: RowProblem['code']; more?: string }

function converterOf(field: ImportField, source: FieldSource, zone: string): (text: string) => Converted {
  switch (field.kind) {
    case 'instant': {
      const read = timeReader(source.format, zone)
      return (text) => {
        const instant = read(text)
        return instant === undefined ? { code: 'not_a_time' } : { value: new Date(instant) }
      }
    }
    case 'number':
      return (text) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? { value: Number(text) } : { code: 'not_a_number' })
    case 'yesNo':
      return (text) => {
        const value = yesNo[text.toLowerCase()]
        return value === undefined ? { code: 'unknown_value', more: '：yes / no' } : { value }
      }
    case 'choice': {
      const options = new Map((field.options ?? []).flatMap(({ value, zh, en }) => [value, zh, en].map((word) => [word, value])))
      const some = `：${(field.options ?? [])
        .slice(0, 20)
        .map(({ value }) => value)
        .join(' / ')}`
      return (text) => (options.has(text) ? { value: options.get(text)! } : { code: 'unknown_value', more: some })
    }
    case 'code':
      return (text) => (text.length <= 200 && !text.includes('\n') ? { value: text } : { code: 'not_a_code' })
    default: {
      const most = field.max ?? 200
      return (text) => (text.length <= most ? { value: text } : { code: 'too_long', more: String(most) })
    }
  }
}

const yesNo: Readonly<Record<string, boolean>> = {
  yes: true,
  no: false,
  true: true,
  false: false,
  '1': true,
  '0': false,
  是: true,
  否: false,
}

/** What people see of a cell: no control characters, no half characters, no spaces around, no mark of a text. */
const clean = (text: string): string => fromText(text.toWellFormed().replaceAll(unseen, ' ').trim())

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff\ufffe\uffff]/g

/** Enough to recognize a cell by, and nobody's number. */
function shorten(text: string): string {
  const masked = maskNumbers(text)
  return masked.length > 60 ? `${Array.from(masked).slice(0, 59).join('')}…` : masked
}
