import { levelOfCode } from '@linli/access/define'
import { type AreaChange, type AreaChangeKind, areaChangeKinds } from '@linli/access/server'
import { parseDay } from '@linli/base/define'
import { readCsv, TableError } from '@linli/exchange/server'

const columns = ['old_code', 'new_code', 'new_name', 'valid_from', 'kind', 'share'] as const
type Column = (typeof columns)[number]
const needed: readonly Column[] = ['old_code', 'new_code', 'valid_from', 'kind']

/** A successor list: its changes, or what is wrong with its lines. Throws TableError for a file that is none. */
export async function readChanges(
  file: string,
  today: string,
): Promise<{ changes: AreaChange[]; problems: { line: number; message: string }[] }> {
  const changes: AreaChange[] = []
  const problems: { line: number; message: string }[] = []
  let header: string[] | undefined
  for await (const records of readCsv(file)) {
    for (const { line, cells } of records) {
      if (!header) {
        header = cells.map((cell) => cell.trim())
        const missing = needed.filter((column) => !header?.includes(column))
        if (missing.length > 0) throw new TableError(`${file}:1: there is no column ${missing.join(', ')}; known are ${columns.join(', ')}`)
        continue
      }
      const given = (column: Column): string => cells[header!.indexOf(column)]?.trim() ?? ''
      const change = toChange(line, given, today)
      if (typeof change === 'string') problems.push({ line, message: change })
      else changes.push(change)
    }
  }
  if (!header) throw new TableError(`${file} is empty`)
  return { changes, problems }
}

/** The line as a change, or what is wrong with it. */
function toChange(line: number, given: (column: Column) => string, today: string): AreaChange | string {
  const kind = given('kind') as AreaChangeKind
  if (!areaChangeKinds.includes(kind)) return `kind is one of ${areaChangeKinds.join(', ')}, not "${kind.slice(0, 40)}"`
  const oldCode = given('old_code')
  const newCode = given('new_code') || (kind === 'rename' ? oldCode : '')
  for (const code of [oldCode, newCode]) if (!levelOfCode(code)) return `"${code.slice(0, 40)}" is not the code of an area`
  const newName = given('new_name') || null
  if (newName && newName.length > 100) return 'new_name has more than 100 characters'
  if (kind === 'rename' && !newName) return 'a rename has a new_name'
  if (kind === 'rename' && newCode !== oldCode) return 'a rename keeps the code; a new code and a new name together are a recode'
  if (kind === 'recode' && newCode === oldCode) return 'a recode has another new_code'
  const validFrom = given('valid_from')
  if (parseDay(validFrom) === undefined) return `valid_from is a day like 2026-01-01, not "${validFrom.slice(0, 40)}"`
  if (validFrom > today) return `takes effect on ${validFrom}: bring it in then`
  const share = given('share') === '' ? null : Number(given('share'))
  if (share !== null && !(share > 0 && share <= 1)) return 'share is a number above 0 and up to 1'
  return { line, kind, oldCode, newCode, newName, validFrom, share }
}
