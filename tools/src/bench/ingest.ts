import { loadavg } from 'node:os'
import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { openDeviceStage } from './device-stage.ts'
import type { LoadAnswer } from './load-orders.ts'
import { median, residentMb } from './measure.ts'

/** `ingest`: messages of devices, acknowledged when committed: ledger, model, latest value, partition and rules against a bare broker that commits too. */
export const ingest: Bench = {
  name: 'ingest',
  async run({ small, say }: BenchOptions): Promise<BenchReport> {
    const [devices, rounds, seconds] = small ? [20, 1, 1] : [200, 5, 6]
    const stage = await openDeviceStage(devices)
    try {
      const ours: LoadAnswer[] = []
      const named: LoadAnswer[] = []
      const bare: LoadAnswer[] = []
      const orders = { seconds, window: 10 }
      await stage.ours.run({ ...orders, seconds: 1 })
      await stage.bare.run({ ...orders, seconds: 1 })
      for (let round = 0; round < rounds; round++) {
        ours.push(await stage.ours.run(orders))
        bare.push(await stage.bare.run(orders))
        named.push(await stage.ours.run({ ...orders, ids: true }))
        say(`round ${round + 1}: ours ${rate(ours)}/s, with ids ${rate(named)}/s, bare ${rate(bare)}/s`)
      }
      const unanswered = [...ours, ...named, ...bare].reduce((sum, one) => sum + one.unanswered, 0)
      if (unanswered > 0) throw new Error(`${unanswered} messages were never acknowledged`)
      const middle = (runs: LoadAnswer[], read: (run: LoadAnswer) => number): number => median(runs.map(read))
      const [value, reference] = [middle(ours, ({ perSecond }) => perSecond), middle(bare, ({ perSecond }) => perSecond)]
      const withIds = middle(named, ({ perSecond }) => perSecond)
      return {
        bench: 'ingest',
        value,
        unit: 'messages/s',
        reference,
        ratio: Math.min(value, withIds) / reference,
        p50: middle(ours, ({ p50 }) => p50),
        p95: middle(ours, ({ p95 }) => p95),
        p99: middle(ours, ({ p99 }) => p99),
        bareP99: middle(bare, ({ p99 }) => p99),
        withIds,
        rows: [...ours, ...named].reduce((sum, { acked }) => sum + acked, 0),
        rssMb: await residentMb(stage.platform.child.pid!),
        machineLoad: Math.round(loadavg()[0]!),
        mostRssMb: await residentMb(stage.platform.child.pid!, true),
      }
    } finally {
      await stage.stop()
    }
  },
}

const rate = (runs: LoadAnswer[]): string => runs.at(-1)!.perSecond.toFixed(0)
