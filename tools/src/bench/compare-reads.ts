import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../harness/run-platform.ts'
import { type Explained, explainAll } from './explain.ts'
import { getLoad } from './get-load.ts'
import { median, residentMb } from './measure.ts'
import type { LoadResult } from './post-load.ts'
import { type Reading, recordReads } from './record-reads.ts'
import type { Recorded } from './record-statements.ts'
import type { Stage } from './stage.ts'

/** One reading on one stage: medians of its rounds. Times in milliseconds. */
export interface Compared {
  name: string
  cases: number
  perSecond: number
  barePerSecond: number
  ratio: number
  p50: number
  p95: number
  p99: number
  bareP95: number
  /** Of each round, in turn. */
  p95s: number[]
  statements: number
  rssMb: number | null
  plans?: Explained[]
}

export interface Staged {
  stage: Stage
  readings: readonly Reading[]
}

export interface CompareOptions {
  clients: number
  rounds: number
  seconds: number
  explain: boolean
  say(line: string): void
}

/**
 * Every reading on every stage against its own bare server, in turn within each round (ours, bare, of one stage after the other), so that
 * whatever else the machine does meets all of them.
 */
export async function compareReads(staged: readonly Staged[], options: CompareOptions): Promise<Compared[]> {
  const { clients, rounds, seconds, explain, say } = options
  const bares: Bare[] = []
  try {
    for (const { stage, readings } of staged) bares.push(await startBare(stage, await recordReads(stage, readings)))
    const lines = staged.flatMap(({ stage, readings }, i) => readings.map((reading) => ({ stage, reading, bare: bares[i]! })))
    const ours = new Map<object, LoadResult[]>(lines.map((line) => [line, []]))
    const theirs = new Map<object, LoadResult[]>(lines.map((line) => [line, []]))
    for (let round = 0; round <= rounds; round++) {
      // One after the other by what is read: the same of two sizes stand beside each other in time.
      for (const line of lines.toSorted((a, b) => a.reading.name.localeCompare(b.reading.name))) {
        const { stage, reading, bare } = line
        const span = round === 0 ? Math.min(1, seconds) : seconds
        const our = await getLoad(`${stage.platform.url}/api/v1${reading.path}`, reading.token, clients, span)
        const their = await getLoad(`${bare.url}/${reading.name}`, reading.token, clients, span)
        if (our.failed + their.failed > 0) throw new Error(`${reading.name}: ${our.failed}/${their.failed} requests failed`)
        // The first time is for the caches.
        if (round === 0) continue
        ours.get(line)!.push(our)
        theirs.get(line)!.push(their)
        say(
          `round ${round}, ${stage.cases} cases, ${reading.name}: ours ${our.perSecond.toFixed(1)}/s p95 ${our.p95.toFixed(0)} ms, bare ${their.perSecond.toFixed(1)}/s p95 ${their.p95.toFixed(0)} ms`,
        )
      }
    }
    const compared: Compared[] = []
    for (const line of lines) {
      const { stage, reading, bare } = line
      const of = (results: readonly LoadResult[], what: keyof LoadResult): number => median(results.map((result) => result[what]))
      const [our, their] = [ours.get(line)!, theirs.get(line)!]
      compared.push({
        name: reading.name,
        cases: stage.cases,
        perSecond: of(our, 'perSecond'),
        barePerSecond: of(their, 'perSecond'),
        ratio: median(our.map((result, i) => result.perSecond / their[i]!.perSecond)),
        p50: of(our, 'p50'),
        p95: of(our, 'p95'),
        p99: of(our, 'p99'),
        bareP95: of(their, 'p95'),
        p95s: our.map(({ p95 }) => p95),
        statements: bare.recorded[reading.name]!.length,
        rssMb: await residentMb(stage.platform.child.pid!),
        ...(explain && { plans: await explainAll(stage.servingUrl, bare.recorded[reading.name]!) }),
      })
    }
    return compared
  } finally {
    for (const bare of bares) bare.stop()
  }
}

interface Bare {
  url: string
  recorded: Record<string, Recorded[]>
  stop(): void
}

async function startBare(stage: Stage, recorded: Record<string, Recorded[]>): Promise<Bare> {
  const file = join(stage.folder, 'recorded.json')
  await writeFile(file, JSON.stringify(recorded), { mode: 0o600 })
  const port = await freePort()
  const program = fileURLToPath(new URL('./bare-reads.ts', import.meta.url))
  const child = spawn(process.execPath, [program, file, String(port), stage.servingUrl, '16'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout!, 'data')
  return { url: `http://127.0.0.1:${port}`, recorded, stop: () => child.kill('SIGTERM') }
}
