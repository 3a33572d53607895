import type { BenchReport } from './bench.ts'

const head = '## Beside a bare COPY'

/** What `npm run bench -- import` found, as the last section of docs/proof/import.md. */
export function importSection(report: BenchReport, machine: { cores: number; node: string }, today: string): string {
  const { rows, value, reference, ratio, p50, p95 } = report
  return `${head}

\`npm run bench -- import --report\` on ${today} (${machine.cores} cores, Node ${machine.node}, embedded PostgreSQL): ${rows} invented rows by a mapping, as the command
brings them in, against COPY of the same file into one plain table of texts without an index; in turn, medians of three. Machines
like this are shared: trust the order of the ratio, not the rates.

| | rows a second | |
|---|---|---|
| by the mapping | ${value.toFixed(0)} | a piece of 500 rows in ${p50.toFixed(0)} ms (p95 ${p95.toFixed(0)} ms) |
| COPY | ${reference.toFixed(0)} | ratio ${ratio.toPrecision(2)} |

A row of the file becomes a matter with its number, its log, its clocks against the working calendar, its figures, and the key by which the same row is known
again; COPY writes it down.
`
}

/** The page with this as its last section, whatever stood there before. */
export function withSection(page: string, section: string): string {
  const at = page.indexOf(head)
  return `${(at === -1 ? page : page.slice(0, at)).trimEnd()}\n\n${section}`
}

/** The section of a page, empty where it has none. */
export const sectionOf = (page: string): string => (page.includes(head) ? page.slice(page.indexOf(head)) : '')
