import { queryOptions } from '@tanstack/react-query'

interface DemoLogin {
  role: string
  roleName: string
  orgName: string
  account: string
  password: string
}

/** Of a demo database: the first of each role that goes from door to door. */
const roles = ['gridWorker', 'gridLead', 'communityWorker']

/** Only a demo database tells any; no answer means no hints. */
export const demoLoginsQuery = queryOptions({
  queryKey: ['demo-logins'],
  queryFn: async ({ signal }): Promise<DemoLogin[]> => {
    const response = await fetch('/api/v1/public/info', { signal })
    const { logins = [] } = (response.ok ? await response.json() : {}) as { logins?: DemoLogin[] }
    return roles.flatMap((role) => logins.find((login) => login.role === role) ?? [])
  },
  staleTime: 5 * 60_000,
  retry: false,
})
