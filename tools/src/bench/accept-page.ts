import type { BenchReport } from './bench.ts'

/** The report of an `accept` run as a page for docs/proof. */
export function acceptPage(report: BenchReport, machine: { cores: number; node: string }, today: string): string {
  const whole = (value: unknown): string => Number(value).toFixed(0)
  const plans = (report.plans ?? []) as { statement: string; plan: string[] }[]
  const shown = (statement: string): string => (statement.length > 160 ? `${statement.slice(0, 160)}…` : statement)
  return `# The accept bench: an appeal taken in, against the bare limit

\`npm run bench -- accept --explain --report\` on ${today} (${machine.cores} cores, Node ${machine.node}, embedded PostgreSQL). 16 clients, closed loop,
product and bare server in turn (A-B-A-B, three rounds), medians. The bare server is \`node:http\` and \`pg\`: it sends the very statements that
the product was recorded to send, in one transaction over as many connections. Machines like this are shared: trust the ratio, not the rates.

| | ours | bare | ratio |
|---|---|---|---|
| appeals a second | ${whole(report.value)} | ${whole(report.reference)} | ${report.ratio.toFixed(2)} |
| p50 / p95 / p99, ms | ${whole(report.p50)} / ${whole(report.p95)} / ${whole(report.p99)} | p99 ${whole(report.barePercentile99)} | |

${report.rows} cases in the table; resident memory of the platform after the run ${report.rssMb} MB; ${report.statements} statements an appeal (BEGIN with
settings, look-up of the stored answer, one write of file, entry and clock, one write of event, audit and answer, COMMIT). Sealer, outbox
and inbox ran beside it.

## Plans

${plans.map(({ statement, plan }) => `\`${shown(statement)}\`\n\n\`\`\`\n${plan.join('\n')}\n\`\`\`\n`).join('\n')}`
}
