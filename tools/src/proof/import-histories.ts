import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { addArea } from '@linli/access/server'
import { startEmbedded, systemActor, systemClock, transact } from '@linli/base/server'
import { checkEveryProjection } from '@linli/cases/server'
import { readCsv } from '@linli/exchange/server'
import { readConfig } from '@linli/server/config'
import { openDatabase } from '@linli/server/database'
import { withEngines } from '@linli/server/engines'
import pg from 'pg'

const program = fileURLToPath(new URL('../import/run.ts', import.meta.url))

/** A year of another city's requests, kept outside of the project, and how its rows become matters. */
export const boston = {
  file: fileURLToPath(new URL('../../../../shared/data/civic311/boston-2015.csv.gz', import.meta.url)),
  mapping: fileURLToPath(new URL('../import/mappings/boston-311.json', import.meta.url)),
  flags: { key: 'CASE_ENQUIRY_ID', closed: 'CLOSED_DT', target: 'TARGET_DT', flag: 'OnTime_Status', onTime: 'ONTIME' },
}

export interface ProofOptions {
  /** The databases to work on, as the command gets them; must be empty of imports. */
  servingUrl: string
  ownerUrl: string
  file: string
  mapping: string
  /** How often the command is killed with -9 while it brings rows in. */
  kills: number
  /** Compares the flags of the file with the clocks, row by row. */
  flags?: { key: string; closed: string; target: string; flag: string; onTime: string }
  say: (line: string) => void
}

export interface ImportProof {
  rows: number
  preview: string
  lines: string[]
  killedAt: number[]
  flagged: number
  reproduced: number
  checked: number
  again: string
  undone: string
  left: Record<string, number>
  seconds: number
  rssMb: number
  faults: string[]
}

interface Ran {
  code: number | null
  out: string
  err: string
  seconds: number
  rssMb: number
}

/** Four communities in four townships of a county that there is not, where the mapping puts the rows. */
export async function inventCounty(servingUrl: string, ownerUrl: string): Promise<void> {
  const database = await openDatabase(readConfig({ DATABASE_URL: servingUrl, DATABASE_OWNER_URL: ownerUrl }), () => {})
  try {
    await transact({ pool: database.pool, clock: systemClock }, systemActor, async (system) => {
      await addArea(system, { level: 'province', kind: 'province', code: '23', name: '某省' })
      await addArea(system, { parent: '23', level: 'prefecture', kind: 'prefecture', code: '2399', name: '某市' })
      await addArea(system, { parent: '2399', level: 'county', kind: 'county', code: '239931', name: '某县' })
      for (const suffix of ['101', '102', '103', '104']) {
        await addArea(system, {
          parent: '239931',
          level: 'township',
          kind: 'subdistrict',
          code: `239931${suffix}`,
          name: `第${suffix}街道`,
        })
        const code = `239931${suffix}001`
        await addArea(system, { parent: `239931${suffix}`, level: 'community', kind: 'urban_community', code, name: `第${suffix}社区` })
      }
    })
  } finally {
    await database.stop()
  }
}

