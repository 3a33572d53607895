import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { sha256 } from './crypto.ts'

export interface MigrationSource {
  engine: string
  /** Folder with `NNNN_verb-noun.sql` files. */
  folder: string
}

export interface MigrationReport {
  applied: string[]
  /** Nothing had been applied before: this database was just made. */
  fresh: boolean
}

/**
 * Applies every migration that this database lacks, engine by engine in the given order, each in a transaction, forward only.
 * Two processes starting together wait for each other; a merged file that was edited is refused.
 */
export async function migrate(ownerUrl: string, sources: MigrationSource[]): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'linli-migrate' })
  await client.connect()
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('linli.migrate'))")
    await client.query(`CREATE SCHEMA IF NOT EXISTS migration;
      CREATE TABLE IF NOT EXISTS migration.applied (engine text, name text, sha256 bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (engine, name))`)
    const known = new Map<string, Buffer>()
    for (const row of (await client.query('SELECT engine, name, sha256 FROM migration.applied')).rows)
      known.set(`${row.engine}/${row.name}`, row.sha256)
    const applied: string[] = []
    for (const { engine, folder } of sources) {
      for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
        const text = await readFile(join(folder, name), 'utf8')
        const key = `${engine}/${name}`
        const before = known.get(key)
        const hash = sha256(text)
        if (before?.equals(hash)) continue
        if (before) throw new Error(`migration ${key} was edited after it was applied; write a new one instead`)
        await applyOne(client, engine, name, text, hash)
        applied.push(key)
      }
    }
    return { applied, fresh: known.size === 0 }
  } finally {
    await client.end()
  }
}

async function applyOne(client: pg.Client, engine: string, name: string, text: string, hash: Buffer): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(text)
    await client.query('INSERT INTO migration.applied (engine, name, sha256) VALUES ($1, $2, $3)', [engine, name, hash])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new Error(`migration ${engine}/${name} failed: ${(error as Error).message}`, { cause: error })
  }
}
