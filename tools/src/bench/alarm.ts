import { loadavg } from 'node:os'
import { openPool, sql, systemActor, systemClock, transact } from '@linli/base/server'
import mqtt from 'mqtt'
import { percentile } from '../harness/file-appeals.ts'
import { waitFor } from '../harness/run-platform.ts'
import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { type DeviceStage, openDeviceStage } from './device-stage.ts'
import { listenToStream } from './listen-to-stream.ts'
import { fineNow, type LoadAnswer, type Orders } from './load-orders.ts'
import { median, residentMb } from './measure.ts'
import { signIn } from './stage.ts'

interface Round {
  /** From the press to the open page, milliseconds. */
  delays: number[]
  /** From the press to PUBACK. */
  acks: number[]
  load: LoadAnswer
}

/** `alarm`: from a press on a wristband to an open page, beside a stream of telemetry, against one broker round trip and one commit beside the same stream. */
export const alarm: Bench = {
  name: 'alarm',
  async run({ small, say }: BenchOptions): Promise<BenchReport> {
    const [devices, rounds, seconds, rate] = small ? [60, 1, 2, 100] : [1500, 3, 15, 2000]
    const stage = await openDeviceStage(devices)
    const screen = await openScreen(stage)
    const watcher = await openWatcher(stage.barePort)
    try {
      const ours: Round[] = []
      const bare: Round[] = []
      const stream: Orders = { seconds, rate, calls: rate / 100 }
      await stage.ours.run({ seconds: 1, rate })
      await stage.bare.run({ seconds: 1, rate })
      for (let round = 0; round < rounds; round++) {
        ours.push(await screen.round(stream))
        bare.push(await watcher.round(stage, stream))
        say(`round ${round + 1}: ours ${told(ours)}, bare ${told(bare)}`)
      }
      const flooded = await screen.round({ seconds: small ? 1 : 8, window: 5, calls: 10 })
      say(
        `flooded with ${flooded.load.perSecond.toFixed(0)}/s: ${told([flooded])}, bulk acknowledged p99 ${flooded.load.p99.toFixed(0)} ms`,
      )
      const at = (runs: Round[], share: number): number => median(runs.map(({ delays }) => percentile(delays, share)))
      const [value, reference] = [at(ours, 0.99), at(bare, 0.99)]
      return {
        bench: 'alarm',
        value,
        unit: 'ms from press to page, p99',
        reference,
        ratio: reference / value,
        p50: at(ours, 0.5),
        p95: at(ours, 0.95),
        bareP50: at(bare, 0.5),
        bareP95: at(bare, 0.95),
        ackP99: median(ours.map(({ acks }) => percentile(acks, 0.99))),
        rows: ours.reduce((sum, { delays }) => sum + delays.length, 0),
        perSecond: median(ours.map(({ load }) => load.perSecond)),
        flooded: {
          perSecond: flooded.load.perSecond,
          bulkP50: flooded.load.p50,
          bulkP99: flooded.load.p99,
          ackP50: percentile(flooded.acks, 0.5),
          ackP99: percentile(flooded.acks, 0.99),
          p50: percentile(flooded.delays, 0.5),
          p99: percentile(flooded.delays, 0.99),
        },
        rssMb: await residentMb(stage.platform.child.pid!),
        machineLoad: Math.round(loadavg()[0]!),
        mostRssMb: await residentMb(stage.platform.child.pid!, true),
      }
    } finally {
      await watcher.end()
      screen.end()
      await stage.stop()
    }
  },
}

const told = (runs: Round[]): string => {
  const { delays } = runs.at(-1)!
  return `${delays.length} calls, p50 ${percentile(delays, 0.5).toFixed(1)}, p99 ${percentile(delays, 0.99).toFixed(1)} ms`
}

/** The page of the grid worker whose cell the devices hang in: what it hears, and when. */
async function openScreen(stage: DeviceStage) {
  const token = await signIn(stage.platform.url, stage.login('gridWorker'))
  const heard = new Map<string, number>()
  const page = await listenToStream(`${stage.platform.url}/api/v1/stream`, token, ({ event, data }) => {
    const id = event === 'episode' ? String(data.episodeId) : ''
    if (id && !heard.has(id)) heard.set(id, fineNow())
  })
  return {
    async round(orders: Orders): Promise<Round> {
      const load = await stage.ours.run(orders)
      const episodes = await episodesOf(stage.servingUrl)
      const shownAt = (code: string) => heard.get(episodes.get(code) ?? '')
      // The device is acknowledged before the page is told: the last calls may still be on their way.
      await waitFor(async () => load.calls.every(({ code }) => shownAt(code)), 10_000)
      const delays = load.calls.map(({ code, at }) => {
        const shown = shownAt(code)
        if (shown === undefined) throw new Error(`the call of ${code} was never shown`)
        return shown - at
      })
      return { delays, acks: load.calls.map(({ ackedAfter }) => ackedAfter), load }
    },
    end: () => page.close(),
  }
}

async function openWatcher(port: number) {
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: 'watcher', protocolVersion: 4 })
  const heard = new Map<string, number>()
  client.on('message', (_, code) => heard.set(code.toString(), fineNow()))
  await client.subscribeAsync('calls')
  return {
    async round(stage: DeviceStage, orders: Orders): Promise<Round> {
      const load = await stage.bare.run(orders)
      const delays = load.calls.map(({ code, at }) => (heard.get(code) ?? Number.NaN) - at)
      return { delays, acks: load.calls.map(({ ackedAfter }) => ackedAfter), load }
    },
    end: () => client.endAsync(true),
  }
}

async function episodesOf(url: string): Promise<Map<string, string>> {
  const pool = openPool({ url, max: 1, name: 'bench' })
  try {
    const rows = await transact({ pool, clock: systemClock }, systemActor, (system) =>
      system.rows(
        sql<{
          code: string
          episode_id: string
        }>`SELECT d.code, e.episode_id FROM signals.episode e JOIN signals.device d USING (device_id) WHERE d.code LIKE 'BW-%'`,
      ),
    )
    return new Map(rows.map(({ code, episode_id }) => [code, episode_id]))
  } finally {
    await pool.end()
  }
}
