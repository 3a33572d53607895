import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { type Compared, compareReads, type Staged } from './compare-reads.ts'
import { median } from './measure.ts'
import type { Reading } from './record-reads.ts'
import { openStage, type Stage, signIn } from './stage.ts'

/** The second is five times the first: a page must cost the same at both. The smallest is one, to show that the bench still runs. */
const sizes: Record<string, readonly [number, number]> = { small: [2_500, 2_500], default: [40_000, 200_000], '1m': [200_000, 1_000_000] }
const posts = [
  ['cell', 'gridWorker'],
  ['township', 'dispatcher'],
  ['county', 'countyDispatcher'],
  ['line', 'departmentClerk'],
] as const

/**
 * `worklist`: what is open in my place, by deadline, twenty rows with the way on, under row level security and masked as every list is;
 * at posts of every level and of a line, and at two sizes, against a bare server with the same statements. `ratio` is that of the worst post.
 */
export const worklist: Bench = {
  name: 'worklist',
  async run({ small, explain, size, dataDir, say }: BenchOptions): Promise<BenchReport> {
    const counts = sizes[small ? 'small' : (size ?? 'default')]
    if (!counts) throw new Error(`sizes: ${Object.keys(sizes).join(', ')}`)
    const stages: Stage[] = []
    try {
      for (const cases of new Set(counts)) stages.push(await openStage(cases, dataDir, say))
      const staged = await Promise.all(stages.map(async (stage): Promise<Staged> => ({ stage, readings: await lists(stage) })))
      const load = small ? { rounds: 1, seconds: 0.3 } : size === '1m' ? { rounds: 7, seconds: 2 } : { rounds: 3, seconds: 1 }
      const compared = await compareReads(staged, { clients: 8, ...load, explain, say })
      return reportOf(compared, counts)
    } finally {
      for (const stage of stages) await stage.stop()
    }
  },
}

const lists = (stage: Stage): Promise<Reading[]> =>
  Promise.all(
    posts.map(async ([name, role]) => ({
      name,
      token: await signIn(stage.platform.url, stage.login(role)),
      path: '/cases?status=open&limit=20',
    })),
  )

export interface WorklistLine extends Compared {
  /** p95 of the bigger size over that of the smaller one, which was asked right before it: the middle one of the rounds. */
  growth: number
}

function reportOf(compared: readonly Compared[], [few, many]: readonly [number, number]): BenchReport {
  const of = (name: string, cases: number) => compared.find((one) => one.name === name && one.cases === cases)!
  const lines = posts.map(([name]): WorklistLine => {
    const [small, big] = [of(name, few), of(name, many)]
    return { ...big, growth: median(big.p95s.map((p95, round) => p95 / small.p95s[round]!)) }
  })
  const worst = lines.toSorted((a, b) => a.ratio - b.ratio)[0]!
  return {
    bench: 'worklist',
    value: worst.perSecond,
    unit: 'lists/s',
    reference: worst.barePerSecond,
    ratio: worst.ratio,
    p50: worst.p50,
    p95: worst.p95,
    rows: many,
    worst: worst.name,
    growth: Math.max(...lines.map(({ growth }) => growth)),
    sizes: [few, many],
    posts: lines,
    rssMb: worst.rssMb,
  }
}
