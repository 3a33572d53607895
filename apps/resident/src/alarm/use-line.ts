import { openLine } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { signedIn } from '../kept/signed-in.ts'
import { residentQuery } from '../session/use-resident.ts'
import { sayIsLive } from './line-state.ts'
import { alarmsQuery } from './use-alarms.ts'

/** The live line of whoever is signed in, one for the page: what it says of an alarm is read again at once. */
export function useLine(): void {
  const queryClient = useQueryClient()
  const isSignedIn = useKept(signedIn)
  useEffect(() => {
    if (!isSignedIn) return
    // An answer that is still on its way may be older than what the line says; joining it would miss that.
    const readAgain = async () => {
      await queryClient.cancelQueries({ queryKey: alarmsQuery.queryKey })
      await queryClient.invalidateQueries({ queryKey: alarmsQuery.queryKey })
    }
    let hasBegun = false
    const stop = openLine({
      url: '/api/v1/residents/me/stream',
      onEvents: () => void readAgain(),
      catchUp: readAgain,
      onState(state) {
        sayIsLive(state !== 'connecting' && state !== 'broken')
        // What was raised while the page opened is in neither its first answer nor the line.
        if (state === 'live' && !hasBegun) {
          hasBegun = true
          void readAgain()
        }
        // A line that the server closed may mean that the session ended; one question tells.
        if (state === 'broken' && navigator.onLine) void queryClient.fetchQuery({ ...residentQuery, staleTime: 0 }).catch(() => {})
      },
    })
    return () => {
      stop()
      sayIsLive(false)
    }
  }, [isSignedIn, queryClient])
}
