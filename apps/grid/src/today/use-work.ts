import { ApiError } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { casesQuery, episodesQuery } from '../api/queries.ts'
import { takeCasesAlong } from '../cases/kept-cases.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { keepWork, keptWork, workOf } from './kept-work.ts'
import { listWork, mostPressing, type Work } from './work.ts'

const lists = [
  casesQuery('event', 'accept'),
  casesQuery('event', 'mine'),
  casesQuery('event', 'check'),
  casesQuery('appeal', 'mine'),
  casesQuery('callOut', 'mine'),
  casesQuery('assistance', 'mine'),
]

interface TodaysWork {
  work: readonly Work[]
  /** Undefined until every list has answered. */
  isRead: boolean
  error: unknown
  /** When the list was read that is shown without a network; undefined for a fresh one. */
  keptAt: number | undefined
  readAgain(): void
}

/** What waits for this post: events to be looked at, matters in its hands or to be looked at again, and alarms that are under way. */
export function useWork(): TodaysWork {
  const cases = useQueries({ queries: lists })
  const alarms = useQuery(episodesQuery)
  const postId = useOwnMe().actingPost?.postId
  const kept = workOf(useKept(keptWork), postId)
  const all = [...cases, alarms]
  const isRead = all.every(({ data }) => data !== undefined)
  const error = all.find(({ error: one, data }) => one && !data)?.error
  const isAway = error instanceof ApiError && (error.status === 0 || error.status >= 500)
  const readAt = Math.min(...cases.map(({ dataUpdatedAt }) => dataUpdatedAt))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the instant of reading says that there is something new
  useEffect(() => {
    if (!postId || !isRead) return
    const rows = cases.flatMap(({ data }) => data?.items ?? [])
    keepWork(postId, rows)
    void takeCasesAlong(postId, mostPressing(rows))
  }, [postId, isRead, readAt])
  if (!isRead && isAway && kept) return { work: listWork(kept.cases, []), isRead: true, error: undefined, keptAt: kept.at, readAgain }
  function readAgain(): void {
    for (const query of all) void query.refetch()
  }
  const underWay = (alarms.data?.items ?? []).filter(({ stage }) => stage !== 'raised')
  return {
    work: listWork(
      cases.flatMap(({ data }) => data?.items ?? []),
      underWay,
    ),
    isRead,
    error,
    keptAt: undefined,
    readAgain,
  }
}
