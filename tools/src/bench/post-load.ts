import { Agent, request } from 'node:http'
import { percentile } from '../harness/file-appeals.ts'

export interface LoadResult {
  perSecond: number
  p50: number
  p95: number
  p99: number
  failed: number
}

/** Closed loop: so many clients, each posting the next body as soon as the last was answered, for so long. */
export async function postLoad(url: string, body: () => object, clients: number, seconds: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const latencies: number[] = []
  let failed = 0
  const until = performance.now() + seconds * 1000
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const startedAt = performance.now()
      const status = await post(url, JSON.stringify(body()), agent)
      if (status === 201) latencies.push(performance.now() - startedAt)
      else failed++
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  const took = (performance.now() - startedAt) / 1000
  agent.destroy()
  return {
    perSecond: latencies.length / took,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    failed,
  }
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
