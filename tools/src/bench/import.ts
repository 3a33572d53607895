import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { startEmbedded, systemActor, transact } from '@linli/base/server'
import { ImportMapping } from '@linli/exchange/contract'
import { addBatch, getBatch, leaseBatch, type RunDeps, runImport } from '@linli/exchange/server'
import { readConfig } from '@linli/server/config'
import { openDatabase } from '@linli/server/database'
import { withEngines } from '@linli/server/engines'
import pg from 'pg'
import { percentile } from '../harness/file-appeals.ts'
import { inventCounty } from '../proof/import-histories.ts'
import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { copyIn } from './copy-in.ts'
import { median } from './measure.ts'

const columns = ['key', 'title', 'detail', 'opened', 'closed', 'due', 'place', 'area'] as const
const communities = ['239931101001', '239931102001', '239931103001', '239931104001']
const rounds = 3

/**
 * `import`: matters of another system by a mapping, as the command brings them in (read from CSV, mapped, judged row by row, their log,
 * clocks and figures written, committed in pieces), against COPY of the same file into one plain table. In turn; medians of three.
 */
export const importCases: Bench = {
  name: 'import',
  async run({ small, say }: BenchOptions): Promise<BenchReport> {
    const rows = small ? 300 : 10_000
    const folder = await mkdtemp(join(tmpdir(), 'linli-bench-'))
    const server = await startEmbedded({ dataDir: join(folder, 'data') })
    const owner = new pg.Client({ connectionString: server.ownerUrl })
    try {
      await inventCounty(server.servingUrl, server.ownerUrl)
      await owner.connect()
      await owner.query('CREATE SCHEMA bench')
      const file = await inventFile(folder, rows)
      const pieces: number[] = []
      const ours: number[] = []
      const bare: number[] = []
      const env = { DATABASE_URL: server.servingUrl, DATABASE_OWNER_URL: server.ownerUrl, DATA_DIR: join(folder, 'data') }
      const config = readConfig(env)
      const database = await openDatabase(config, () => {})
      try {
        await withEngines(
          config,
          database,
          () => {},
          async ({ transaction, exchange }) => {
            const deps = { ...transaction, importables: exchange.importables }
            for (let round = 1; round <= rounds; round++) {
              ours.push(await bringIn(deps, file, rows, `bench-${round}`, pieces))
              bare.push(await bareCopy(owner, file, rows, round))
              say(`${ours.at(-1)!.toFixed(0)} rows/s by the mapping, ${bare.at(-1)!.toFixed(0)} by COPY`)
            }
          },
        )
      } finally {
        await database.stop()
      }
      const [value, reference] = [median(ours), median(bare)]
      return {
        bench: 'import',
        value,
        unit: 'rows/s',
        reference,
        ratio: value / reference,
        p50: percentile(pieces, 0.5),
        p95: percentile(pieces, 0.95),
        rows,
        rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      }
    } finally {
      await owner.end()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** A year of another city, invented: half of it closed, two thirds of that in time. */
async function inventFile(folder: string, rows: number): Promise<string> {
  const start = Date.UTC(2025, 0, 1)
  const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString()
  const line = (i: number): string => {
    const opened = (i * 47) % 500_000
    const closed = i % 2 === 0 ? at(opened + 60 + ((i * 131) % 9000)) : ''
    const detail = `${i} 号院门口的路灯夜里不亮，老人出门看不清台阶，已经三天了。`
    return `B${i},路灯不亮,${detail},${at(opened)},${closed},${at(opened + 6000)},${i} 号院门口,${communities[i % communities.length]}`
  }
  const path = join(folder, 'year.csv')
  await writeFile(path, [columns.join(','), ...Array.from({ length: rows }, (_, i) => line(i)), ''].join('\n'))
  return path
}

const mappingOf = (source: string): ImportMapping =>
  ImportMapping.parse({
    target: 'cases',
    variant: 'appeals.appeal',
    source,
    fields: {
      key: { column: 'key' },
      title: { column: 'title' },
      detail: { column: 'detail' },
      openedAt: { column: 'opened' },
      closedAt: { column: 'closed' },
      dueAt: { column: 'due' },
      place: { column: 'place' },
      area: { column: 'area' },
    },
  })

/** Rows a second, as whoever runs the command waits for them. */
async function bringIn(deps: RunDeps, path: string, rows: number, source: string, pieces: number[]): Promise<number> {
  const mapping = mappingOf(source)
  const bytes = await readFile(path)
  const file = { name: 'year.csv', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest() }
  const by = { accountId: null, postId: null, orgId: null, areaPath: '' }
  const batch = await transact(deps, systemActor, async (system) => {
    const added = await addBatch(system, { batchId: newId(), file, by, mapping, mode: 'each', state: 'queued' })
    return leaseBatch(system, added.batch_id, 'running')
  })
  const startedAt = performance.now()
  await runImport(deps, batch, path, { committed: (_, milliseconds) => pieces.push(milliseconds) })
  const seconds = (performance.now() - startedAt) / 1000
  const { added, refused } = await transact(deps, systemActor, (system) => getBatch(system, batch.batch_id))
  if (added !== rows) throw new Error(`${added} of ${rows} came in, ${refused} were refused`)
  return rows / seconds
}

/** Rows a second of one COPY of the file as it is into one table without an index. */
async function bareCopy(owner: pg.Client, path: string, rows: number, round: number): Promise<number> {
  const table = `bench.year_${round}`
  await owner.query(`CREATE TABLE ${table} (${columns.map((column) => `${column} text`).join(', ')})`)
  const bytes = await readFile(path)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) => bytes.subarray(i * 65_536, (i + 1) * 65_536))
  const startedAt = performance.now()
  await copyIn(owner, `COPY ${table} FROM STDIN (FORMAT csv, HEADER)`, pieces)
  const seconds = (performance.now() - startedAt) / 1000
  const { rows: counted } = await owner.query(`SELECT count(*)::int AS n FROM ${table}`)
  if (counted[0].n !== rows) throw new Error(`COPY brought ${counted[0].n} rows, not ${rows}`)
  return rows / seconds
}
