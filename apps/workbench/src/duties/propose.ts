import { call } from '@linli/ui/client'
import { newId } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type Intent, nextIntent } from '../api/intent.ts'
import { type DutyDraft, type DutyRow, duties } from './queries.ts'

export interface Proposed {
  draft?: DutyDraft
  effectiveOn: string
  reason: string
}

/** Sends a change of a line, of no line yet, or its end; sent again unchanged it is the same request. */
export function usePropose(line: Pick<DutyRow, 'dutyId' | 'version'> | undefined, onDone: () => void) {
  const queryClient = useQueryClient()
  const intent = useRef<Intent>(undefined)
  return useMutation({
    mutationFn: ({ draft, effectiveOn, reason }: Proposed) => {
      const body = { effectiveOn, reason }
      intent.current = nextIntent(intent.current, { ...body, draft }, newId)
      const { requestId } = intent.current
      if (!line) return call('POST /duties', { body: { ...body, draft: draft as DutyDraft, requestId } })
      const params = { dutyId: line.dutyId }
      const seen = { ...body, expectedVersion: line.version, requestId }
      if (draft) return call('POST /duties/:dutyId/amendments', { params, body: { ...seen, draft } })
      return call('POST /duties/:dutyId/end', { params, body: seen })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: [duties] })
      onDone()
    },
  })
}

/** The day in Shanghai, as a date control has it. */
export const todayHere = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
