import { call, type InputOf } from '@linli/ui/client'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { area } from '../api/queries.ts'

export type EpisodeQuery = Omit<InputOf<'GET /episodes'>['query'], 'cursor' | 'subjectId' | 'limit'>

/** The live line says when an alarm moves; this is for when the line is broken, for nothing may ring unseen. */
export const againMs = 15_000

export const episodesIn = (narrowed: EpisodeQuery = {}) =>
  infiniteQueryOptions({
    queryKey: Object.keys(narrowed).length > 0 ? [area.episodes, 'in', narrowed] : [area.episodes],
    queryFn: ({ pageParam, signal }) =>
      call('GET /episodes', { query: { ...narrowed, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: againMs,
  })

/** Open and settled ones; how many ring is asked of these everywhere. */
export const episodesQuery = episodesIn()
