import { ApiError } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useOwnMe } from '../session/signed-in.tsx'
import { casesOf, keepCase, keptCases } from './kept-cases.ts'
import { type CaseView, caseQuery, type Entry, entriesQuery } from './queries.ts'

interface Shown {
  view: CaseView | undefined
  entries: readonly Entry[]
  /** When it was read that is shown without a network; undefined for a fresh one. */
  keptAt: number | undefined
  error: unknown
  readAgain(): void
}

/** One matter, fresh where there is a network, else as it was taken along. The server's "no" is never papered over. */
export function useCase(caseId: string): Shown {
  const postId = useOwnMe().actingPost?.postId
  const view = useQuery(caseQuery(caseId))
  const log = useQuery(entriesQuery(caseId))
  const kept = casesOf(useKept(keptCases), postId).find((one) => one.view.caseId === caseId)
  useEffect(() => {
    if (postId && view.data && log.data) keepCase(postId, view.data, log.data.items)
  }, [postId, view.data, log.data])
  const readAgain = (): void => {
    void view.refetch()
    void log.refetch()
  }
  const { error } = view
  const isAway = error instanceof ApiError && (error.status === 0 || error.status >= 500)
  if (kept && (isAway || (!view.data && !error)))
    return { view: kept.view, entries: kept.entries, keptAt: isAway ? kept.at : undefined, error: undefined, readAgain }
  return { view: view.data, entries: log.data?.items ?? [], keptAt: undefined, error: view.data ? undefined : error, readAgain }
}
