import { type AnswerOf, call, type InputOf } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

export type PersonRow = AnswerOf<'GET /persons'>['items'][number]
export type PersonFile = AnswerOf<'GET /persons/:personId'>
export type Dwelling = AnswerOf<'GET /addresses/:addressId'>
export type Change = InputOf<'POST /persons/:personId/changes'>['body']['change']
export type PersonQuery = Omit<InputOf<'GET /persons'>['query'], 'cursor' | 'limit'>

export type OpenCorrection = AnswerOf<'GET /corrections'>['items'][number]
export type Erasure = AnswerOf<'GET /erasures'>['items'][number]
export type AskedField = InputOf<'POST /persons/:personId/corrections'>['body']['field']

const area = 'persons'

export const personsQuery = (query: PersonQuery) =>
  infiniteQueryOptions({
    queryKey: [area, query],
    queryFn: ({ pageParam, signal }) => call('GET /persons', { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const correctionsQuery = (state: 'open' | 'settled') =>
  infiniteQueryOptions({
    queryKey: [area, 'corrections', state],
    queryFn: ({ pageParam, signal }) => call('GET /corrections', { query: { state, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const erasuresQuery = (state: 'open' | 'settled') =>
  infiniteQueryOptions({
    queryKey: [area, 'erasures', state],
    queryFn: ({ pageParam, signal }) => call('GET /erasures', { query: { state, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Every reading of a file is recorded, so it is read when the page opens and after a change of one's own, and not again by itself. */
export const personQuery = (personId: string) =>
  queryOptions({
    queryKey: [area, 'file', personId],
    queryFn: ({ signal }) => call('GET /persons/:personId', { params: { personId } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const dwellingQuery = (addressId: string) =>
  queryOptions({
    queryKey: [area, 'dwelling', addressId],
    queryFn: ({ signal }) => call('GET /addresses/:addressId', { params: { addressId } }, signal),
  })

export const personEntriesQuery = (personId: string) =>
  queryOptions({
    queryKey: [area, 'entries', personId],
    queryFn: ({ signal }) => call('GET /persons/:personId/entries', { params: { personId } }, signal),
  })

export const personViewsQuery = (personId: string) =>
  queryOptions({
    queryKey: [area, 'views', personId],
    queryFn: ({ signal }) => call('GET /persons/:personId/views', { params: { personId } }, signal),
  })

export const visitsQuery = (personId: string) =>
  queryOptions({
    queryKey: [area, 'visits', personId],
    queryFn: ({ signal }) => call('GET /persons/:personId/visits', { params: { personId } }, signal),
  })

export const personsArea = area
