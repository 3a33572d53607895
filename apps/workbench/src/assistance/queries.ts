import { type AnswerOf, call } from '@linli/ui/client'
import { queryOptions } from '@tanstack/react-query'

export type Figures = AnswerOf<'GET /statistics/assistance'>
export type Community = AnswerOf<'GET /public/areas'>['items'][number]

export const requestFormQuery = queryOptions({
  queryKey: ['request-form'],
  queryFn: async ({ signal }) => (await call('GET /cases/requests/form', { query: {} }, signal)).form,
  staleTime: 60 * 60_000,
})

/** Communities of the post's own area. */
export const communitiesQuery = (areaId: string) =>
  queryOptions({
    queryKey: ['areas', areaId, 'community'],
    queryFn: async ({ signal }) => (await call('GET /public/areas', { query: { parent: areaId, level: 'community' } }, signal)).items,
    staleTime: 60 * 60_000,
  })

export const figuresQuery = (days: number) =>
  queryOptions({
    queryKey: ['counts', 'assistance-figures', days],
    queryFn: ({ signal }) => call('GET /statistics/assistance', { query: { days } }, signal),
  })
