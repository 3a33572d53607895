export interface PublicInfo {
  demo: boolean
  /** Where the devices of a desk are asked for, on the desk's own machine. */
  deskBridge?: string | null
  /** Where the simulated phones of a demo are seen. */
  phonesUrl?: string | null
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
export async function readPublicInfo(signal: AbortSignal): Promise<PublicInfo> {
  const response = await fetch('/api/v1/public/info', { signal })
  return response.ok ? ((await response.json()) as PublicInfo) : { demo: false }
}

/** Of a demo database, the first login of each of these roles, in their order. */
export const loginsOf = ({ logins = [] }: PublicInfo, roles: readonly string[]): DemoLogin[] =>
  roles.flatMap((role) => logins.find((login) => login.role === role) ?? [])
