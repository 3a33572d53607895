import { newId } from '@linli/base/define'
import type { AppealText } from './real-appeals.ts'

/** What the client knows for certain: this was acknowledged, under this number and code. */
export interface Acknowledged {
  requestId: string
  detail: string
  number: string
  code: string
}

export interface FilingOptions {
  url: string
  texts: readonly AppealText[]
  areaCodes: readonly string[]
  clients: number
  random: () => number
  /** Share of requests whose connection is cut at a random moment, and of acknowledged ones sent again. */
  cut?: number
  replay?: number
  /** Called after each acknowledgement with how many there are. */
  onAcknowledged?: (count: number) => void
}

export interface Filing {
  acknowledged: Acknowledged[]
  /** Requests sent in all, cut connections, and answers that differed on replay (must be none). */
  sent: number
  cuts: number
  replays: number
  contradictions: string[]
  latencies: number[]
}

const giveUpMs = 180_000

/** Many phones on bad lines: each message is sent until it is acknowledged, always with the same request id. */
export async function fileAppeals(options: FilingOptions): Promise<Filing> {
  const { url, texts, areaCodes, clients, random, cut = 0, replay = 0 } = options
  const filing: Filing = { acknowledged: [], sent: 0, cuts: 0, replays: 0, contradictions: [], latencies: [] }
  let next = 0
  const client = async (): Promise<void> => {
    while (next < texts.length) {
      const index = next++
      const body = { requestId: newId(), ...texts[index]!, areaCode: areaCodes[index % areaCodes.length]! }
      const answer = await sendUntilAcknowledged(url, body, filing, random, cut)
      filing.acknowledged.push({ requestId: body.requestId, detail: body.detail, ...answer })
      options.onAcknowledged?.(filing.acknowledged.length)
      if (random() < replay) {
        filing.replays++
        const again = await sendUntilAcknowledged(url, body, filing, random, 0)
        if (again.number !== answer.number || again.code !== answer.code) filing.contradictions.push(body.requestId)
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return filing
}

async function sendUntilAcknowledged(
  url: string,
  body: object,
  filing: Filing,
  random: () => number,
  cut: number,
): Promise<{ number: string; code: string }> {
  const until = performance.now() + giveUpMs
  while (performance.now() < until) {
    const isCut = random() < cut
    const startedAt = performance.now()
    filing.sent++
    try {
      const response = await fetch(`${url}/api/v1/public/appeals`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        ...(isCut ? { signal: AbortSignal.timeout(1 + Math.floor(random() * 15)) } : {}),
      })
      if (response.status === 200 || response.status === 201) {
        const answer = (await response.json()) as { number: string; code: string }
        filing.latencies.push(performance.now() - startedAt)
        return answer
      }
      if (response.status !== 503 && response.status !== 429) throw new Refused(`${response.status} ${await response.text()}`)
      await response.arrayBuffer()
    } catch (error) {
      if (error instanceof Refused) throw error
      if (isCut) filing.cuts++
    }
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 80))
  }
  throw new Error('no acknowledgement within the time')
}

class Refused extends Error {}

/** Mulberry32: the same run for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