/** All of the year, on a database of its own. */
export async function proveBoston(kills: number, say: (line: string) => void): Promise<ImportProof> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-proof-'))
  const server = await startEmbedded({ dataDir: join(folder, 'data') })
  try {
    await inventCounty(server.servingUrl, server.ownerUrl)
    return await proveImport({ ...boston, ...server, kills, say })
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Brings a file of another system in by the command that operators use, killed on the way as often as asked, and looks at what came of it:
 * every row once, every clock as the file has it, every list as its log; then the same file again, and all of it out again.
 */
export async function proveImport(options: ProofOptions): Promise<ImportProof> {
  const { servingUrl, ownerUrl, say } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-proof-import-'))
  const env = { DATABASE_URL: servingUrl, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: dataDir }
  const db = new pg.Client({ connectionString: servingUrl })
  await db.connect()
  await db.query('SET ROLE linli_system')
  const faults: string[] = []
  const wrong = (isWrong: boolean, what: string): void => {
    if (isWrong) faults.push(what)
  }
  try {
    const file = ['--in', options.file, '--mapping', options.mapping]
    const total = await countRows(options.file)
    const preview = await run(env, ['cases', ...file, '--preview'])
    say(preview.out.trim())
    wrong(preview.code !== 0, `preview ended with ${preview.code}: ${preview.err.slice(-400)}`)
    wrong(!preview.out.includes(`read ${total}, would add ${total},`), `preview: ${preview.out}`)
    wrong((await countsOf(db)).imported !== 0, 'the preview wrote something')

    const killedAt: number[] = []
    const lines: string[] = []
    let seconds = 0
    let rssMb = 0
    for (let kill = 1; kill <= options.kills; kill++)
      killedAt.push(await killAt(db, env, file, Math.floor((total * kill) / (options.kills + 1))))
    const whole = await run(env, ['cases', ...file])
    seconds += whole.seconds
    rssMb = Math.max(rssMb, whole.rssMb)
    lines.push(whole.out.trim())
    say(whole.out.trim())
    wrong(whole.code !== 0, `the import ended with ${whole.code}: ${whole.err.slice(-400)}`)
    const there = await countsOf(db)
    wrong(there.imported !== total || there.keys !== total, `${there.imported} cases of ${there.keys} keys for ${total} rows`)
    wrong(there.halfWritten !== 0, `${there.halfWritten} cases without their entries`)

    const { flagged, reproduced } = options.flags ? await compareFlags(db, options.file, options.flags) : { flagged: 0, reproduced: 0 }
    wrong(reproduced !== flagged, `${flagged - reproduced} of ${flagged} flags come out otherwise`)
    say(`flags: ${reproduced} of ${flagged}`)
    const checked = await checkProjections(env, faults)
    say(`projections: ${checked} checked`)

    const again = await run(env, ['cases', ...file])
    say(again.out.trim())
    wrong(!again.out.includes(`read ${total}, added 0, there ${total}, changed 0, refused 0`), `again: ${again.out}`)
    const [number] = /DR-\d{8}-\d{6}/.exec(whole.out) ?? ['']
    const undone = await run(env, ['cases', '--undo', number!, '--reason', 'proof'])
    say(undone.out.trim())
    wrong(!undone.out.includes(`removed ${total}, kept 0`), `undo: ${undone.out}${undone.err.slice(-400)}`)
    const left = await countsOf(db)
    for (const [what, count] of Object.entries(left)) wrong(count !== 0, `${count} ${what} left`)
    return {
      rows: total,
      preview: preview.out.trim(),
      lines,
      killedAt,
      flagged,
      reproduced,
      checked,
      again: again.out.trim(),
      undone: undone.out.trim(),
      left,
      seconds,
      rssMb: Math.max(rssMb, preview.rssMb),
      faults,
    }
  } finally {
    await db.end()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function countRows(file: string): Promise<number> {
  let rows = -1
  for await (const piece of readCsv(file, { gzip: file.endsWith('.gz') })) rows += piece.length
  return rows
}

async function countsOf(db: pg.Client) {
  const { rows } = await db.query(`
    SELECT (SELECT count(*)::int FROM cases.imported_case) AS imported, (SELECT count(DISTINCT source_key)::int FROM cases.imported_case) AS keys,
      (SELECT count(*)::int FROM cases.case_file) AS files, (SELECT count(*)::int FROM cases.case_entry) AS entries,
      (SELECT count(*)::int FROM cases.case_clock) AS clocks, (SELECT count(*)::int FROM cases.case_notice) AS notices,
      (SELECT count(*)::int FROM base.person_key) AS "personKeys",
      (SELECT count(*)::int FROM cases.case_file f WHERE f.seq <> (SELECT count(*) FROM cases.case_entry e WHERE e.case_id = f.case_id)) AS "halfWritten"`)
  return rows[0] as Record<'imported' | 'keys' | 'files' | 'entries' | 'clocks' | 'notices' | 'personKeys' | 'halfWritten', number>
}

/** Runs the command until so many rows are committed, and kills it. Answers how many there were. */
async function killAt(db: pg.Client, env: Record<string, string>, file: string[], rows: number): Promise<number> {
  const { child } = start(env, ['cases', ...file])
  const done = async (): Promise<number> => (await countsOf(db)).imported
  while (child.exitCode === null && (await done()) < rows) await sleep(50)
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return done()
}

function start(env: Record<string, string>, args: string[]): { child: ChildProcess; said: { out: string; err: string } } {
  const child = spawn(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString()
  })
  return { child, said }
}

async function run(env: Record<string, string>, args: string[]): Promise<Ran> {
  const startedAt = performance.now()
  const { child, said } = start(env, args)
  let rssMb = 0
  const watch = setInterval(() => {
    rssMb = Math.max(rssMb, peakOf(child.pid))
  }, 200)
  const [code] = (await once(child, 'close')) as [number | null]
  clearInterval(watch)
  return { code, ...said, seconds: (performance.now() - startedAt) / 1000, rssMb }
}

/** Largest resident memory so far, in MB; 0 where the system does not say. */
function peakOf(pid: number | undefined): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

/** Of the closed rows that have a target and a flag: how many clocks of ours say what the flag says. */
async function compareFlags(db: pg.Client, file: string, flags: NonNullable<ProofOptions['flags']>) {
  const { rows } = await db.query<{ key: string; onTime: boolean }>(`
    SELECT i.source_key AS key, bool_and(c.stopped_at <= c.due_at) AS "onTime"
    FROM cases.imported_case i JOIN cases.case_clock c USING (case_id) WHERE c.stopped_at IS NOT NULL GROUP BY 1`)
  const ours = new Map(rows.map(({ key, onTime }) => [key, onTime]))
  let flagged = 0
  let reproduced = 0
  let headers: string[] | undefined
  for await (const piece of readCsv(file, { gzip: file.endsWith('.gz') })) {
    for (const { cells } of piece) {
      if (!headers) {
        headers = cells
        continue
      }
      const of = (name: string): string => cells[headers!.indexOf(name)] ?? ''
      if (!of(flags.closed) || !of(flags.target) || !of(flags.flag)) continue
      flagged++
      if (ours.get(of(flags.key)) === (of(flags.flag) === flags.onTime)) reproduced++
    }
  }
  return { flagged, reproduced }
}

async function checkProjections(env: Record<string, string>, faults: string[]): Promise<number> {
  const config = readConfig(env)
  const database = await openDatabase(config, () => {})
  try {
    return await withEngines(
      config,
      database,
      () => {},
      async ({ cases }) => {
        const found = await checkEveryProjection(cases)
        for (const { caseId, part } of found.faults.slice(0, 5)) faults.push(`${caseId}: ${part} is not what the log says`)
        return found.checked
      },
    )
  } finally {
    await database.stop()
  }
}
