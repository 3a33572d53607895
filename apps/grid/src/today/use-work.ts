import { useQueries, useQuery } from '@tanstack/react-query'
import { casesQuery, episodesQuery } from '../api/queries.ts'
import { listWork, type Work } from './work.ts'

const lists = [casesQuery('event', 'accept'), casesQuery('event', 'mine'), casesQuery('event', 'check'), casesQuery('appeal', 'mine')]

interface TodaysWork {
  work: readonly Work[]
  /** Undefined until every list has answered. */
  isRead: boolean
  error: unknown
  readAgain(): void
}

/** What waits for this post: events to be looked at, matters in its hands or to be looked at again, and alarms that are under way. */
export function useWork(): TodaysWork {
  const cases = useQueries({ queries: lists })
  const alarms = useQuery(episodesQuery)
  const all = [...cases, alarms]
  const underWay = (alarms.data?.items ?? []).filter(({ stage }) => stage !== 'raised')
  return {
    work: listWork(
      cases.flatMap(({ data }) => data?.items ?? []),
      underWay,
    ),
    isRead: all.every(({ data }) => data !== undefined),
    error: all.find(({ error, data }) => error && !data)?.error,
    readAgain: () => {
      for (const query of all) void query.refetch()
    },
  }
}
