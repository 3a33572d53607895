import { readPublicInfo } from '@linli/ui/client'
import { queryOptions } from '@tanstack/react-query'

export const publicInfoQuery = queryOptions({
  queryKey: ['public-info'],
  queryFn: ({ signal }) => readPublicInfo(signal),
  staleTime: 5 * 60_000,
  retry: false,
})
