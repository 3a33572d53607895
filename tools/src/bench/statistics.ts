import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { type Compared, compareReads } from './compare-reads.ts'
import type { Reading } from './record-reads.ts'
import { openStage, type Stage, signIn } from './stage.ts'

const sizes: Record<string, number> = { small: 2_500, default: 200_000, '1m': 1_000_000 }
const posts = [
  ['cell', 'gridWorker'],
  ['community', 'communityWorker'],
  ['township', 'dispatcher'],
  ['county', 'countyDispatcher'],
  ['line', 'departmentClerk'],
] as const

/**
 * `statistics`: the figures of a kind for an area and every part of it, at posts of each level and of a line, for a month and a year; and the rows behind a common and a rare one. `value` is the longest p95 in seconds, `ratio` that of the bare server over it.
 */
export const statistics: Bench = {
  name: 'statistics',
  async run({ small, explain, size, dataDir, say }: BenchOptions): Promise<BenchReport> {
    const cases = sizes[small ? 'small' : (size ?? 'default')]
    if (!cases) throw new Error(`sizes: ${Object.keys(sizes).join(', ')}`)
    const stage = await openStage(cases, dataDir, say)
    try {
      // One at a time, as a person asks: what is measured is how long he waits, not how many such pages a machine can make.
      const load = small ? { rounds: 1, seconds: 0.1 } : { rounds: 3, seconds: 1 }
      const compared = await compareReads([{ stage, readings: await readings(stage) }], { clients: 1, ...load, explain, say })
      return reportOf(compared, cases)
    } finally {
      await stage.stop()
    }
  },
}

async function readings(stage: Stage): Promise<Reading[]> {
  const signed = await Promise.all(posts.map(async ([name, role]) => [name, await signIn(stage.platform.url, stage.login(role))] as const))
  const figures = signed.flatMap(([name, token]) =>
    (['appeal', 'event'] as const).flatMap((kind) =>
      [30, 366].map((days) => ({ name: `${name}-${kind}-${days}`, token, path: `/statistics/areas?kind=${kind}&days=${days}` })),
    ),
  )
  const [, county] = signed.find(([name]) => name === 'county')!
  return [
    ...figures,
    ...['resolution.numerator', 'rejected.numerator', 'ended.refused'].map((figure) => ({
      name: `county-rows-${figure}`,
      token: county,
      path: `/statistics/rows?kind=appeal&days=366&figure=${figure}`,
    })),
    { name: 'county-first-times', token: county, path: '/statistics/first-times?days=366' },
  ]
}

function reportOf(lines: readonly Compared[], rows: number): BenchReport {
  const worst = lines.toSorted((a, b) => b.p95 - a.p95)[0]!
  return {
    bench: 'statistics',
    value: worst.p95 / 1000,
    unit: 's, p95 of the slowest',
    reference: worst.bareP95 / 1000,
    ratio: worst.bareP95 / worst.p95,
    p50: worst.p50,
    p95: worst.p95,
    rows,
    slowest: worst.name,
    lines,
    rssMb: worst.rssMb,
  }
}
