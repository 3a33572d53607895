import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPool, startEmbedded, systemClock } from '@linli/base/server'
import { readConfig } from '@linli/server/config'
import { openDatabase } from '@linli/server/database'
import pg from 'pg'
import { percentile } from '../harness/file-appeals.ts'
import { type DivisionList, listIn, packagedList } from '../import/division-files.ts'
import { importDivisions } from '../import/import-divisions.ts'
import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { copyIn } from './copy-in.ts'

const columns = 'area_id, parent_id, level, kind, code, name, area_path, county_id, township_id, community_id, valid_from'
const pieceRows = 2_000

/**
 * `areas`: the import of all divisions, as the command does it (read from CSV, placed, checked, their codes noted, committed in batches),
 * against COPY of the same finished columns into an unlogged table with the same indexes.
 */
export const areas: Bench = {
  name: 'areas',
  async run(options: BenchOptions): Promise<BenchReport> {
    const folder = await mkdtemp(join(tmpdir(), 'linli-bench-'))
    const server = await startEmbedded({ dataDir: join(folder, 'data') })
    const env = { DATABASE_URL: server.servingUrl, DATABASE_OWNER_URL: server.ownerUrl, DATA_DIR: join(folder, 'data') }
    const database = await openDatabase(readConfig(env), () => {})
    try {
      const list = options.small ? await inventedList(folder) : await packagedList()
      const batches: number[] = []
      const startedAt = performance.now()
      const report = await importDivisions({ pool: database.pool, clock: systemClock }, list, {
        counties: [],
        validFrom: '2020-01-01',
        committed: (_, milliseconds) => batches.push(milliseconds),
        refuse: (line) => options.say(line),
      })
      const seconds = (performance.now() - startedAt) / 1000
      if (report.refused > 0 || report.added !== report.read) throw new Error(`not all came in: ${JSON.stringify(report)}`)
      const value = report.added / seconds
      options.say(`ours: ${report.added} rows in ${seconds.toFixed(1)} s, ${value.toFixed(0)} rows/s`)
      const reference = await bareCopy(server.servingUrl, server.ownerUrl, report.added)
      options.say(`bare COPY: ${reference.toFixed(0)} rows/s`)
      return {
        bench: 'areas',
        value,
        unit: 'rows/s',
        reference,
        ratio: value / reference,
        p50: percentile(batches, 0.5),
        p95: percentile(batches, 0.95),
        rows: report.added,
        seconds,
        rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
      }
    } finally {
      await database.stop()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** Rows a second of one COPY on one connection; what it sends is ready before the clock starts. */
async function bareCopy(servingUrl: string, ownerUrl: string, expected: number): Promise<number> {
  const pieces = await copyText(servingUrl)
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query('CREATE SCHEMA bench; CREATE UNLOGGED TABLE bench.area (LIKE access.area INCLUDING ALL)')
    const startedAt = performance.now()
    await copyIn(owner, `COPY bench.area (${columns}) FROM STDIN`, pieces)
    const seconds = (performance.now() - startedAt) / 1000
    const { rows } = await owner.query('SELECT count(*) AS n FROM bench.area')
    if (Number(rows[0].n) !== expected) throw new Error(`COPY brought ${rows[0].n} rows, not ${expected}`)
    return expected / seconds
  } finally {
    await owner.end()
  }
}

/** The imported areas in the order of their import, as COPY reads them. */
async function copyText(servingUrl: string): Promise<Buffer[]> {
  const pool = openPool({ url: servingUrl, max: 1, name: 'bench' })
  const client = await pool.connect()
  try {
    await client.query("SELECT set_config('role', 'linli_system', false)")
    const pieces: Buffer[] = []
    for (let after = 0; ; ) {
      const { rows } = await client.query<{ last: number; line: string }>(
        `SELECT short_id AS last, concat_ws(E'\\t', ${columns.split(', ').map((column) => `coalesce(${column}::text, '\\N')`)}) AS line
         FROM access.area WHERE short_id > $1 ORDER BY short_id LIMIT ${pieceRows}`,
        [after],
      )
      const last = rows.at(-1)
      if (!last) return pieces
      pieces.push(Buffer.from(`${rows.map(({ line }) => line).join('\n')}\n`))
      after = last.last
    }
  } finally {
    client.release()
    await pool.end()
  }
}

/** Some hundred invented places, so that a test can show that the bench still runs. */
async function inventedList(folder: string): Promise<DivisionList> {
  const townships = Array.from({ length: 20 }, (_, i) => `239921${100 + i}`)
  const files: Record<string, string[]> = {
    'provinces.csv': ['23,北江省'],
    'cities.csv': ['2399,安和市'],
    'areas.csv': ['239921,清河县'],
    'streets.csv': townships.map((code) => `${code},第${code.slice(-2)}镇`),
    'villages.csv': townships.flatMap((code) => Array.from({ length: 30 }, (_, i) => `${code}${201 + i},第${i}村村委会`)),
  }
  for (const [name, lines] of Object.entries(files)) await writeFile(join(folder, name), ['code,name', ...lines].join('\n'))
  return listIn(folder, 'invented')
}
