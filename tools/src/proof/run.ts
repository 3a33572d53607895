import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sectionOf, withSection } from '../bench/import-section.ts'
import { buildPortals } from '../harness/build-portals.ts'
import { loadHome } from '../harness/living-alone.ts'
import { installPeers } from '../harness/peers.ts'
import { exportWhileWorking } from './export-while-working.ts'
import { exportsPage } from './exports-page.ts'
import { homesPage } from './homes-page.ts'
import { boston, type ImportProof, proveBoston } from './import-histories.ts'
import { ingestPage } from './ingest-page.ts'
import { killDuringIngest } from './kill-during-ingest.ts'
import { type KillReport, killDuringIntake } from './kill-during-intake.ts'
import { type Loss, peersLose } from './peers-lose.ts'
import { loadHousehold, powerPage, provePower } from './power-absence.ts'
import { type RaceReport, raceMoves } from './race-moves.ts'
import { watchHomes } from './watch-homes.ts'

const folder = fileURLToPath(new URL('../../../docs/proof/', import.meta.url))
const say = (line: string): void => console.log(line)

/** The full proofs, with their reports committed: `npm run proof`, or one of them by its name. */
const wanted = process.argv.slice(2)
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name)
const faults: string[] = []

if (isWanted('intake')) {
  const clean = await killDuringIntake({ appeals: 5000, clients: 16, platformKills: 0, postgresKills: 0, seed: 1, say })
  say(`whole intake: ${clean.verdict.inDatabase} cases, faults: ${clean.faults.length}`)
  const killed = await killDuringIntake({ appeals: 5000, clients: 16, platformKills: 20, postgresKills: 20, seed: 2, say })
  say(`with 40 kills: ${killed.verdict.inDatabase} cases, faults: ${killed.faults.length}`)
  await write('intake', pageOf([clean, killed]))
  faults.push(...clean.faults, ...killed.faults)
}
if (isWanted('ingest')) {
  const ingest = await killDuringIngest({ devices: 200, rate: 1000, platformKills: 20, postgresKills: 10, seed: 3, say })
  say(`ingest: ${ingest.verdict.acknowledged} acknowledged, ${ingest.verdict.stored} stored, faults: ${ingest.faults.length}`)
  await write('ingest', ingestPage(ingest))
  faults.push(...ingest.faults)
}
// Others' systems are installed for it, so it runs only when it is asked for by name.
if (wanted.includes('peers')) {
  const peers = await installPeers(process.env.PEERS_DIR ?? join(tmpdir(), 'linli-peers-installed'))
  const losses = await peersLose({ devices: 20, messages: 20_000, peers, say })
  await write('peers', peersPage(losses))
  if (losses[0]!.lost + losses[0]!.doubled > 0) faults.push(`the platform lost ${losses[0]!.lost} and doubled ${losses[0]!.doubled}`)
}
if (isWanted('races')) {
  const races = await raceMoves({ cases: 500, moves: 50_000, hands: 10, seed: 1, say })
  say(`races: ${races.sent} moves, ${races.won} won, ${races.twoWinners} with two winners, faults: ${races.faults.length}`)
  await write('races', racePage(races))
  faults.push(...races.faults)
}
if (isWanted('import')) {
  if (existsSync(boston.file)) {
    const proof = await proveBoston(3, say)
    // What the bench found beside it is measured by itself.
    const before = await readFile(join(folder, 'import.md'), 'utf8').catch(() => '')
    await write('import', withSection(importPage(proof), sectionOf(before)))
    faults.push(...proof.faults)
  } else say('import: the year of requests is not here; its report stays as it is')
}
if (isWanted('exports')) {
  await buildPortals()
  const proof = await exportWhileWorking({ appeals: 12_000, idleSeconds: 15, say })
  const slowdown = proof.during.all.p95 / proof.idle.all.p95
  say(
    `exports: ${proof.files.map(({ rows }) => rows).join(', ')} rows; p95 of people at work ${slowdown.toFixed(2)} times, faults: ${proof.faults.length}`,
  )
  if (slowdown > 2)
    proof.faults.push(`people at work wait ${slowdown.toFixed(2)} times as long (p95) while files are written; twice is the most`)
  if (proof.canceledAt === 0 || proof.killedAt === 0)
    proof.faults.push('the file was there before it could be canceled, or the platform killed')
  await write('exports', exportsPage(proof))
  faults.push(...proof.faults)
}
if (isWanted('power')) {
  const hours = loadHousehold()
  if (hours) {
    const proof = provePower(hours, 200)
    say(`power: ${proof.ordinary} notices in ${proof.months.toFixed(1)} months, faults: ${proof.faults.length}`)
    await write('power', powerPage(proof))
    faults.push(...proof.faults)
  } else say('power: the record of the household is not here; its report stays as it is')
}
if (isWanted('homes')) {
  if (loadHome()) {
    const proof = await watchHomes({ cuts: Array.from({ length: 168 }, (_, at) => at + 1), days: 14, say })
    say(`homes: ${proof.messages} messages, ${proof.ordinary.silence} silences in ordinary life, faults: ${proof.faults.length}`)
    await write('homes', homesPage(proof))
    faults.push(...proof.faults)
  } else say('homes: the record of the home is not here; its report stays as it is')
}
for (const fault of faults) console.error(`FAULT: ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)

async function write(name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.md`), text)
}

