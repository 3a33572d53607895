import { type AnswerOf, call, type InputOf } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

export type DutyRow = AnswerOf<'GET /duties'>['items'][number]
export type DutyView = AnswerOf<'GET /duties/:dutyId'>
export type DutyChange = AnswerOf<'GET /duties/changes'>['items'][number]
export type DutyDraft = InputOf<'POST /duties'>['body']['draft']
export type DutyFilter = Omit<InputOf<'GET /duties'>['query'], 'cursor' | 'limit'>

/** The first word of every key below. */
export const duties = 'duties'
export const standings = ['basic', 'cooperating', 'withdrawn'] as const

export const dutiesQuery = (filter: DutyFilter) =>
  infiniteQueryOptions({
    queryKey: [duties, 'list', filter],
    queryFn: ({ pageParam, signal }) => call('GET /duties', { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const dutyQuery = (dutyId: string) =>
  queryOptions({ queryKey: [duties, 'one', dutyId], queryFn: ({ signal }) => call('GET /duties/:dutyId', { params: { dutyId } }, signal) })

export const dutyChoicesQuery = queryOptions({
  queryKey: [duties, 'choices'],
  queryFn: ({ signal }) => call('GET /duties/choices', {}, signal),
  staleTime: 5 * 60_000,
})

export const dutyChangesQuery = (state: 'proposed' | 'decided') =>
  queryOptions({
    queryKey: [duties, 'changes', state],
    queryFn: async ({ signal }) => (await call('GET /duties/changes', { query: { state } }, signal)).items,
  })

/** The lines in force today at a place for a category, whoever answers for it. */
export const placeDutiesQuery = (filter: { area: string; category: string }) =>
  queryOptions({
    queryKey: [duties, 'place', filter],
    queryFn: async ({ signal }) => (await call('GET /duties', { query: filter }, signal)).items,
    staleTime: 30_000,
  })

/** The lines in force today by which a unit answers for a category at a place, or by which it no longer does. */
export const chosenDutiesQuery = (filter: { org: string; category: string; area: string }) =>
  queryOptions({
    queryKey: [duties, 'chosen', filter],
    queryFn: async ({ signal }) => (await call('GET /duties', { query: filter }, signal)).items,
    staleTime: 30_000,
  })
