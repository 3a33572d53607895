import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPool, sql, startEmbedded, systemActor, systemClock, transact } from '@linli/base/server'
import mqtt from 'mqtt'
import pg from 'pg'
import { stopOrphan } from '../harness/kill-postgres.ts'
import { type Peers, startBroker, startFlow } from '../harness/peers.ts'
import { freePort, type RunningPlatform, runPlatform, waitFor } from '../harness/run-platform.ts'

export interface Device {
  code: string
  secret: string
}

/** What was killed in the middle, and what was missing afterwards. */
export interface Loss {
  what: string
  acknowledged: number
  lost: number
  doubled: number
}

export interface LossOptions {
  devices: number
  messages: number
  peers: Peers
  say(line: string): void
}

/** The same devices send the same messages to the platform and to the usual pair of broker and flow, and in the middle what takes them is killed with -9. */
export async function peersLose(options: LossOptions): Promise<Loss[]> {
  return [await ours(options), await theirs(options, 'flow'), await theirs(options, 'both')]
}

async function ours({ devices: wanted, messages, say }: LossOptions): Promise<Loss> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-peers-'))
  const [port, mqttPort] = [await freePort(), await freePort()]
  const start = () => runPlatform({ dataDir, port, mqttPort, env: { LINLI_DEMO: '1' }, readyWithinMs: 300_000 })
  let platform: RunningPlatform = await start()
  try {
    const demo = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as { devices: (Device & { kind: string })[] }
    const devices = demo.devices.filter(({ kind }) => kind === 'smoke').slice(0, wanted)
    const sending = send(`mqtt://127.0.0.1:${mqttPort}`, devices, messages)
    await sending.reach(messages * 0.4)
    await platform.kill()
    platform = await start()
    await sending.reach(messages)
    await sending.end()
    await platform.stop()
    const database = await startEmbedded({ dataDir })
    const pool = openPool({ url: database.servingUrl, max: 1, name: 'check' })
    const stored = await transact({ pool, clock: systemClock }, systemActor, (system) =>
      system.rows(
        sql<{
          id: string
          n: number
        }>`SELECT substr(message_key, 3) AS id, count(*)::int AS n FROM signals.telemetry WHERE starts_with(message_key, 'i:n') GROUP BY 1`,
      ),
    ).finally(() => pool.end())
    await database.stop()
    return told(say, 'Linli: kill -9 of the platform', sending.acknowledged(), stored)
  } finally {
    await platform.kill()
    await stopOrphan(dataDir)
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** `flow`: Node-RED alone dies, the broker holds its session. `both`: they die together, as when a machine loses power. */
async function theirs({ devices: wanted, messages, peers, say }: LossOptions, dies: 'flow' | 'both'): Promise<Loss> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-peers-'))
  const database = await startEmbedded({ dataDir: join(folder, 'pg') })
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 1 })
  // Its idle connection hears when the database is stopped.
  pool.on('error', () => {})
  await pool.query('CREATE TABLE public.telemetry (device text, id text, values jsonb, received_at timestamptz DEFAULT now())')
  const [brokerPort, flowPort] = [await freePort(), await freePort()]
  const broker = () => startBroker(folder, brokerPort)
  const flow = () => startFlow(peers, { folder, brokerPort, port: flowPort, databaseUrl: database.ownerUrl })
  let [running, flowing] = [await broker(), await flow()]
  try {
    await waitUntilListening(brokerPort, pool)
    const devices = Array.from({ length: wanted }, (_, index) => ({ code: `SM-${index}`, secret: 'x' }))
    const sending = send(`mqtt://127.0.0.1:${brokerPort}`, devices, messages)
    await sending.reach(messages * 0.4)
    await flowing.kill()
    if (dies === 'both') {
      await running.kill()
      running = await broker()
    }
    flowing = await flow()
    await sending.reach(messages)
    await sending.end()
    const stored = async () =>
      (await pool.query<{ id: string; n: number }>('SELECT id, count(*)::int AS n FROM public.telemetry GROUP BY 1')).rows
    await waitUntilQuiet(async () => (await stored()).length)
    const what = dies === 'flow' ? 'mosquitto and Node-RED: kill -9 of Node-RED' : 'mosquitto and Node-RED: kill -9 of both'
    return told(say, what, sending.acknowledged(), await stored())
  } finally {
    await flowing.kill()
    await running.kill()
    await pool.end()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The flow has its subscription when a message comes through; what is lost before is nobody's fault. */
async function waitUntilListening(port: number, pool: pg.Pool): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: 'probe', protocolVersion: 4 })
  const isHeard = await waitFor(async () => {
    await client.publishAsync('up/probe/telemetry', '{"id":"probe","values":{}}', { qos: 1 })
    return ((await pool.query('SELECT FROM public.telemetry LIMIT 1')).rowCount ?? 0) > 0
  }, 60_000)
  await client.endAsync()
  if (!isHeard) throw new Error('the flow hears nothing')
  await sleep(500)
  await pool.query('DELETE FROM public.telemetry')
}

function told(
  say: (line: string) => void,
  what: string,
  acknowledged: ReadonlySet<string>,
  stored: readonly { id: string; n: number }[],
): Loss {
  const ids = new Set(stored.map(({ id }) => id))
  const lost = [...acknowledged].filter((id) => !ids.has(id)).length
  const loss = { what, acknowledged: acknowledged.size, lost, doubled: stored.filter(({ n }) => n > 1).length }
  say(`${what}: ${loss.acknowledged} acknowledged, ${lost} of them missing, ${loss.doubled} twice`)
  return loss
}

/** Whatever is still on its way has arrived when nothing more does for five seconds. */
async function waitUntilQuiet(count: () => Promise<number>): Promise<void> {
  for (let before = -1, now = await count(); now !== before; now = await count()) {
    before = now
    await sleep(5000)
  }
}

/** A town, not a flood: whoever is quick loses no less. */
const perSecond = 1000

/** Unmodified clients, a hundred unanswered each; one whose line breaks sends again what was not acknowledged. */
function send(url: string, devices: readonly Device[], messages: number) {
  const acknowledged = new Set<string>()
  const startedAt = performance.now()
  let next = 0
  let isOver = false
  const work = devices.map(async ({ code, secret }) => {
    const client = mqtt.connect(url, { clientId: code, username: code, password: secret, protocolVersion: 4, reconnectPeriod: 250 })
    client.on('error', () => {})
    const hand = async (): Promise<void> => {
      while (next < messages && !isOver) {
        await sleep(Math.max(0, startedAt + (next / perSecond) * 1000 - performance.now()))
        if (next >= messages) return
        const id = `n${next++}`
        const payload = JSON.stringify({ id, values: { smoke: 0 } })
        while (!(isOver || acknowledged.has(id))) {
          await client.publishAsync(`up/${code}/telemetry`, payload, { qos: 1 }).then(
            () => acknowledged.add(id),
            () => sleep(250),
          )
        }
      }
    }
    await Promise.all(Array.from({ length: 100 }, hand))
    await client.endAsync(true)
  })
  return {
    acknowledged: (): ReadonlySet<string> => acknowledged,
    async reach(count: number): Promise<void> {
      if (!(await waitFor(async () => acknowledged.size >= count, 180_000, 5)))
        throw new Error(`${acknowledged.size} of ${count} acknowledged`)
    },
    async end(): Promise<void> {
      isOver = true
      await Promise.all(work)
    },
  }
}
