import type { BenchReport } from './bench.ts'

/** The report of an `alarm` run as a page for docs/proof. */
export function alarmPage(report: BenchReport, machine: { cores: number; node: string }, today: string): string {
  const ms = (value: unknown): string => Number(value).toFixed(1)
  const flooded = report.flooded as Record<'perSecond' | 'bulkP50' | 'bulkP99' | 'ackP50' | 'ackP99' | 'p50' | 'p99', number>
  return `# The alarm bench: from a press to an open page

\`npm run bench -- alarm --report\` on ${today} (${machine.cores} cores, Node ${machine.node}, embedded PostgreSQL). 1,500 wristbands in a process of their
own send ${Number(report.perSecond).toFixed(0)} messages a second, and twenty calls for help a second beside them. Ours is the time from the press to the event on the open page of the grid
worker (server-sent events, under the scope of the post): message, rule, alarm, ladder and outbox in one commit, acknowledged after it. The reference
is one broker round trip and one commit beside the same stream: the same broker library without accounts, a one-row insert on a connection of its
own, published to a subscriber. In turn, three rounds, medians. Everything shares ${machine.cores} cores, the load too: trust the ratio. Others worked on it meanwhile (load average ${report.machineLoad}).

| | ours | broker round trip and one commit | ours ÷ reference |
|---|---|---|---|
| p50, ms | ${ms(report.p50)} | ${ms(report.bareP50)} | ${(report.p50 / Number(report.bareP50)).toFixed(1)} |
| p95, ms | ${ms(report.p95)} | ${ms(report.bareP95)} | ${(report.p95 / Number(report.bareP95)).toFixed(1)} |
| p99, ms | ${ms(report.value)} | ${ms(report.reference)} | ${(report.value / report.reference).toFixed(1)} (asked: at most 5${report.value > 5 * report.reference ? '; missed' : ''}) |

${report.rows} calls, each shown. Resident memory of the platform ${report.rssMb} MB, at most ${report.mostRssMb} MB (asked: at most 400 MB${Number(report.mostRssMb) > 400 ? '; missed' : ''}).

Flooded with as much telemetry as it takes (${flooded.perSecond.toFixed(0)} a second, p50 / p99 to PUBACK ${ms(flooded.bulkP50)} / ${ms(flooded.bulkP99)} ms), calls for help are acknowledged
after ${ms(flooded.ackP50)} / ${ms(flooded.ackP99)} ms and shown after ${ms(flooded.p50)} / ${ms(flooded.p99)} ms: they have a lane and a connection of their own.
`
}
