import { Agent, request } from 'node:http'
import { percentile } from '../harness/file-appeals.ts'

export interface LoadResult {
  perSecond: number
  p50: number
  p95: number
  p99: number
  failed: number
}

/** Closed loop: so many clients, each asking again as soon as the last was answered, for so long. `ask` says whether it went well. */
export async function closedLoop(ask: (client: number) => Promise<boolean>, clients: number, seconds: number): Promise<LoadResult> {
  const latencies: number[] = []
  let failed = 0
  const startedAt = performance.now()
  const until = startedAt + seconds * 1000
  const client = async (number: number): Promise<void> => {
    while (performance.now() < until) {
      const askedAt = performance.now()
      if (await ask(number)) latencies.push(performance.now() - askedAt)
      else failed++
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  const took = (performance.now() - startedAt) / 1000
  return {
    perSecond: latencies.length / took,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    failed,
  }
}

export async function postLoad(url: string, body: () => object, clients: number, seconds: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const result = await closedLoop(async () => (await post(url, JSON.stringify(body()), agent)) === 201, clients, seconds)
  agent.destroy()
  return result
}

function post(url: string, text: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(text)
  })
}
