import { type AnswerOf, call } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { area } from '../api/queries.ts'

export type ExportJob = AnswerOf<'GET /exports'>['items'][number]
export type HeldExport = AnswerOf<'GET /exports/held'>['items'][number]
export type SavedView = AnswerOf<'GET /views'>['items'][number]

/** A list and its filter as they stand on the page. */
export interface ListedNow {
  /** `cases.list`. */
  list: string
  query: Record<string, string>
}

export const exportsQuery = infiniteQueryOptions({
  queryKey: [area.exports, 'own'],
  queryFn: ({ pageParam, signal }) => call('GET /exports', { query: pageParam ? { cursor: pageParam } : {} }, signal),
  initialPageParam: '',
  getNextPageParam: (page) => page.next ?? undefined,
})

export const heldExportsQuery = queryOptions({
  queryKey: [area.exports, 'held'],
  queryFn: async ({ signal }) => (await call('GET /exports/held', {}, signal)).items,
})

export const viewsQuery = (list: string) =>
  queryOptions({
    queryKey: ['views', list],
    queryFn: async ({ signal }) => (await call('GET /views', { query: { list } }, signal)).items,
    staleTime: 5 * 60_000,
  })
