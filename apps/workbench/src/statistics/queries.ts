import { type AnswerOf, call } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Kind } from '../api/kinds.ts'

export type AreaStatistics = AnswerOf<'GET /statistics/areas'>
export type Rate = AreaStatistics['own']['rates'][number]
export type Part = AreaStatistics['parts'][number]
export type FigureRow = AnswerOf<'GET /statistics/rows'>['items'][number]
export type FirstTimes = AnswerOf<'GET /statistics/first-times'>['items'][number]

/** What the figures are of: a kind, a period and a place. */
export interface Asked {
  kind: Kind
  days: number
  /** Absent: the post's own area. */
  area?: string | undefined
}

/** A figure to be opened, with the number that stood on the page. */
export interface Opened extends Asked {
  figure: string
  /** What it is called on the page. */
  name: string
  where: string
  count: number
  definition?: string | undefined
  place?: string
  week?: string
}

/** As the address says them, in days. */
export const periods = { week: 7, month: 30, quarter: 90, year: 366 } as const
export type Period = keyof typeof periods

export const statisticsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['statistics', asked],
    queryFn: ({ signal }) => call('GET /statistics/areas', { query: asked }, signal),
    placeholderData: (before, query) => ((query?.queryKey[1] as Asked | undefined)?.kind === asked.kind ? before : undefined),
  })

export const figureQuery = ({ kind, days, area, figure, place, week }: Opened) =>
  infiniteQueryOptions({
    queryKey: ['figure', { kind, days, area, figure, place, week }],
    queryFn: ({ pageParam, signal }) =>
      call(
        'GET /statistics/rows',
        { query: { kind, days, area, figure, place, week, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    // As they were when the figure was opened: lines that move under somebody's eyes cannot be read.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const firstTimesQuery = ({ days, area }: Asked) =>
  infiniteQueryOptions({
    queryKey: ['first-times', { days, area }],
    queryFn: ({ pageParam, signal }) =>
      call('GET /statistics/first-times', { query: { days, area, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
