import type { FastifyReply, FastifyRequest } from 'fastify'

export const sessionCookie = 'linli_session'
/** Beside it, so that a wall and a desk in one browser know nothing of each other. */
const wallCookie = 'linli_wall'

export interface SentToken {
  token: string
  /** A browser adds a cookie by itself, also when a foreign page asks it to; a bearer token is added by our own code. */
  by: 'cookie' | 'bearer'
}

/**
 * Does this come from the page of a wall? It says so in a header, and on the live stream, which takes none, in the query. Whoever says it
 * falsely is asked for the smaller of two sessions.
 */
const isFromWall = (request: FastifyRequest): boolean =>
  request.headers['linli-screen'] === 'wall' || (request.query as { screen?: unknown } | undefined)?.screen === 'wall'

/** The token of this request, if it has the shape of one; a bearer token goes before the cookie. */
export function tokenOf(request: FastifyRequest): SentToken | undefined {
  const bearer = request.headers.authorization?.match(/^Bearer +([A-Za-z0-9_-]{43})$/i)?.[1]
  if (bearer) return { token: bearer, by: 'bearer' }
  const cookie = request.cookies[isFromWall(request) ? wallCookie : sessionCookie]
  return cookie && /^[A-Za-z0-9_-]{43}$/.test(cookie) ? { token: cookie, by: 'cookie' } : undefined
}

/** True for a request that may change something and does not come, beyond doubt, from a page of ours. */
export function isForeignWrite(request: FastifyRequest, publicUrl: string): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return false
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin'
  const { origin, host } = request.headers
  if (origin === undefined) return true
  return origin !== new URL(publicUrl).origin && URL.parse(origin)?.host !== host
}

/**
 * Milliseconds since a person last touched the page that sends this: `linli-idle` in seconds. 0 without it, or with anything else in it.
 */
export function idleOf(request: FastifyRequest): number {
  const said = request.headers['linli-idle']
  return typeof said === 'string' && /^\d{1,7}$/.test(said) ? Number(said) * 1000 : 0
}

export function setSessionCookie(reply: FastifyReply, token: string, expires: Date, publicUrl: string): void {
  reply.setCookie(sessionCookie, token, { ...cookieOf('/', publicUrl), expires })
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(sessionCookie, cookieOf('/', publicUrl))
}

export function setWallCookie(reply: FastifyReply, token: string, expires: Date, publicUrl: string): void {
  reply.setCookie(wallCookie, token, { ...cookieOf('/api/v1', publicUrl), expires })
}

export function clearWallCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(wallCookie, cookieOf('/api/v1', publicUrl))
}

const cookieOf = (path: string, publicUrl: string) => ({
  path,
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: publicUrl.startsWith('https:'),
})
