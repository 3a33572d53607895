import { call, type Ending, watchSession, watchTouches } from '@linli/ui/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { area } from '../api/queries.ts'

/** The end of the session when it is near, and how to put it off. */
export function useSessionEnd(): { ending: Ending | undefined; stay(): void } {
  const queryClient = useQueryClient()
  const [ending, setEnding] = useState<Ending>()
  const [look, setLook] = useState(() => () => {})
  useEffect(() => {
    const untouch = watchTouches()
    // As a query, so that an ended session leads to the sign-in page as with any other.
    const ask = () =>
      queryClient.fetchQuery({
        queryKey: [area.me, 'session'],
        queryFn: ({ signal }) => call('GET /sessions/current', {}, signal),
        staleTime: 0,
        gcTime: 0,
      })
    const watch = watchSession({ ask, onEnding: setEnding })
    setLook(() => () => void watch.look())
    return () => {
      watch.stop()
      untouch()
    }
  }, [queryClient])
  return { ending, stay: look }
}
