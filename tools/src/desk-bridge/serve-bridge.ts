import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { CardReader } from './card-reader.ts'
import { maskIdNumber } from './id-number.ts'
import type { Pairing } from './pairing.ts'
import { readPaper } from './paper.ts'
import type { ReceiptPrinter } from './receipt-printer.ts'

export interface BridgeOptions {
  /** Pages of these may ask; `https://community.example.gov.cn`. */
  origins: readonly string[]
  reader: CardReader
  printer: ReceiptPrinter
  pairing: Pairing
}

/** An answer that is no success: status and a code that the page has words for. */
class Refusal extends Error {
  readonly status: number
  readonly body: Record<string, unknown>
  constructor(status: number, code: string, more: Record<string, unknown> = {}) {
    super(code)
    this.status = status
    this.body = { code, ...more }
  }
}

const mostBytes = 16_384

/** The bridge for pages: who is foreign learns nothing, and who is not paired does nothing. */
export function serveBridge(options: BridgeOptions): Server {
  return createServer((request, response) => {
    void answer(options, request, response).catch((error: unknown) => {
      const refusal = error instanceof Refusal ? error : new Refusal(500, 'bridge_failed')
      send(response, refusal.status, refusal.body)
    })
  })
}

async function answer(options: BridgeOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page of a foreign name that was bent to 127.0.0.1 gives itself away by the name it asks for.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) throw new Refusal(403, 'host_foreign')
  const origin = request.headers.origin ?? ''
  if (!options.origins.includes(origin)) throw new Refusal(403, 'origin_foreign')
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('vary', 'origin')
  response.setHeader('cache-control', 'no-store')
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-methods', 'GET, POST')
    response.setHeader('access-control-allow-headers', 'authorization, content-type')
    response.setHeader('access-control-allow-private-network', 'true')
    response.setHeader('access-control-max-age', '600')
    response.writeHead(204).end()
    return
  }
  const asked = `${request.method} ${new URL(request.url ?? '/', 'http://bridge').pathname}`
  const body = request.method === 'POST' ? await readBody(request) : undefined
  if (asked === 'POST /v1/pairings') return send(response, 200, pair(options.pairing, body))
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (!options.pairing.knows(token)) throw new Refusal(401, 'not_paired')
  send(response, 200, await act(options, asked, body))
}

function pair(pairing: Pairing, body: unknown): { token: string } {
  const { code } = (body ?? {}) as { code?: unknown }
  const outcome = pairing.pair(typeof code === 'string' ? code.trim() : '')
  if ('left' in outcome) throw new Refusal(403, 'pairing_wrong', outcome)
  return outcome
}

async function act({ reader, printer, origins }: BridgeOptions, asked: string, body: unknown): Promise<object> {
  switch (asked) {
    case 'GET /v1/devices': {
      const [ofReader, ofPrinter] = await Promise.all([reader.look(), printer.look()])
      return { reader: ofReader, printer: ofPrinter }
    }
    case 'POST /v1/card': {
      const reading = await reader.read()
      if (reading.state !== 'read') return reading
      const { wants } = (body ?? {}) as { wants?: unknown }
      const { idNumber, ...rest } = reading
      // The whole number leaves the reader's machine only for a form that asks for it.
      return {
        ...rest,
        idMasked: maskIdNumber(idNumber),
        ...(Array.isArray(wants) && wants.includes('idNumber') ? { idNumber } : {}),
      }
    }
    case 'POST /v1/papers': {
      const paper = readPaper(body, origins)
      if (!paper) throw new Refusal(400, 'paper_invalid')
      return { state: await printer.print(paper) }
    }
    default:
      throw new Refusal(404, 'not_found')
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  // A form of a foreign page can be sent without asking first; JSON cannot.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) throw new Refusal(415, 'not_json')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) throw new Refusal(413, 'too_large')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new Refusal(400, 'not_json')
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
