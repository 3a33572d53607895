import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Fleet, type FleetDevice, openFleet } from '../harness/device-fleet.ts'
import { percentile, seededRandom } from '../harness/file-appeals.ts'
import { killPostgres, stopOrphan } from '../harness/kill-postgres.ts'
import { freePort, type RunningPlatform, runPlatform, waitFor } from '../harness/run-platform.ts'
import { checkIngest, faultsOfIngest, type IngestVerdict } from './check-ingest.ts'

export interface IngestKillOptions {
  devices: number
  /** Messages a second of all devices together. */
  rate: number
  platformKills: number
  postgresKills: number
  seed: number
  say: (line: string) => void
}

export interface IngestKillReport {
  verdict: IngestVerdict
  trouble: Fleet['trouble']
  unanswered: number
  seconds: number
  p50: number
  p95: number
  readyMs: { platform: number[]; postgres: number[] }
  faults: string[]
}

interface Demo {
  logins: { role: string; account: string; password: string; areaCode: string }[]
  devices: FleetDevice[]
}

/** A town's devices send while platform and database are killed again and again, and while a community settles alarms; then everything is counted. */
export async function killDuringIngest(options: IngestKillOptions): Promise<IngestKillReport> {
  const { devices: wanted, rate, platformKills, postgresKills, seed, say } = options
  const random = seededRandom(seed)
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-proof-'))
  const [port, mqttPort] = [await freePort(), await freePort()]
  const start = () => runPlatform({ dataDir, port, mqttPort, env: { LINLI_DEMO: '1' }, readyWithinMs: 300_000 })
  let platform: RunningPlatform = await start()
  let fleet: Fleet | undefined
  try {
    const demo = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as Demo
    const worker = demo.logins.find(({ role }) => role === 'communityWorker')!
    const token = await signIn(platform.url, worker)
    const ask = askAs(platform.url, token)
    const devices = [...demo.devices.slice(0, wanted), ...(await registerMore(ask, worker.areaCode, wanted - demo.devices.length))]
    const since = new Date()
    fleet = await openFleet({ mqttUrl: `mqtt://127.0.0.1:${mqttPort}`, devices, rate, random })
    const hand = settleAlarms(ask, random)
    const readyMs: IngestKillReport['readyMs'] = { platform: [], postgres: [] }
    const faults: string[] = []
    for (const what of [...Array<'platform'>(platformKills).fill('platform'), ...Array<'postgres'>(postgresKills).fill('postgres')]) {
      await waitUntilBusy(fleet, devices.length, rate)
      await sleep(random() * 1500)
      if (what === 'platform') {
        await platform.kill()
        platform = await start()
        readyMs.platform.push(platform.readyMs)
      } else readyMs.postgres.push(await killPostgres(platform))
      const took = readyMs[what].at(-1)!
      say(`kill -9 of ${what}: ready again in ${(took / 1000).toFixed(1)} s; ${fleet.acknowledged()} of ${fleet.sent.length} acknowledged`)
    }
    await waitUntilBusy(fleet, devices.length, rate)
    const settled = await hand.stop()
    const unanswered = await fleet.finish(30_000)
    if (unanswered > 0) faults.push(`${unanswered} messages were never acknowledged`)
    const silent = await fleet.lastWords(30_000)
    if (silent.length > 0) faults.push(`${silent.length} devices got nothing through at the end: ${silent.slice(0, 5).join(', ')}`)
    if (fleet.trouble.letIn > 0) faults.push(`${fleet.trouble.letIn} strangers were let in`)
    const seconds = (Date.now() - since.getTime()) / 1000
    await fleet.close()
    await waitUntilTold(platform.url)
    await platform.stop()
    const verdict = await checkIngest({ dataDir, sent: fleet.sent, since, settled })
    const latencies = fleet.sent.flatMap(({ sentAt, ackedAt }) => (ackedAt ? [ackedAt - sentAt] : []))
    return {
      verdict,
      trouble: fleet.trouble,
      unanswered,
      seconds,
      p50: percentile(latencies, 0.5),
      p95: percentile(latencies, 0.95),
      readyMs,
      faults: [...faults, ...faultsOfIngest(verdict)],
    }
  } finally {
    await fleet?.close()
    await platform.kill()
    await stopOrphan(dataDir)
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The next kill hits a platform that every device has found again and that has work on its hands. */
async function waitUntilBusy(fleet: Fleet, devices: number, rate: number): Promise<void> {
  const before = fleet.acknowledged()
  await waitFor(async () => fleet.connected() >= devices * 0.95 && fleet.acknowledged() > before + rate * 2, 60_000)
}

/** Rungs that are due are sent within a second or two of the last alarm. */
async function waitUntilTold(url: string): Promise<void> {
  await waitFor(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200, 30_000)
  await sleep(5000)
}

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Response>

async function signIn(url: string, { account, password }: Demo['logins'][number]): Promise<string> {
  const answer = await askAs(url, '')('POST', '/sessions', { account, password })
  return ((await answer.json()) as { token: string }).token
}

const askAs =
  (url: string, token: string): Ask =>
  (method, path, body) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })

const moreKinds = ['door', 'meter', 'motion', 'wristband'] as const

async function registerMore(ask: Ask, areaCode: string, count: number): Promise<FleetDevice[]> {
  const devices: FleetDevice[] = []
  for (let index = 0; index < count; index++) {
    const kind = moreKinds[index % moreKinds.length]!
    const body = {
      requestId: randomUUID(),
      code: `PF-${String(index).padStart(4, '0')}`,
      kind,
      name: '试验设备',
      areaCode,
      place: `${index + 1}号`,
    }
    const answer = await ask('POST', '/devices', body)
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
    devices.push({ ...((await answer.json()) as FleetDevice), kind })
  }
  return devices
}

/** A community that settles one alarm after another, with the same request again and again until it is answered. */
function settleAlarms(ask: Ask, random: () => number): { stop(): Promise<string[]> } {
  const settled: string[] = []
  let isOver = false
  const settleOne = async (): Promise<void> => {
    const { items } = (await (await ask('GET', '/episodes?state=open&limit=100')).json()) as { items?: { episodeId: string }[] }
    const episodeId = items?.[Math.floor(random() * items.length)]?.episodeId
    if (!episodeId) return
    const body = { requestId: randomUUID(), outcome: 'TEST', text: '演练' }
    for (let attempt = 0; attempt < 200; attempt++) {
      const answer = await ask('POST', `/episodes/${episodeId}/moves/settle`, body).catch(() => undefined)
      if (answer?.status === 200) settled.push(episodeId)
      if (answer && answer.status < 500) return
      await sleep(200)
    }
  }
  const work = async (): Promise<void> => {
    while (!isOver) {
      await settleOne().catch(() => {})
      await sleep(300)
    }
  }
  const working = work()
  return {
    stop: async () => {
      isOver = true
      await working
      return settled
    },
  }
}
