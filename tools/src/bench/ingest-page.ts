import type { BenchReport } from './bench.ts'

/** The report of an `ingest` run as a page for docs/proof. */
export function ingestPage(report: BenchReport, machine: { cores: number; node: string }, today: string): string {
  const whole = (value: unknown): string => Number(value).toFixed(0)
  return `# The ingest bench: messages of devices, acknowledged when committed

\`npm run bench -- ingest --report\` on ${today} (${machine.cores} cores, Node ${machine.node}, embedded PostgreSQL). 200 devices in a process of their own
send QoS 1 messages of three values, ten unanswered each, closed loop; product and bare reference in turn (A-B-A-B, five rounds), medians. The
reference is the same broker library in a process that knows no accounts: JSON.parse, one batched insert into one table, PUBACK after COMMIT. The
product checks the ledger, topic, shape, model and clock of each message, stores it once however often it is sent, keeps latest values and presence, asks
the rules, and acknowledges after COMMIT too. Machines like this are shared: trust the ratio, not the rates. Others worked on it meanwhile (load average ${report.machineLoad}).

| | ours | ours, messages that carry an id | bare | ratio of the slower |
|---|---|---|---|---|
| messages a second | ${whole(report.value)} | ${whole(report.withIds)} | ${whole(report.reference)} | ${report.ratio.toFixed(2)} (asked: 0.40${report.ratio < 0.4 ? '; missed' : ''}) |
| p50 / p95 / p99, ms | ${whole(report.p50)} / ${whole(report.p95)} / ${whole(report.p99)} | | p99 ${whole(report.bareP99)} | |

${report.rows} messages stored; resident memory of the platform ${report.rssMb} MB, at most ${report.mostRssMb} MB.
`
}
