import type { BenchReport } from './bench.ts'
import type { Compared } from './compare-reads.ts'

/** The report of a `statistics` run as a page for docs/proof. */
export function statisticsPage(report: BenchReport, machine: { cores: number; node: string }, today: string): string {
  const lines = report.lines as Compared[]
  const whole = (value: number): string => value.toFixed(0)
  const line = ({ name, p50, p95, bareP95 }: Compared): string =>
    `| ${name} | ${whole(p50)} | ${whole(p95)} | ${whole(bareP95)} | ${(bareP95 / p95).toFixed(2)} |`
  const shown = lines.filter(({ name }) => ['county-appeal-366', 'line-appeal-366', 'cell-event-366'].includes(name))
  return `# The statistics bench: figures of ${report.rows.toLocaleString('en')} cases

\`npm run bench -- statistics --size 1m --explain --report\` on ${today} (${machine.cores} cores, Node ${machine.node}, embedded PostgreSQL). All cases lie in one county
and were opened within one year: six of ten appeals, the rest grid events. Each line is one page of figures over HTTP, as one person asks for it:
all rates of a kind with their parts and what they leave out, for the area and each area below it. In turn with a bare server (\`node:http\` and
\`pg\`) that sends the statements that the product was recorded to send; three rounds, medians. Machines like this are shared: trust the ratio.

What is counted is kept with each file when it moves (\`define/tally.ts\`): a short text of what happened to it, the same for thousands of files,
and the deadlines of the clocks that run. An index holds just that by area and day, so a year of a county is one walk over it, counted in groups
in PostgreSQL and read out in the program. That the texts are what the entries say is checked every night for every case
(\`check-projections\`); a test imports random lives and compares every figure of every post with a naive recount over entries and clocks, and
opens each figure to as many rows as it says (\`figures.test.ts\`).

| page | p50, ms | p95, ms | bare p95, ms | bare ÷ ours |
|---|---|---|---|---|
${lines.map(line).join('\n')}

Asked for: p95 of at most 1 s for an area of a million cases. Slowest: ${report.slowest}, ${Number(report.value).toFixed(2)} s. Resident memory of the platform ${report.rssMb} MB.

## Plans
${shown.map(({ name, plans }) => `\n### ${name}\n\n${(plans ?? []).map(({ statement, plan }) => `\`${statement.slice(0, 160)}…\`\n\n\`\`\`\n${plan.join('\n')}\n\`\`\`\n`).join('\n')}`).join('')}`
}
