import { type AnswerOf, call, type InputOf } from '@linli/ui/client'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

export type TopicRow = AnswerOf<'GET /topics'>['items'][number]
export type TopicView = AnswerOf<'GET /topics/:topicId'>
export type TopicItem = AnswerOf<'GET /topics/:topicId/items'>['items'][number]
export type TopicAct = TopicView['acts'][number]
export type TopicFilter = Omit<InputOf<'GET /topics'>['query'], 'cursor' | 'limit'>
export type ItemQuery = InputOf<'GET /topics/:topicId/items'>['query']

/** The first word of every key below. */
export const topics = 'topics'
export const topicStates = ['open', 'answered', 'closed'] as const

export const topicsQuery = (filter: TopicFilter) =>
  infiniteQueryOptions({
    queryKey: [topics, 'list', filter],
    queryFn: ({ pageParam, signal }) => call('GET /topics', { query: { ...filter, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const topicQuery = (topicId: string) =>
  queryOptions({
    queryKey: [topics, 'one', topicId],
    queryFn: ({ signal }) => call('GET /topics/:topicId', { params: { topicId } }, signal),
  })

export const topicItemsQuery = (topicId: string, query: ItemQuery) =>
  queryOptions({
    queryKey: [topics, 'items', topicId, query],
    queryFn: ({ signal }) => call('GET /topics/:topicId/items', { params: { topicId }, query }, signal),
  })
