/** The desk bridge on this very machine, as tools/src/desk-bridge/README.md describes it. */
export interface Bridge {
  pair(code: string): Promise<{ token: string } | { left: number }>
  devices(): Promise<{ reader: string; printer: string }>
  card(): Promise<{ state: string; name?: string; idMasked?: string }>
  paper(paper: object): Promise<{ state: string }>
}

/** The bridge does not run, or this browser is not paired with it (any more). */
export class BridgeError extends Error {
  readonly reason: 'away' | 'unpaired'
  constructor(reason: 'away' | 'unpaired') {
    super(reason)
    this.name = 'BridgeError'
    this.reason = reason
  }
}

export function openBridge(url: string, token: string | undefined): Bridge {
  const ask = async (path: string, body?: object): Promise<{ status: number; answer: unknown }> => {
    const headers: Record<string, string> = {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    }
    const sent = body ? { method: 'POST', body: JSON.stringify(body) } : {}
    const response = await fetch(`${url}${path}`, { ...sent, headers, credentials: 'omit' }).catch(() => undefined)
    if (!response) throw new BridgeError('away')
    return { status: response.status, answer: await response.json().catch(() => ({})) }
  }
  const act = async <T>(path: string, body?: object): Promise<T> => {
    const { status, answer } = await ask(path, body)
    if (status === 401) throw new BridgeError('unpaired')
    if (status !== 200) throw new BridgeError('away')
    return answer as T
  }
  return {
    async pair(code) {
      const { status, answer } = await ask('/v1/pairings', { code })
      if (status !== 200 && status !== 403) throw new BridgeError('away')
      return answer as { token: string } | { left: number }
    },
    devices: () => act('/v1/devices'),
    card: () => act('/v1/card', {}),
    paper: (paper) => act('/v1/papers', paper),
  }
}

const key = 'linli.deskBridge'

/** The pairing belongs to the machine and not to whoever sits there: another clerk finds the same reader and the same printer. */
export function readToken(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

export function keepToken(token: string | undefined): void {
  try {
    if (token) localStorage.setItem(key, token)
    else localStorage.removeItem(key)
  } catch {
    // Kept nowhere, it holds until the page is left.
  }
}
