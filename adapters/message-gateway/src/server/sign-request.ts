import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const hmac = (secret: string, lines: readonly (string | number)[]): string =>
  createHmac('sha256', secret).update(lines.join('\n')).digest('hex')

export interface SignedRequest {
  method: string
  path: string
  time: string
  nonce: string
  body: string
}

export const signRequest = (secret: string, { method, path, time, nonce, body }: SignedRequest): string =>
  hmac(secret, [method, path, time, nonce, createHash('sha256').update(body).digest('hex')])

export interface SignedReceipt {
  key: string
  receipt: string
  state: string
  digit: string
  at: string
  time: string
}

export const signReceipt = (secret: string, { key, receipt, state, digit, at, time }: SignedReceipt): string =>
  hmac(secret, [key, receipt, state, digit, at, time])

/** In a time that says nothing about how much of it was right. */
export function isSignedWith(expected: string, sent: unknown): boolean {
  if (typeof sent !== 'string' || sent.length !== expected.length) return false
  return timingSafeEqual(Buffer.from(expected), Buffer.from(sent))
}
