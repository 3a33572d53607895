/** Where this worker looks for the answer to a request. Everything not named here goes to the network and nowhere else. */
export type Way = 'page' | 'part' | 'list' | 'network'

/**
 * Open lists of the town, the same for everybody: without a connection a report still finds its community, its building and its kind.
 * Nothing about a matter, a person or a photo may ever stand here.
 */
const lists = new Set(['areas', 'buildings', 'categories', 'offices', 'scenes/labels'].map((name) => `/api/v1/public/${name}`))

interface Portal {
  /** The origin of this server. */
  home: string
  /** `/resident/` */
  base: string
}

export function wayOf({ method, mode, url }: { method: string; mode: string; url: string }, { home, base }: Portal): Way {
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== home) return 'network'
  if (mode === 'navigate') return 'page'
  if (pathname.startsWith(`${base}assets/`)) return 'part'
  return lists.has(pathname) ? 'list' : 'network'
}
