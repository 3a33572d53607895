import { type AnswerOf, call, newId } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { signedIn } from '../kept/signed-in.ts'

export type OwnAlarm = AnswerOf<'GET /residents/me/alarms'>['items'][number]

const alarmsQuery = queryOptions({
  queryKey: ['resident', 'alarms'],
  queryFn: ({ signal }) => call('GET /residents/me/alarms', {}, signal),
})

/** One's own and the family's alarms; while one is open, as of three seconds ago at most. */
export function useAlarms() {
  const isSignedIn = useKept(signedIn)
  const { data } = useQuery({
    ...alarmsQuery,
    enabled: isSignedIn,
    refetchInterval: ({ state }) => (state.data?.items.some(({ settledAt }) => settledAt === null) ? 3000 : 15_000),
  })
  return isSignedIn ? data : undefined
}

/**
 * Calls for help at once, and says where from when the phone knows: the place follows under the same request id, for nothing may be waited
 * for. Sent again after a lost answer it is the same call.
 */
export function useCall() {
  const queryClient = useQueryClient()
  const requestId = useRef('')
  const mutation = useMutation({
    mutationFn: async () => {
      const alarm = await call('POST /residents/me/alarms', { body: { requestId: requestId.current } })
      navigator.geolocation?.getCurrentPosition(
        ({ coords }) => {
          const position = { lon: coords.longitude, lat: coords.latitude }
          void call('POST /residents/me/alarms', { body: { requestId: requestId.current, position } }).catch(() => {})
        },
        () => {},
        { timeout: 10_000, maximumAge: 60_000 },
      )
      return alarm
    },
    retry: 5,
    retryDelay: 2000,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alarmsQuery.queryKey }),
  })
  return {
    ...mutation,
    call: () => {
      requestId.current = newId()
      mutation.mutate()
    },
  }
}

export function useReply(episodeId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (reply: OwnAlarm['replies'][number]) =>
      call('POST /residents/me/alarms/:episodeId/replies', { params: { episodeId }, body: { requestId: newId(), reply } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: alarmsQuery.queryKey }),
  })
}
