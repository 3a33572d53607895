import { ApiError, call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type Intent, nextIntent } from '../api/intent.ts'
import { area, type CaseView, caseQuery, entriesQuery } from '../api/queries.ts'
import { type Conflict, describeConflict } from './conflict.ts'

export interface Step {
  move: string
  data: Record<string, unknown>
  /** The state that the person saw when deciding. */
  seq: number
}

/** Came second, or the case went on so that the step is no longer possible: told kindly, nothing of what was typed is lost. */
export class ChangedMeanwhile extends Error {
  readonly conflict: Conflict
  constructor(conflict: Conflict) {
    super('changed')
    this.conflict = conflict
  }
}

/** Sends a step of a case. One act is one requestId, however often it is sent; the answer is put where the page reads it. */
export function useSendMove(caseId: string, onDone: (view: CaseView, step: Step) => void) {
  const queryClient = useQueryClient()
  const intents = useRef(new Map<string, Intent>())
  const underway = useRef<{ requestId: string; answer: Promise<CaseView> }>(undefined)
  return useMutation({
    mutationFn: async (step: Step): Promise<CaseView> => {
      const intent = nextIntent(intents.current.get(step.move), { seq: step.seq, data: step.data }, newId)
      intents.current.set(step.move, intent)
      try {
        // The second click of a double click waits for the answer to the first.
        if (underway.current?.requestId !== intent.requestId) {
          const body = { requestId: intent.requestId, expectedSeq: step.seq, data: step.data }
          const answer = call('POST /cases/:caseId/moves/:key', { params: { caseId, key: step.move }, body })
          underway.current = { requestId: intent.requestId, answer }
          answer
            .catch(() => undefined)
            .finally(() => {
              underway.current = undefined
            })
        }
        return await underway.current.answer
      } catch (error) {
        if (!(error instanceof ApiError) || (error.code !== 'case.changed' && error.code !== 'case.move_forbidden')) throw error
        const [current, log] = await Promise.all([
          queryClient.fetchQuery({ ...caseQuery(caseId), staleTime: 0 }),
          queryClient.fetchQuery({ ...entriesQuery(caseId), staleTime: 0 }).catch(() => ({ items: [] })),
        ])
        // Forbidden on the very state that was seen is a plain refusal, not a race.
        if (current.seq === step.seq) throw error
        throw new ChangedMeanwhile(describeConflict(step.seq, step.move, current, log.items))
      }
    },
    onSuccess: (view, step) => {
      intents.current.delete(step.move)
      queryClient.setQueryData(caseQuery(caseId).queryKey, view)
      for (const queryKey of [[area.entries, caseId], [area.route, caseId], [area.lists], [area.counts]])
        void queryClient.invalidateQueries({ queryKey })
      onDone(view, step)
    },
  })
}

/** The last words of a page that is being closed: the browser sends them after it is gone. */
export function sendOnLeaving(caseId: string, { move, seq, data }: Step): void {
  const body = JSON.stringify({ requestId: newId(), expectedSeq: seq, data })
  const headers = { 'content-type': 'application/json' }
  const url = `/api/v1/cases/${encodeURIComponent(caseId)}/moves/${encodeURIComponent(move)}`
  void fetch(url, { method: 'POST', credentials: 'same-origin', keepalive: true, headers, body }).catch(() => undefined)
}
