import { type AnswerOf, call, newId } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { signedIn } from '../kept/signed-in.ts'
import { useIsLive } from './line-state.ts'

export type OwnAlarm = AnswerOf<'GET /residents/me/alarms'>['items'][number]

export const alarmsQuery = queryOptions({
  queryKey: ['resident', 'alarms'],
  queryFn: ({ signal }) => call('GET /residents/me/alarms', {}, signal),
})

/**
 * How long until the page asks by itself. The line tells what happens to an alarm, not that one is no longer told of it:
 * of an alarm of the family that is asked for sooner.
 */
export function askedAgainAfter(alarms: readonly Pick<OwnAlarm, 'isOwn' | 'settledAt'>[], isLive: boolean): number {
  const open = alarms.filter(({ settledAt }) => settledAt === null)
  if (isLive) return open.some(({ isOwn }) => !isOwn) ? 15_000 : 60_000
  return open.length > 0 ? 3000 : 15_000
}

/** One's own and the family's alarms: told by the line, or asked for every few seconds where there is none. */
export function useAlarms() {
  const isSignedIn = useKept(signedIn)
  const isLive = useIsLive()
  const { data } = useQuery({
    ...alarmsQuery,
    enabled: isSignedIn,
    refetchInterval: ({ state }) => askedAgainAfter(state.data?.items ?? [], isLive),
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
