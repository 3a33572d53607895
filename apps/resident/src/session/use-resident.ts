import { type AnswerOf, ApiError, call } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { homeArea } from '../kept/home-area.ts'
import { signedIn } from '../kept/signed-in.ts'

export type Resident = AnswerOf<'GET /residents/me'>

export const residentQuery = queryOptions({
  queryKey: ['resident', 'me'],
  queryFn: async ({ signal }): Promise<Resident | null> => {
    try {
      const resident = await call('GET /residents/me', {}, signal)
      // Whose file says where they live need not say it again; who chose another community on this device keeps it.
      homeArea.change((chosen) => chosen ?? resident.community)
      return resident
    } catch (error) {
      // Over elsewhere, or after ninety days: this device forgets it too.
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      signedIn.change(() => false)
      return null
    }
  },
  staleTime: 60_000,
})

/** Who is signed in on this device; undefined while it is asked, null for nobody. */
export function useResident(): Resident | null | undefined {
  const isSignedIn = useKept(signedIn)
  const { data } = useQuery({ ...residentQuery, enabled: isSignedIn })
  return isSignedIn ? data : null
}

export function useSignOut() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => call('DELETE /residents/me/session', {}),
    onSuccess: () => {
      signedIn.change(() => false)
      queryClient.removeQueries({ queryKey: ['resident'] })
    },
  })
}
