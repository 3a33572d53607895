import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type KillReport, killDuringIntake } from './kill-during-intake.ts'

const report = fileURLToPath(new URL('../../../docs/proof/intake.md', import.meta.url))
const say = (line: string): void => console.log(line)

/** The full proofs, with their report committed: `npm run proof`. */
const clean = await killDuringIntake({ appeals: 5000, clients: 16, platformKills: 0, postgresKills: 0, seed: 1, say })
say(`whole intake: ${clean.verdict.inDatabase} cases, faults: ${clean.faults.length}`)
const killed = await killDuringIntake({ appeals: 5000, clients: 16, platformKills: 20, postgresKills: 20, seed: 2, say })
say(`with 40 kills: ${killed.verdict.inDatabase} cases, faults: ${killed.faults.length}`)

await mkdir(dirname(report), { recursive: true })
await writeFile(report, pageOf([clean, killed]))
const faults = [...clean.faults, ...killed.faults]
for (const fault of faults) console.error(`FAULT: ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)

function pageOf(runs: KillReport[]): string {
  const [calm, stormy] = runs as [KillReport, KillReport]
  const row = (label: string, read: (run: KillReport) => unknown) => `| ${label} | ${read(calm)} | ${read(stormy)} |`
  const list = (values: number[]) => (values.length === 0 ? '–' : values.map((ms) => (ms / 1000).toFixed(1)).join(' '))
  return `# Proof: appeals taken in, on cut lines, while everything is killed

Made by \`npm run proof\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}, embedded PostgreSQL). 16 clients post
${calm.real ? 'real messages of citizens (kept outside the project)' : 'invented messages (the real ones were not there)'} to \`POST /public/appeals\`; 5 % of the requests
have their connection cut at a random moment, 10 % of the acknowledged ones are sent again. In the second run the platform and PostgreSQL
are killed with -9 at random moments. Then the database is opened and counted.

| | calm | 20 × kill -9 of the platform, 20 × of PostgreSQL |
|---|---|---|
${[
  row('acknowledged', (run) => run.verdict.acknowledged),
  row('cases in the database', (run) => run.verdict.inDatabase),
  row('acknowledged but missing or changed', (run) => run.verdict.lost.length),
  row('numbers that stand twice', (run) => run.verdict.doubled.length + run.verdict.numbersTwice),
  row('half-written cases', (run) => run.verdict.halfWritten),
  row('cases whose lists differ from their entries', (run) => run.verdict.notTheirFold),
  row('requests sent', (run) => run.filing.sent),
  row('connections cut', (run) => run.filing.cuts),
  row('replays (answered differently)', (run) => `${run.filing.replays} (${run.filing.contradictions.length})`),
  row('audit chain', (run) => `${run.audit.ok ? 'whole' : 'BROKEN'}, ${run.audit.rows} rows to ${run.audit.sealedTo}`),
  row('p50 / p95 of an acknowledged request', (run) => `${run.filing.p50.toFixed(0)} / ${run.filing.p95.toFixed(0)} ms`),
  row('seconds until ready again, platform', (run) => list(run.readyMs.platform)),
  row('seconds until ready again, PostgreSQL', (run) => list(run.readyMs.postgres)),
].join('\n')}

Faults: ${[...calm.faults, ...stormy.faults].join('; ') || 'none'}.
`
}
