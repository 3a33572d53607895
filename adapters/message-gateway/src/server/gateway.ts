import { randomUUID } from 'node:crypto'
import type { OutsideChannel, ReceiptKind } from '@linli/messages/define'
import { type ChannelAdapter, ChannelFault, type Receipt } from '@linli/messages/server'
import { isSignedWith, signReceipt, signRequest } from './sign-request.ts'

export interface GatewayOptions {
  channel: OutsideChannel
  /** With application and secret as user and password: `https://app:secret@gateway.example`. */
  url: string
  /** Where the platform is reached: receipts come to its API. */
  publicUrl: string
}

const timeoutMs = 10_000
const isKey = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const paths: Readonly<Record<OutsideChannel, string>> = { sms: '/v1/messages', voice: '/v1/calls' }
const kinds: Readonly<Record<string, ReceiptKind>> = {
  delivered: 'delivered',
  failed: 'failed',
  'no-answer': 'noAnswer',
  answered: 'answered',
}

/** One channel through a provider's gateway; the wire is in the README. */
export function gatewayAdapter({ channel, url, publicUrl }: GatewayOptions): ChannelAdapter {
  const { username, password, origin, pathname } = new URL(url)
  const app = decodeURIComponent(username)
  const secret = decodeURIComponent(password)
  const path = `${pathname.replace(/\/$/, '')}${paths[channel]}`
  const callback = `${publicUrl}/api/v1/public/channels/${channel}/receipts`
  return {
    async send({ key, phone, text, lang }) {
      const body = JSON.stringify({ key, to: phone, text, lang, callback, ...(channel === 'voice' && { menu: { 1: 'acknowledged' } }) })
      const [time, nonce] = [String(Date.now()), randomUUID()]
      const answer = await fetch(`${origin}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'gw-app': app,
          'gw-time': time,
          'gw-nonce': nonce,
          'gw-sign': signRequest(secret, { method: 'POST', path, time, nonce, body }),
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: Error) => {
        throw new ChannelFault(`unreachable: ${error.name}`, false)
      })
      const said = (await answer.json().catch(() => ({}))) as { ref?: unknown; error?: unknown }
      if (answer.ok && typeof said.ref === 'string') return { ref: said.ref }
      const isFinal = answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429
      throw new ChannelFault(`${answer.status} ${typeof said.error === 'string' ? said.error : ''}`.trim(), isFinal)
    },
    readReceipt: (body) => readReceipt(secret, body),
  }
}

function readReceipt(secret: string, body: Readonly<Record<string, unknown>>): Receipt | undefined {
  const said = (name: string): string => (typeof body[name] === 'string' ? body[name].slice(0, 200) : '')
  const [key, receipt, state, digit, at, time] = ['key', 'receipt', 'state', 'digit', 'at', 'time'].map(said) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  if (!isSignedWith(signReceipt(secret, { key, receipt, state, digit, at, time }), body.sign)) return undefined
  // Another key than the one asked for is an answered call and nothing more.
  const kind = state === 'key-pressed' ? (digit === '1' ? 'acknowledged' : 'answered') : kinds[state]
  const instant = new Date(at)
  if (!kind || !isKey.test(key) || Number.isNaN(instant.getTime())) return undefined
  return { key, ref: receipt.slice(0, 120), kind, reason: said('reason').slice(0, 60) || null, at: instant }
}
