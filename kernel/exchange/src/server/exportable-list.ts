import type { ExportColumn } from '@linli/base/define'
import type { Ctx } from '@linli/base/server'
import type { z } from 'zod'
import { ExchangeError } from './errors.ts'

/**
 * A list that can be taken along as a file: filled by the engine that owns it, wired in `apps/server`. Everything runs in a transaction of
 * the acting post, so a list can hand out what that post may see and nothing else.
 */
export interface ExportableList<Query, Row> {
  /** `cases.list`. */
  readonly key: string
  readonly zh: string
  readonly en: string
  /** What whoever exports or saves a view of it must be allowed, beside exporting itself. */
  readonly permission: string
  /** The filter of the list, as its address has it. */
  readonly query: z.ZodType<Query>
  readonly columns: readonly ExportColumn<Row>[]
  /** How many rows the filter finds, but no more than `most + 1`. */
  count(ctx: Ctx, query: Query, most: number): Promise<number>
  /** Ids of the rows in the order of the list, as it stands now. */
  pick(ctx: Ctx, query: Query, most: number): Promise<string[]>
  /** Those of the ids that the acting post still sees, by id. */
  load(ctx: Ctx, ids: readonly string[], query: Query): Promise<Map<string, Row>>
}

/** The lists of this deployment by key. */
export type ExportableLists = ReadonlyMap<string, ExportableList<unknown, unknown>>

export function collectLists(lists: readonly ExportableList<unknown, unknown>[]): ExportableLists {
  const book = new Map(lists.map((list) => [list.key, list]))
  if (book.size !== lists.length) throw new Error(`two lists have one key: ${lists.map(({ key }) => key).join(', ')}`)
  return book
}

/** The list, if the acting post may read it; to everyone else it is not there. */
export function getList(ctx: Ctx, lists: ExportableLists, key: string): ExportableList<unknown, unknown> {
  const list = lists.get(key)
  if (list && ctx.actor.permissions.has(list.permission)) return list
  throw ExchangeError('list_unknown', {
    detail: '没有这个列表，或您的岗位不能看',
    fields: [{ path: 'list', message: '没有这个列表' }],
  })
}

/** The filter as the list understands it. */
export function readFilter<Query>(list: ExportableList<Query, unknown>, filter: Record<string, string>): Query {
  const read = list.query.safeParse(filter)
  if (read.success) return read.data
  const fields = read.error.issues.slice(0, 20).map((issue) => ({ path: ['query', ...issue.path].join('.'), message: issue.message }))
  throw ExchangeError('data_invalid', { detail: '筛选条件不对', fields })
}
