import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { type EmbeddedDatabase, startEmbedded } from './start-embedded.ts'
import { StartError } from './start-error.ts'

/** Where tests find the server of their run; see test-database.ts. */
export interface TestCluster {
  superuserUrl: string
  ownerUrl: string
  servingUrl: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    testCluster: TestCluster
  }
}

const SLOTS = fileURLToPath(new URL('../../../../../.cache/test-postgres', import.meta.url))
const TEMPLATES_KEPT = 6

/**
 * One throwaway server for a whole vitest run. Its folder is kept, so that the next run finds the migrated templates;
 * a second run at the same time takes the next folder.
 *
 * @public called by vitest, see vitest.config.ts
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, dataDir } = await takeSlot()
  const cluster = { superuserUrl: superuserUrl(dataDir), ownerUrl: server.ownerUrl, servingUrl: server.servingUrl }
  await clearLeftovers(cluster.superuserUrl)
  project.provide('testCluster', cluster)
  // An interrupted run ends without its teardown; the server stops by itself once told to.
  const tell = () => send(server.pid)
  process.once('exit', tell)
  return async () => {
    process.off('exit', tell)
    await server.stop()
  }
}

function send(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // Gone already.
  }
}

async function takeSlot(): Promise<{ server: EmbeddedDatabase; dataDir: string }> {
  mkdirSync(SLOTS, { recursive: true })
  for (let slot = 1; slot <= 9; slot += 1) {
    const dataDir = join(SLOTS, `slot-${slot}`)
    try {
      return { server: await startThrowaway(dataDir), dataDir }
    } catch (error) {
      if (!(error instanceof StartError && error.exitCode === 2)) throw error
    }
  }
  throw new Error(`nine test runs hold ${SLOTS} already`)
}

/** Without fsync a power cut may ruin the cluster; it holds nothing, so a new one is made. */
async function startThrowaway(dataDir: string): Promise<EmbeddedDatabase> {
  try {
    return await startEmbedded({ dataDir, throwaway: true })
  } catch (error) {
    if (error instanceof StartError && error.message.includes('in use')) throw error
    rmSync(dataDir, { recursive: true, force: true })
    return startEmbedded({ dataDir, throwaway: true })
  }
}

/** Databases of a run that was killed, and templates of migrations long changed. */
async function clearLeftovers(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%' OR datname LIKE 'building\\_%'
       UNION ALL
       (SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC OFFSET $1)`,
      [TEMPLATES_KEPT],
    )
    for (const { name } of rows) {
      await client.query(`ALTER DATABASE ${client.escapeIdentifier(name)} IS_TEMPLATE false`)
      await client.query(`DROP DATABASE ${client.escapeIdentifier(name)} WITH (FORCE)`)
    }
  } finally {
    await client.end()
  }
}

/** The supervisor keeps the superuser to itself; tests create databases, so they read it where it is remembered. */
function superuserUrl(dataDir: string): string {
  const { port, passwords } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as {
    port: number
    passwords: { superuser: string }
  }
  return `postgresql://postgres:${passwords.superuser}@127.0.0.1:${port}/postgres`
}
