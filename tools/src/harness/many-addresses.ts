import { Agent, request } from 'node:http'

export interface Answered {
  status: number
  bytes: Buffer
  /** The body as JSON; an empty one is `{}`. */
  json<T>(): T
}

export interface Caller {
  send(method: string, path: string, body?: object, token?: string): Promise<Answered>
  close(): void
}

/** Asks the API from one of many loopback addresses each time: the brake per address is for floods of one client, not for an office. */
export function manyAddresses(url: string, count = 120): Caller {
  const agents = Array.from({ length: count }, (_, i) => new Agent({ keepAlive: true, localAddress: `127.0.1.${i + 1}`, maxSockets: 4 }))
  let turn = 0
  return {
    send: (method, path, body, token) =>
      new Promise((resolve, reject) => {
        const headers = { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) }
        const sent = request(`${url}/api/v1${path}`, { method, headers, agent: agents[turn++ % agents.length]! }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => {
            const bytes = Buffer.concat(chunks)
            resolve({ status: response.statusCode ?? 0, bytes, json: () => JSON.parse(bytes.toString('utf8') || '{}') })
          })
          response.on('error', reject)
        })
        sent.on('error', reject)
        sent.end(body && JSON.stringify(body))
      }),
    close: () => {
      for (const agent of agents) agent.destroy()
    },
  }
}
