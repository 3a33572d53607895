import { type AnswerOf, call, type LiveEvent } from '@linli/ui/client'
import { queryOptions } from '@tanstack/react-query'

export type EpisodeRow = AnswerOf<'GET /episodes'>['items'][number]
export type EpisodeView = AnswerOf<'GET /episodes/:episodeId'>
/** The kinds of work; a list shows them together, no figure does. */
export const matterKinds = ['event', 'appeal', 'callOut', 'assistance'] as const
export type MatterKind = (typeof matterKinds)[number]

export type CaseRow = AnswerOf<'GET /cases'>['items'][number]

/** First words of every key; live push decides by them what to read again. */
const area = { me: 'me', cases: 'cases', episodes: 'episodes', person: 'person' } as const

/** The live line says when something moves; this is for when the line is broken, for nothing may ring unseen. */
const againMs = 15_000

export const meQuery = queryOptions({ queryKey: [area.me], queryFn: ({ signal }) => call('GET /me', {}, signal), staleTime: 5 * 60_000 })

export const episodesQuery = queryOptions({
  queryKey: [area.episodes, 'open'],
  queryFn: ({ signal }) => call('GET /episodes', { query: { state: 'open', limit: 100 } }, signal),
  refetchInterval: againMs,
})

export const episodeQuery = (episodeId: string) =>
  queryOptions({
    queryKey: [area.episodes, episodeId],
    queryFn: ({ signal }) => call('GET /episodes/:episodeId', { params: { episodeId } }, signal),
    refetchInterval: againMs,
  })

/** A page of each list is more than anybody does in a day. */
const most = 100

export const casesQuery = (kind: MatterKind, queue: 'accept' | 'mine' | 'check') =>
  queryOptions({
    queryKey: [area.cases, kind, queue],
    queryFn: ({ signal }) => call('GET /cases', { query: { kind, queue, status: 'open', limit: most } }, signal),
    // Deadlines pass without any event.
    refetchInterval: 60_000,
  })

/** The person that an alarm is about. Opening the file is recorded: once an alarm is enough. */
export const personQuery = (personId: string) =>
  queryOptions({
    queryKey: [area.person, personId],
    queryFn: ({ signal }) => call('GET /persons/:personId', { params: { personId } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Buildings of the community that a cell lies in, with their points: an open list, there without a network as well. */
export const buildingsQuery = (cellCode: string) =>
  queryOptions({
    queryKey: ['buildings', cellCode],
    queryFn: async ({ signal }) => {
      const [cell] = (await call('GET /public/areas', { query: { code: cellCode } }, signal)).items
      if (!cell?.parentId) return []
      const { items } = await call('GET /public/buildings', { query: { communityId: cell.parentId } }, signal)
      return items.filter(({ cellId }) => cellId === cell.areaId)
    },
    staleTime: 60 * 60_000,
  })

/** What to read again after events of the live line, as beginnings of keys. */
export function touchedBy(events: readonly LiveEvent[]): string[][] {
  const kinds = new Set(events.map(({ kind }) => kind))
  const all = kinds.has('reset')
  return [...(all || kinds.has('episode') ? [[area.episodes]] : []), ...(all || kinds.has('case') ? [[area.cases]] : [])]
}

/** Categories of a kind of work with their common sayings: an open list, there without a network as well. */
export const categoriesQuery = (kind: MatterKind) =>
  queryOptions({
    queryKey: ['categories', kind],
    queryFn: ({ signal }) => call('GET /public/categories', { query: { kind } }, signal),
    staleTime: 60 * 60_000,
  })

/** What this account handed in for review, and what became of it. */
export const handedInQuery = queryOptions({
  queryKey: ['handed-in'],
  queryFn: ({ signal }) => call('GET /me/backlog', {}, signal),
  refetchInterval: 60_000,
})
