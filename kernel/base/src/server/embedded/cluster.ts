import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import type { Binaries } from './binaries.ts'
import type { ClusterState } from './cluster-state.ts'
import { commandAs, giveTo, type ServerAccount } from './server-account.ts'
import { explainFileError, StartError } from './start-error.ts'

const ROLES_SQL = fileURLToPath(new URL('../../../../../deploy/roles.sql', import.meta.url))

/** Chinese words compare as Chinese; the ctype lets pg_trgm see Chinese characters as letters, where the system has it. */
const CTYPES = ['C.UTF-8', 'en_US.UTF-8', 'C']

/** Makes a new cluster beside its place and moves it there when complete, so that a crash leaves none rather than half of one. */
export async function createCluster(state: ClusterState, account: ServerAccount, binaries: Binaries): Promise<void> {
  clearLeftovers(state.cluster)
  // Names of this attempt alone: an initdb whose platform was killed may still be at work in its own.
  const half = `${state.cluster}.new-${randomBytes(4).toString('hex')}`
  const passwordFile = `${half}.password`
  try {
    writeFileSync(passwordFile, state.passwords.superuser, { mode: 0o600 })
    giveTo(account, passwordFile)
    let failure = ''
    for (const ctype of CTYPES) {
      rmSync(half, { recursive: true, force: true })
      mkdirSync(half, { mode: 0o700 })
      giveTo(account, half)
      failure = await initialize(half, passwordFile, ctype, account, binaries)
      if (!failure) break
      if (!failure.includes('invalid locale name')) break
    }
    if (failure) {
      rmSync(half, { recursive: true, force: true })
      if (/No space left|Disk quota/.test(failure)) throw Object.assign(new Error(failure), { code: 'ENOSPC' })
      throw new StartError(
        3,
        `PostgreSQL could not set up ${state.cluster}: ${failure.split('\n').find((line) => line.includes('error')) ?? failure}`,
      )
    }
    renameSync(half, state.cluster)
  } catch (error) {
    throw explainFileError(error, dirname(state.cluster))
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** What a first start that was killed left behind; whatever its initdb is still writing goes at the next one. */
function clearLeftovers(cluster: string): void {
  const folder = dirname(cluster)
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(`${basename(cluster)}.new-`))) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true })
    } catch {
      // Still being written to.
    }
  }
}

/** Runs initdb and answers what it complained about, or nothing. */
function initialize(folder: string, passwordFile: string, ctype: string, account: ServerAccount, binaries: Binaries): Promise<string> {
  const { file, args, uid, gid } = commandAs(account, binaries.initdb, [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=zh-Hans-CN',
    '--locale=C',
    `--lc-ctype=${ctype}`,
    '--data-checksums',
    '--no-instructions',
  ])
  return new Promise((resolve) => {
    const child = spawn(file, args, { uid, gid, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text
    })
    child.once('error', (error) => resolve(`error: ${error.message}`))
    child.once('close', (code, signal) => resolve(code === 0 ? '' : complaint || `error: ended with ${signal ?? code}`))
  })
}

/** Whether the cluster is there; makes its owner and rights right again, which a copied or restored folder lacks. */
export function adoptCluster(state: ClusterState, account: ServerAccount): boolean {
  if (!existsSync(join(state.cluster, 'PG_VERSION'))) return false
  giveTo(account, state.cluster)
  if (account.kind !== 'self') chmodSync(state.cluster, 0o700)
  return true
}

/** Takes an existing cluster along to another folder, as a copy first: the old one goes when the new one is complete. */
export function moveCluster(state: ClusterState, folder: string): void {
  const target = join(folder, 'postgres')
  if (existsSync(state.cluster)) {
    try {
      cpSync(state.cluster, target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    } catch (error) {
      throw explainFileError(error, folder)
    }
    renameSync(state.cluster, `${state.cluster}.moved`)
  }
  state.cluster = target
}

/** Creates the database `linli`, its roles and extensions, unless this very script has run here before. Answers its hash. */
export async function provision(state: ClusterState): Promise<string> {
  const script = readFileSync(ROLES_SQL, 'utf8')
  const hash = createHash('sha256').update(script).digest('hex')
  if (state.provisioned === hash) return hash
  await asSuperuser(state, 'postgres', async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'linli'")
    if (rowCount === 0) await client.query('CREATE DATABASE linli')
  })
  await asSuperuser(state, 'linli', async (client) => {
    await client.query(script)
    await client.query(`ALTER ROLE linli_owner PASSWORD ${client.escapeLiteral(state.passwords.owner)}`)
    await client.query(`ALTER ROLE linli PASSWORD ${client.escapeLiteral(state.passwords.serving)}`)
  })
  return hash
}

/** Whether the server on our port is the one on our cluster and knows our password. */
export async function answers(state: ClusterState): Promise<boolean> {
  try {
    return await asSuperuser(state, 'postgres', async (client) => {
      const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
      return rows[0]?.data_directory === state.cluster
    })
  } catch {
    return false
  }
}

/** Runs something as the superuser, whom nothing but this folder and the test database ever is. */
export async function asSuperuser<T>(state: ClusterState, database: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: urlOf(state, 'postgres', state.passwords.superuser, database),
    connectionTimeoutMillis: 10_000,
  })
  // A server that is killed under us reports it here too; the awaited query has already failed with it.
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end().catch(() => {})
  }
}

export function urlOf(state: ClusterState, user: string, password: string, database = 'linli'): string {
  return `postgresql://${user}:${password}@127.0.0.1:${state.port}/${database}`
}
