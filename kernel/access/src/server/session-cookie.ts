import type { FastifyReply, FastifyRequest } from 'fastify'

export const sessionCookie = 'linli_session'

export interface SentToken {
  token: string
  /** A browser adds a cookie by itself, also when a foreign page asks it to; a bearer token is added by our own code. */
  by: 'cookie' | 'bearer'
}

/** The token of this request, if it has the shape of one; a bearer token goes before the cookie. */
export function tokenOf(request: FastifyRequest): SentToken | undefined {
  const bearer = request.headers.authorization?.match(/^Bearer +([A-Za-z0-9_-]{43})$/i)?.[1]
  if (bearer) return { token: bearer, by: 'bearer' }
  const cookie = request.cookies[sessionCookie]
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
  reply.setCookie(sessionCookie, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:'), expires })
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(sessionCookie, { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') })
}
