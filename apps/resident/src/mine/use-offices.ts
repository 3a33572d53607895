import { type AnswerOf, call } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { useQuery } from '@tanstack/react-query'
import { homeArea } from '../kept/home-area.ts'

export type PublicOffice = AnswerOf<'GET /public/offices'>['items'][number]

const none: readonly PublicOffice[] = []

/** Offices of this device's community and of those above it that answer a telephone, the nearest first; none until they are known. */
export function useOffices(): { offices: readonly PublicOffice[]; isKnown: boolean } {
  const area = useKept(homeArea)
  const { data } = useQuery({
    queryKey: ['offices', area?.code],
    enabled: area !== null,
    staleTime: 3_600_000,
    queryFn: () => call('GET /public/offices', { query: { areaCode: area?.code ?? '' } }),
  })
  return { offices: data?.items ?? none, isKnown: area === null || data !== undefined }
}
