import { ApiError } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { useQuery } from '@tanstack/react-query'
import { personQuery } from '../api/queries.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { along, peopleAlong, type TakenFile } from './along.ts'

interface Person {
  file: TakenFile | undefined
  /** When the file was read that is shown without a network; undefined for a fresh one. */
  takenAt: number | undefined
  error: unknown
}

/** The file of a person, fresh where there is a network, else as it was taken along. The server's "no" is never papered over. */
export function usePerson(personId: string): Person {
  const { accountId } = useOwnMe()
  const { data, error } = useQuery(personQuery(personId))
  const taken = useKept(along)
  const kept = peopleAlong(taken, accountId).find((person) => person.personId === personId)
  if (data) return { file: data, takenAt: undefined, error: undefined }
  const isAway = error === null || (error instanceof ApiError && (error.status === 0 || error.status >= 500))
  return isAway && kept ? { file: kept, takenAt: taken?.at, error: undefined } : { file: undefined, takenAt: undefined, error }
}
