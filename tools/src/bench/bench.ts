export interface BenchOptions {
  /** The smallest size, so that a test can show that the bench still runs. */
  small: boolean
  explain: boolean
  /** A size by its name, where a bench has several. */
  size?: string | undefined
  /** A folder that keeps the cases that were made for the next run. */
  dataDir?: string | undefined
  say: (line: string) => void
}

/** `ratio` is ours ÷ reference for throughput and reference ÷ ours for time: higher is better, 1.0 is the bare limit. */
export interface BenchReport {
  bench: string
  value: number
  unit: string
  reference: number
  ratio: number
  p50: number
  p95: number
  rows: number
  [more: string]: unknown
}

export interface Bench {
  readonly name: string
  run(options: BenchOptions): Promise<BenchReport>
}
