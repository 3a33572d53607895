import { cpus, loadavg } from 'node:os'
import type { ExportsProof } from './export-while-working.ts'
import { acts } from './office-at-work.ts'

const verbs = { list: 'a list is looked at', open: 'a case is opened', move: 'a case is moved on', file: 'a resident files' } as const

/** docs/proof/exports.md */
export function exportsPage(proof: ExportsProof): string {
  const { files, progress, idle, during, canceledAt, killedAt, afterKill } = proof
  const ms = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(1))
  const speeds = ([...acts, 'all'] as const).map(
    (act) =>
      `| ${act === 'all' ? '**all of it**' : verbs[act]} | ${ms(idle[act].p50)} / ${ms(idle[act].p95)} (${idle[act].count}) | ${ms(during[act].p50)} / ${ms(during[act].p95)} (${during[act].count}) | ${(during[act].p95 / idle[act].p95).toFixed(2)} |`,
  )
  const taken = files.map(
    (file) =>
      `| ${file.number} | ${file.by} | ${file.format} | ${file.filter} | ${file.rows} | ${file.atTheEdge} | ${file.masked} | ${file.formulas} | ${file.kilobytes} KB | ${file.seconds.toFixed(1)} s |`,
  )
  return `# Proof: more than ten thousand rows are taken along while others work

Made by \`npm run proof -- exports\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}, embedded PostgreSQL, Chromium on the same
machine). Residents have filed more than ten thousand appeals, each with a telephone in it, every fiftieth beginning with \`=cmd|'/c calc'!A0\`. An office works:
a community accepts, a township dispatches and calls back, a department claims and replies, a leader looks, each thing 150 ms after the answer to the one before;
residents file. The machine is shared (load average ${loadavg()[2]!.toFixed(0)} in the last quarter of an hour): trust the ratio, not the times.

Meanwhile a county leader presses 导出 above the list, says what for, watches the bar and downloads; then two others take the open ones along. Afterwards the database is opened:
each file must be the list as it stood at one moment while it was written, each row once; at the edge are rows that came or went within a second of that moment.

| number | by | format | filter | rows | at the edge | telephones masked | formulas as text | size | written in |
|---|---|---|---|---|---|---|---|---|---|
${taken.join('\n')}

The bar in the page showed ${progress.map((value) => value.toLocaleString('en')).join(', ')} rows on the way. Each file says in its first row which number it has, who took it along, for which
organization and what for; its SHA-256 is the one on the trail, which has asked, done and downloaded, in this order.

| p50 / p95, ms (how many) | nobody exports | while files are written | p95, times |
|---|---|---|---|
${speeds.join('\n')}

Refused or failed for people at work: none may be, and none was unless a fault below says so.

- **Canceled in the page** when ${canceledAt} rows were written: no file and no part of one is left, asking for it answers 409, the trail has asked and canceled.
- **kill -9 of the platform** when ${killedAt} rows were written: after the restart nothing is handed out; when the lease of the dead writer has run out (the test clock
  goes on by 61 s) the next begins again: ${afterKill}, the last line above; of the half that was written nothing is left.

Faults: ${proof.faults.join('; ') || 'none'}.
`
}
