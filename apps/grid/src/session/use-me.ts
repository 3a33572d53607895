import { type AnswerOf, ApiError, call, isSignedOut } from '@linli/ui/client'
import { keep } from '@linli/ui/phone'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { meQuery } from '../api/queries.ts'
import { forgetCases } from '../cases/kept-cases.ts'
import { leaveAll } from '../people/along.ts'
import { forgetWork } from '../today/kept-work.ts'

export type Me = AnswerOf<'GET /me'>

/** Who was signed in here last, so that the portal opens without a network. Gone when he signs out; rights are the server's to judge. */
const keptMe = keep<Me | null>('linli.grid.me', null, (stored) =>
  typeof (stored as Partial<Me> | null)?.accountId === 'string' ? (stored as Me) : undefined,
)

/** Answers whether anybody was signed in here. */
export function forgetMe(): boolean {
  const wasSignedIn = keptMe.get() !== null
  keptMe.change(() => null)
  leaveAll()
  forgetWork()
  forgetCases()
  return wasSignedIn
}

/** Who is signed in; without a network whoever was. */
export function useMe(): { me: Me | undefined; error: unknown } {
  const { data, error } = useQuery({
    ...meQuery,
    queryFn: async (context) => {
      const me = await call('GET /me', {}, context.signal)
      keptMe.change(() => me)
      return me
    },
  })
  const isAway = error instanceof ApiError && (error.status === 0 || error.status >= 500)
  return { me: data ?? (isAway ? (keptMe.get() ?? undefined) : undefined), error }
}

export function useSignIn(onDone: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (credentials: { account: string; password: string }) => {
      await call('POST /sessions', { body: credentials })
      return call('GET /me', {})
    },
    onSuccess: (me) => {
      queryClient.clear()
      keptMe.change(() => me)
      queryClient.setQueryData(meQuery.queryKey, me)
      onDone()
    },
  })
}

/** Leaves only when the server has ended the session: a page that looks left while its cookie still works would be worse than an error. */
export function useSignOut() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: async () => {
      try {
        await call('DELETE /sessions/current', {})
      } catch (error) {
        if (!isSignedOut(error)) throw error
      }
    },
    onSuccess: async () => {
      forgetMe()
      await navigate({ to: '/sign-in' })
      queryClient.clear()
    },
  })
}

/** Another post is another scope: everything that was read is forgotten. */
export function useActAs() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (postId: string) => call('POST /me/acting-post', { body: { postId } }),
    onSuccess: async (me) => {
      keptMe.change(() => me)
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] })
      queryClient.setQueryData(meQuery.queryKey, me)
      await navigate({ to: '/' })
    },
  })
}
