import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isSignedWith, signRequest } from '../server/sign-request.ts'
import { drawPage } from './page.ts'
import { states, Traffic } from './traffic.ts'

export interface PhoneOptions {
  /** 0: any; one that is taken: any. */
  port: number
  secret: string
  /** Hears what arrives on a phone. */
  say?: (line: string) => void
}

export interface SimulatedPhones {
  readonly url: string
  readonly states: readonly string[]
  /** Throws for a state it does not know. */
  enter(state: string): void
  close(): Promise<void>
}

const mostBytes = 64 * 1024
const allowedMs = 300_000

/** A provider's gateway and the phones behind it, on loopback. What is sent stays here and is shown as simulated. */
export async function openPhones({ port, secret, say }: PhoneOptions): Promise<SimulatedPhones> {
  const traffic = new Traffic(secret, say)
  const server = createServer((request, response) => {
    void answer(traffic, secret, request, response).catch(() => response.writeHead(500).end())
  })
  const listening = once(server, 'listening')
  server.listen(port, '127.0.0.1')
  await listening.catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    const again = once(server, 'listening')
    server.listen(0, '127.0.0.1')
    await again
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    states,
    enter: (state) => traffic.enter(state),
    close: async () => {
      traffic.stop()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(traffic: Traffic, secret: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
  const path = (request.url ?? '/').split('?')[0]!
  const body = await readBody(request)
  if (body === undefined) return void json(413, { error: 'too large' })
  const route = `${request.method} ${path}`
  if (route === 'GET /') {
    return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(drawPage())
  }
  if (route === 'GET /phones') return void json(200, { items: traffic.list(), state: traffic.state })
  if (route === 'PUT /sim') return void attempt(json, () => traffic.enter(String((JSON.parse(body) as { state?: unknown }).state)))
  const press = /^POST \/phones\/([0-9a-f-]{36})\/(press|answer|hang-up)$/.exec(route)
  if (press) return void attempt(json, () => traffic.act(press[1]!, press[2] as 'press' | 'answer' | 'hang-up'))
  if (route !== 'POST /v1/messages' && route !== 'POST /v1/calls') return void json(404, { error: 'not found' })
  if (traffic.state === 'down') return void json(503, { error: 'down' })
  const refusal = refuse(secret, request, path, body)
  if (refusal) return void json(401, { error: refusal })
  const taken = traffic.take(route === 'POST /v1/calls' ? 'voice' : 'sms', body)
  json('error' in taken ? 422 : 200, taken)
}

function refuse(secret: string, { headers, method }: IncomingMessage, path: string, body: string): string | undefined {
  const [time, nonce] = [String(headers['gw-time'] ?? ''), String(headers['gw-nonce'] ?? '')]
  if (!(Math.abs(Date.now() - Number(time)) < allowedMs)) return 'time'
  const expected = signRequest(secret, { method: method ?? '', path, time, nonce, body })
  return isSignedWith(expected, headers['gw-sign']) ? undefined : 'signature'
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function attempt(json: (status: number, body: unknown) => unknown, act: () => void): void {
  try {
    act()
    json(200, {})
  } catch (error) {
    json(422, { error: (error as Error).message })
  }
}
