import { queryOptions } from '@tanstack/react-query'

export interface PublicInfo {
  demo: boolean
  /** Where the devices of a desk are asked for, on the desk's own machine. */
  deskBridge?: string | null
  /** Of a demo database only. */
  logins?: DemoLogin[]
}

export interface DemoLogin {
  role: string
  roleName: string
  orgName: string
  account: string
  password: string
}

/** What the platform says of itself before anybody signed in; no answer means no hints. */
export const publicInfoQuery = queryOptions({
  queryKey: ['public-info'],
  queryFn: async ({ signal }): Promise<PublicInfo> => {
    const response = await fetch('/api/v1/public/info', { signal })
    return response.ok ? ((await response.json()) as PublicInfo) : { demo: false }
  },
  staleTime: 5 * 60_000,
  retry: false,
})
