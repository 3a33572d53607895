import { type AnswerOf, ApiError, call } from '@linli/ui/client'
import { type Query, queryOptions } from '@tanstack/react-query'

export type PublicCase = AnswerOf<'GET /public/cases/:number'>
export type PublicStep = PublicCase['steps'][number]

const refresh = 20_000

/** One matter by number and tail; read again every 20 seconds while the page is looked at, and when it comes back into view or on line. */
export function caseQuery(number: string, tail: string, every: number = refresh) {
  return queryOptions({
    queryKey: ['case', number, tail],
    queryFn: ({ signal }) => call('GET /public/cases/:number', { params: { number }, query: { tail } }, signal),
    refetchInterval: (query: Query<PublicCase, Error, PublicCase, string[]>) => (isFinal(query.state.error) ? false : every),
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
  })
}

/** A wrong tail stays wrong: asking again would only use up the attempts. */
function isFinal(error: Error | null): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500
}
