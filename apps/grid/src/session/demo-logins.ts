import { loginsOf, readPublicInfo } from '@linli/ui/client'
import { queryOptions } from '@tanstack/react-query'

/** Those who go from door to door. */
const roles = ['gridWorker', 'gridLead', 'communityWorker']

export const demoLoginsQuery = queryOptions({
  queryKey: ['demo-logins'],
  queryFn: async ({ signal }) => loginsOf(await readPublicInfo(signal), roles),
  staleTime: 5 * 60_000,
  retry: false,
})
