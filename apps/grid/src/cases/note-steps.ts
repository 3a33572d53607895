import type { QueryClient } from '@tanstack/react-query'
import { handedInQuery } from '../api/queries.ts'
import { onSent } from '../kept/queue.ts'
import { caseQuery } from './queries.ts'

/** From now on what the server says to a step stands on its page at once, and the lists are read again; returns how to stop. */
export const startNotingSteps = (queryClient: QueryClient): (() => void) =>
  onSent(({ kind, item, answer }) => {
    if (kind === 'handedIn') void queryClient.invalidateQueries({ queryKey: handedInQuery.queryKey })
    if (kind !== 'step') return
    queryClient.setQueryData(caseQuery(item.caseId).queryKey, answer)
    void queryClient.invalidateQueries({ queryKey: ['cases'] })
  })
