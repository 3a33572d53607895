import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newId } from '@linli/base/define'
import { openPool, startEmbedded } from '@linli/base/server'
import { startPlatform } from '@linli/server'
import { readConfig } from '@linli/server/config'
import type pg from 'pg'
import { freePort, runPlatform } from '../harness/run-platform.ts'
import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { explainAll } from './explain.ts'
import { median, residentMb } from './measure.ts'
import { type LoadResult, postLoad } from './post-load.ts'
import { type Recorded, recordingPool, templateOf } from './record-statements.ts'

const clients = 16
const fresh = { id: () => newId(), number: () => '20000101-000000000', bytes: (length: number) => randomBytes(length) }

/** `accept`: taking an appeal in, all of it (validation, case, entry, clock, event, audit, stored answer, sealer and inbox running) against the bare limit. */
export const accept: Bench = {
  name: 'accept',
  async run(options: BenchOptions): Promise<BenchReport> {
    const { rounds, seconds } = options.small ? { rounds: 1, seconds: 1 } : { rounds: 3, seconds: 8 }
    const folder = await mkdtemp(join(tmpdir(), 'linli-bench-'))
    const database = await startEmbedded({ dataDir: folder })
    const env = { DATABASE_URL: database.servingUrl, DATABASE_OWNER_URL: database.ownerUrl, LINLI_DEMO: '1' }
    const product = await runPlatform({ dataDir: folder, port: await freePort(), env })
    let bare: ChildProcess | undefined
    try {
      const areaCode = await demoArea(folder)
      const body = () => ({
        requestId: newId(),
        detail: '3 号楼 2 单元的路灯不亮了。晚上看不清，怕老人绊倒，请尽快来修。'.repeat(4),
        areaCode,
      })
      const recording = await record(folder, env, body)
      const recordingFile = join(folder, 'recording.json')
      await writeFile(recordingFile, JSON.stringify(recording), { mode: 0o600 })
      const port = await freePort()
      bare = await startBare(recordingFile, port, database.servingUrl)
      const ours: LoadResult[] = []
      const theirs: LoadResult[] = []
      await postLoad(`${product.url}/api/v1/public/appeals`, body, clients, 1)
      await postLoad(`http://127.0.0.1:${port}/`, body, clients, 1)
      for (let round = 0; round < rounds; round++) {
        ours.push(await postLoad(`${product.url}/api/v1/public/appeals`, body, clients, seconds))
        theirs.push(await postLoad(`http://127.0.0.1:${port}/`, body, clients, seconds))
        options.say(
          `round ${round + 1}: ours ${ours.at(-1)!.perSecond.toFixed(0)}/s, bare ${theirs.at(-1)!.perSecond.toFixed(0)}/s, failed ${ours.at(-1)!.failed}/${theirs.at(-1)!.failed}`,
        )
      }
      const value = median(ours.map((result) => result.perSecond))
      const reference = median(theirs.map((result) => result.perSecond))
      const failed = [...ours, ...theirs].reduce((sum, result) => sum + result.failed, 0)
      if (failed > 0) throw new Error(`${failed} requests failed`)
      return {
        bench: 'accept',
        value,
        unit: 'appeals/s',
        reference,
        ratio: value / reference,
        p50: median(ours.map((result) => result.p50)),
        p95: median(ours.map((result) => result.p95)),
        p99: median(ours.map((result) => result.p99)),
        barePercentile99: median(theirs.map((result) => result.p99)),
        rows: await countCases(database.servingUrl),
        rssMb: await residentMb(product.child.pid!),
        statements: recording.first.length,
        ...(options.explain
          ? { plans: await explainAll(database.servingUrl, templateOf(recording.first, recording.second).fill(fresh)) }
          : {}),
      }
    } finally {
      bare?.kill('SIGTERM')
      await product.stop()
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** Two requests through the real product in this process, with what they sent to PostgreSQL. Background queries may get in between; then again. */
async function record(
  dataDir: string,
  env: Record<string, string>,
  body: () => object,
): Promise<{ first: Recorded[]; second: Recorded[] }> {
  let recorder: ReturnType<typeof recordingPool> | undefined
  const instrument = (pool: pg.Pool): pg.Pool => {
    recorder = recordingPool(pool)
    return recorder.pool
  }
  const config = readConfig({ ...env, DATA_DIR: dataDir, PORT: '0', LINLI_ROLE: 'http' })
  const platform = await startPlatform(config, () => {}, { instrument })
  const one = async (): Promise<Recorded[]> => {
    recorder!.take()
    const response = await fetch(`${platform.url}/api/v1/public/appeals`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body()),
    })
    if (response.status !== 201) throw new Error(`recording: ${response.status} ${await response.text()}`)
    return recorder!.take()
  }
  try {
    await one()
    for (let attempt = 0; attempt < 10; attempt++) {
      const [first, second] = [await one(), await one()]
      const begins = first.filter((line) => line.text.startsWith('BEGIN')).length
      if (begins === 1 && first.length === second.length && first.every((line, i) => line.name === second[i]!.name))
        return { first, second }
    }
    throw new Error('no two requests could be recorded alone')
  } finally {
    await platform.stop()
  }
}

async function startBare(recording: string, port: number, url: string): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./bare-accept.ts', import.meta.url))
  const child = spawn(process.execPath, [program, recording, String(port), url, '16'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout!, 'data')
  return child
}

async function demoArea(dataDir: string): Promise<string> {
  const { logins } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as { logins: { role: string; areaCode: string }[] }
  return logins.find((login) => login.role === 'communityWorker')!.areaCode
}

async function countCases(url: string): Promise<number> {
  const pool = openPool({ url, max: 1, name: 'bench' })
  try {
    await pool.query("SELECT set_config('role', 'linli_system', false)")
    return (await pool.query('SELECT count(*) AS n FROM cases.case_file')).rows[0].n
  } finally {
    await pool.end()
  }
}