function racePage(report: RaceReport): string {
  const byMove = Object.entries(report.byMove).sort(([, a], [, b]) => b - a)
  return `# Proof: fifty thousand racing moves

Made by \`npm run proof -- races\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}, embedded PostgreSQL). Over HTTP, ten hands
at a time send any step (claim, reject, reassign, pause, rule, reply, extend, parts of other units …) to one of 500 cases, all on the state that it
has; sixteen cases at a time. Afterwards the database is opened: every log is folded again, every step must have been open when it was
made, and every column must be what the log says.

| | |
|---|---|
| moves sent | ${report.sent} |
| won | ${report.won} |
| lost: 409 with the state that the winner left | ${report.lost} |
| refused: not open in that state, not for that post, wrongly filled | ${report.refused} |
| batches with more than one winner | ${report.twoWinners} |
| entries of the raced cases | ${report.entries} |

Won by step: ${byMove.map(([move, count]) => `${move} ${count}`).join(', ')}.

Faults: ${report.faults.join('; ') || 'none'}.
`
}

function peersPage(losses: readonly Loss[]): string {
  return `# Proof: what an acknowledgement is worth, here and elsewhere

Made by \`npm run proof -- peers\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}). Twenty devices (npm \`mqtt\`, QoS 1, a hundred
unanswered each) send 20,000 numbered messages, 1,000 a second; at 8,000 acknowledged the receiver is killed with -9 and started again, and the devices send
again what was not acknowledged. Beside the platform the usual pair: mosquitto with persistence as packaged, and Node-RED 4.1.1 with a
subscription of QoS 1, a session that is kept, and one insert for each message into the same PostgreSQL. Both acknowledge before anything is on disk.

| killed in the middle | acknowledged | missing in the database | there twice |
|---|---|---|---|
${losses.map(({ what, acknowledged, lost, doubled }) => `| ${what} | ${acknowledged} | ${lost} | ${doubled} |`).join('\n')}
`
}

function importPage(proof: ImportProof): string {
  return `# Proof: a year of another city, brought in by a mapping

Made by \`npm run proof -- import\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}, embedded PostgreSQL). The file is
City of Boston 311 of 2015 (kept outside the project), the mapping \`tools/src/import/mappings/boston-311.json\`, the command the one that operators
use. It is previewed, brought in while the command is killed with -9 (after ${proof.killedAt.join(', ')} rows), brought in again, and undone. In between
the database is opened: every row must be there once, every list must be what its log says, and of each closed request that has a target
and a flag our clock (\`runClock\`, policy \`fixed\`) must say what the flag says.

| | |
|---|---|
| rows of the file | ${proof.rows} |
| preview | ${proof.preview} |
| brought in, last of ${proof.killedAt.length + 1} runs | ${proof.lines.join('; ')} |
| closed with target and flag | ${proof.flagged} |
| flags that come out of our clocks | ${proof.reproduced} |
| cases whose lists were compared with their logs | ${proof.checked} |
| the same file again | ${proof.again} |
| undone | ${proof.undone} |
| left of it in the database | ${Object.entries(proof.left)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ')} |
| most memory of the command | ${proof.rssMb} MB (limit 512) |

49 requests of the file are closed some minutes before they were opened; the mapping says to close those when they were opened
(\`closedBeforeOpened: atOpening\`), and the time that the file has stands in their log.

Faults: ${proof.faults.join('; ') || 'none'}.
`
}

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
