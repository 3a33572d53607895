import { call } from '@linli/ui/client'
import { useQuery } from '@tanstack/react-query'

/** Whether something can be reported in this community now; yes until the server says no, so that a bad line hides nothing. */
export function useTakesIn(areaCode: string | undefined): boolean {
  const { data } = useQuery({
    queryKey: ['takes-in', areaCode],
    enabled: areaCode !== undefined,
    staleTime: 60_000,
    queryFn: async () => (await call('GET /public/categories', { query: { areaCode } })).isOpen,
  })
  return data ?? true
}
