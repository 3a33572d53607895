import { type AnswerOf, call, type InputOf } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Kind } from './kinds.ts'

export type Me = AnswerOf<'GET /me'>
export type Post = Me['posts'][number]
export type CaseView = AnswerOf<'GET /cases/:caseId'>
export type CaseRow = AnswerOf<'GET /cases'>['items'][number]
export type Entry = AnswerOf<'GET /cases/:caseId/entries'>['items'][number]
export type MoveOffer = CaseView['moves'][number]
export type CaseQuery = Omit<InputOf<'GET /cases'>['query'], 'cursor'>
export type Counts = AnswerOf<'GET /cases/counts'>
export type AuditQuery = Omit<InputOf<'GET /audit'>['query'], 'cursor'>
export type AuditRow = AnswerOf<'GET /audit'>['items'][number]
export type SceneRow = AnswerOf<'GET /scenes'>['items'][number]
export type Message = AnswerOf<'GET /inbox'>['items'][number]
export type AccountRow = AnswerOf<'GET /accounts'>['items'][number]

/** First words of every key; live push decides by them what to read again. */
export const area = {
  me: 'me',
  lists: 'cases',
  counts: 'counts',
  case: 'case',
  entries: 'entries',
  route: 'route',
  similar: 'similar',
  inbox: 'inbox',
  accounts: 'accounts',
  audit: 'audit',
  exports: 'exports',
  imports: 'imports',
  episodes: 'episodes',
  devices: 'devices',
  quarantine: 'quarantine',
} as const

export const meQuery = queryOptions({ queryKey: [area.me], queryFn: ({ signal }) => call('GET /me', {}, signal), staleTime: 5 * 60_000 })

export const countsOf = (kind: Kind) =>
  queryOptions({
    queryKey: [area.counts, kind],
    queryFn: ({ signal }) => call('GET /cases/counts', { query: { kind } }, signal),
    // Deadlines pass without any event.
    refetchInterval: 60_000,
  })

export const listQuery = (query: CaseQuery) =>
  infiniteQueryOptions({
    queryKey: [area.lists, query],
    queryFn: ({ pageParam, signal }) => call('GET /cases', { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** How many a filter finds; above a thousand only that there are more. */
export const totalQuery = (query: CaseQuery) =>
  queryOptions({ queryKey: [area.lists, 'total', query], queryFn: ({ signal }) => call('GET /cases/total', { query }, signal) })

export const caseQuery = (caseId: string) =>
  queryOptions({ queryKey: [area.case, caseId], queryFn: ({ signal }) => call('GET /cases/:caseId', { params: { caseId } }, signal) })

export const entriesQuery = (caseId: string) =>
  queryOptions({
    queryKey: [area.entries, caseId],
    queryFn: ({ signal }) => call('GET /cases/:caseId/entries', { params: { caseId } }, signal),
  })

export const routeQuery = (caseId: string) =>
  queryOptions({
    queryKey: [area.route, caseId],
    queryFn: ({ signal }) => call('GET /cases/:caseId/route', { params: { caseId } }, signal),
    staleTime: 60_000,
  })

export const similarQuery = (caseId: string) =>
  queryOptions({
    queryKey: [area.similar, caseId],
    queryFn: ({ signal }) => call('GET /cases/:caseId/similar', { params: { caseId } }, signal),
    staleTime: 60_000,
  })

export const unreadQuery = queryOptions({
  queryKey: [area.inbox, 'unread'],
  queryFn: async ({ signal }) => (await call('GET /inbox', { query: { unread: 'true' } }, signal)).unread,
})

export const inboxQuery = (query: { unread?: 'true'; lang: 'zh' | 'en' }) =>
  infiniteQueryOptions({
    queryKey: [area.inbox, 'list', query],
    queryFn: ({ pageParam, signal }) => call('GET /inbox', { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const accountsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: [area.accounts, q],
    queryFn: ({ pageParam, signal }) =>
      call('GET /accounts', { query: { ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: ({ signal }) => call('GET /roles', { query: {} }, signal),
  staleTime: 10 * 60_000,
})

export type Category = AnswerOf<'GET /public/categories'>['items'][number] & { kind: 'appeal' | 'event' | 'assistance' }

/** Kinds of work that cannot be opened at a place, for a scene is switched off there. */
export const closedKindsQuery = (areaCode: string) =>
  queryOptions({
    queryKey: ['categories', 'closed', areaCode],
    queryFn: async ({ signal }) => {
      const kinds = ['appeal', 'event', 'callOut'] as const
      const answers = await Promise.all(kinds.map((kind) => call('GET /public/categories', { query: { kind, areaCode } }, signal)))
      return kinds.filter((_, i) => !answers[i]!.isOpen)
    },
    enabled: areaCode !== '',
    staleTime: 60_000,
  })

/** Of every kind of work, each with its kind. */
export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: async ({ signal }): Promise<{ items: Category[] }> => {
    const lists = await Promise.all(
      (['appeal', 'event', 'assistance'] as const).map(async (kind) => {
        const { items } = await call('GET /public/categories', { query: { kind } }, signal)
        return items.map((item) => ({ ...item, kind }))
      }),
    )
    return { items: lists.flat() }
  },
  staleTime: 60 * 60_000,
})

export const scenesQuery = queryOptions({
  queryKey: ['scenes'],
  queryFn: async ({ signal }) => (await call('GET /scenes', {}, signal)).items,
  staleTime: 30_000,
})

/** The kinds of matters that can still be opened where this post acts: those of scenes that are not switched off there. */
export const takesInQuery = queryOptions({
  ...scenesQuery,
  select: (scenes): ReadonlySet<string> => new Set(scenes.flatMap(({ isOn, kinds }) => (isOn ? kinds : []))),
})

/** The whole trail, or for whoever may not read it the refusals only. */
export const auditQuery = (query: AuditQuery, isWhole: boolean) =>
  infiniteQueryOptions({
    queryKey: [area.audit, isWhole, query],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? { cursor: pageParam } : {}
      if (isWhole) return call('GET /audit', { query: { ...query, ...cursor } }, signal)
      return call('GET /audit/refused', { query: { ...query, ...cursor } }, signal)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })
