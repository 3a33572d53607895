import { call } from '@linli/ui/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { meQuery } from '../api/queries.ts'

/** Another post is another scope: everything that was read is forgotten, and the day begins at that post's home. */
export function useActAs() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (postId: string) => call('POST /me/acting-post', { body: { postId } }),
    onSuccess: async (me) => {
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
      queryClient.setQueryData(meQuery.queryKey, me)
      await navigate({ to: '/' })
    },
  })
}

export function useSignOut() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => call('DELETE /sessions/current', {}),
    // Leaving also leaves nothing behind on a shared desk: what was read, and drafts.
    onSettled: async () => {
      await navigate({ to: '/sign-in' })
      queryClient.clear()
      sessionStorage.clear()
    },
  })
}
