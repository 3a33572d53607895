import { call, isSignedOut } from '@linli/ui/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { meQuery } from '../api/queries.ts'
import { releaseHeld } from '../cases/held-move.ts'

/** Changes of the session itself. While one is under way the shell keeps no live line: the server would cut it in the middle of a word. */
export const sessionChange = ['session'] as const

/** Long enough for the shell to have let go of its line. */
const lineClosed = () => new Promise<void>((done) => setTimeout(done, 50))

/** Another post is another scope: everything that was read is forgotten, and the day begins at that post's home. */
export function useActAs() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationKey: sessionChange,
    mutationFn: async (postId: string) => {
      await releaseHeld()
      await lineClosed()
      return call('POST /me/acting-post', { body: { postId } })
    },
    onSuccess: async (me) => {
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
      queryClient.setQueryData(meQuery.queryKey, me)
      await navigate({ to: '/' })
    },
  })
}

/** Leaves only when the server has ended the session: a page that looks left while its cookie still works would be worse than an error. */
export function useSignOut() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationKey: sessionChange,
    mutationFn: async () => {
      await releaseHeld()
      await lineClosed()
      try {
        await call('DELETE /sessions/current', {})
      } catch (error) {
        if (!isSignedOut(error)) throw error
      }
    },
    // Nothing stays behind on a shared desk: neither what was read nor drafts.
    onSuccess: async () => {
      await navigate({ to: '/sign-in' })
      queryClient.clear()
      sessionStorage.clear()
    },
  })
}
