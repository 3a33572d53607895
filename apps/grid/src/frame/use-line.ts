import { openLine } from '@linli/ui/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { meQuery, touchedBy } from '../api/queries.ts'

/** The live line of the acting post: another post sees other things, so it gets another line. */
export function useLine(postId: string | undefined): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (!postId) return
    const readAgain = (events: Parameters<typeof touchedBy>[0]) =>
      Promise.all(touchedBy(events).map((queryKey) => queryClient.invalidateQueries({ queryKey })))
    return openLine({
      url: '/api/v1/stream',
      onEvents: (events) => void readAgain(events),
      catchUp: () => readAgain([{ kind: 'reset' }]),
      onState(state) {
        // A line that the server closed may mean that the session ended; one question tells.
        if (state === 'broken' && navigator.onLine) void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
      },
    })
  }, [postId, queryClient])
}
