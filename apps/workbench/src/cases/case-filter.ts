import type { Kind } from '../api/kinds.ts'
import type { CaseQuery } from '../api/queries.ts'

/** What a list of cases can be narrowed to, by the names that stand in its address, in a saved view and in an export. */
export const filterKeys = [
  'q',
  'clock',
  'status',
  'stage',
  'category',
  'area',
  'org',
  'channel',
  'level',
  'from',
  'to',
  'supervised',
  'merged',
  'rated',
  'duty',
] as const
export type FilterKey = (typeof filterKeys)[number]
export type CaseSearch = { [K in FilterKey | 'queue' | 'kind' | 'sort' | 'case']?: string }

export const channels = ['app', 'phone', 'counter', 'visit', 'grid', 'hotline', 'office'] as const
export const statuses = ['closed', 'withdrawn', 'any'] as const
export const clockStates = ['overdue', 'dueSoon', 'onTime', 'paused'] as const
export type Clocked = (typeof clockStates)[number]

const day = /^\d{4}-\d{2}-\d{2}$/
const id = /^[0-9a-f-]{36}$/i
const understood: Partial<Record<FilterKey, (value: string) => boolean>> = {
  clock: (value) => (clockStates as readonly string[]).includes(value),
  status: (value) => (statuses as readonly string[]).includes(value),
  area: (value) => id.test(value),
  org: (value) => id.test(value),
  duty: (value) => id.test(value),
  from: (value) => day.test(value),
  to: (value) => day.test(value),
  supervised: (value) => value === 'true',
  merged: (value) => value === 'true',
  rated: (value) => value === 'badly' || value === 'well',
}

/** Of an address that anyone can write, what the list understands. */
export function filterOf(search: CaseSearch): { [K in FilterKey]?: string } {
  return Object.fromEntries(
    filterKeys.flatMap((key) => {
      const value = search[key]
      return value !== undefined && (understood[key]?.(value) ?? true) ? [[key, value]] : []
    }),
  )
}

/** What the server is asked for. A list of everything means what is open, until something is looked for or another status asked. */
export function queryOf(kind: Kind, queue: string, search: CaseSearch): CaseQuery {
  const { status, ...filter } = filterOf(search)
  const isOpen = queue === 'all' && status === undefined && filter.q === undefined
  return {
    kind,
    queue,
    ...filter,
    ...(isOpen ? { status: 'open' } : status && status !== 'any' ? { status } : {}),
    ...(search.sort === 'opened' ? { sort: 'opened' } : {}),
  } as CaseQuery
}

/** With marks that only ended cases have, the ended ones are meant. */
export function withStatus(change: CaseSearch, search: CaseSearch): CaseSearch {
  const asksEnded = change.merged !== undefined || change.rated !== undefined
  return asksEnded && search.status === undefined ? { ...change, status: 'any' } : change
}
