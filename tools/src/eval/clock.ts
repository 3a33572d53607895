import { parseInstant } from '@linli/base/define'
import { publishedCalendar } from '@linli/base/server'
import { type ClockEntry, type ClockPolicy, runClock } from '@linli/cases/define'
import type { EvalOptions } from './eval-command.ts'
import { isObject, mapJsonLines, RowInvalid } from './json-lines.ts'

/**
 * `{id, openedAt, policy: {kind, amount?, dueAt?}, entries: [{at, move, until?}]}` → `{id, dueAt, onTime}`: the product's own clock on
 * the published calendar. Times come in as ISO 8601 (without an offset: Asia/Shanghai) and go out in UTC.
 */
export async function evalClock({ in: input, out: output }: EvalOptions): Promise<number> {
  const calendar = publishedCalendar()
  const { rows, bad } = await mapJsonLines(input, output, (row) => {
    const { dueAt, onTime } = runClock(policyOf(row.policy), timeOf(row.openedAt, 'openedAt'), entriesOf(row.entries), calendar)
    return { dueAt, onTime }
  })
  console.error(`clock: ${rows} rows, ${bad} bad`)
  return bad === 0 ? 0 : 2
}

/** Kind and amount are the clock's own to check: it names them by the same fields. */
function policyOf(value: unknown): ClockPolicy {
  if (!isObject(value)) throw new RowInvalid('policy', 'an object {kind, amount or dueAt}')
  return value as ClockPolicy
}

/** Every entry is checked, also those that move nothing: a file that is half broken should say so. */
function entriesOf(value: unknown): ClockEntry[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new RowInvalid('entries', 'a list')
  return value.map((entry: unknown, index) => {
    const field = `entries[${index}]`
    if (!isObject(entry)) throw new RowInvalid(field, 'an object {at, move, until?}')
    if (typeof entry.move !== 'string') throw new RowInvalid(`${field}.move`, 'text')
    const until = entry.until === undefined || entry.until === null ? undefined : timeOf(entry.until, `${field}.until`)
    return { at: timeOf(entry.at, `${field}.at`), move: entry.move, until, amount: entry.amount as ClockEntry['amount'] }
  })
}

function timeOf(value: unknown, field: string): string {
  if (typeof value !== 'string' || parseInstant(value) === undefined) throw new RowInvalid(field, 'an ISO 8601 date and time')
  return value
}
