import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join, relative, resolve, sep } from 'node:path'
import { isAlive, processStart } from './process-identity.ts'
import { explainFileError, StartError } from './start-error.ts'

/** What is remembered between starts, in `postgres.json` (0600) of the data folder. */
export interface ClusterState {
  port: number
  /** Where the cluster lies; elsewhere than in the data folder only if no server account reaches that. */
  cluster: string
  passwords: { superuser: string; owner: string; serving: string }
  /** Hash of the roles script last run, so that an ordinary start asks nothing. */
  provisioned?: string
}

/** Reads what an earlier start wrote, or makes up ports and secrets and writes them before anything depends on them. */
export async function loadState(dataDir: string): Promise<ClusterState> {
  try {
    const saved = JSON.parse(readFileSync(stateFile(dataDir), 'utf8')) as ClusterState
    return { ...saved, cluster: resolve(dataDir, saved.cluster) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw explainFileError(error, dataDir)
  }
  if (existsSync(join(dataDir, 'postgres'))) {
    throw new StartError(
      2,
      `DATA_DIR: ${dataDir} holds a database without its postgres.json. Bring that file back, or use an empty folder.`,
    )
  }
  const secret = () => randomBytes(24).toString('base64url')
  const state: ClusterState = {
    port: await freePort(),
    cluster: join(dataDir, 'postgres'),
    passwords: { superuser: secret(), owner: secret(), serving: secret() },
  }
  saveState(dataDir, state)
  return state
}

/** Written beside and renamed, so that a power cut leaves the old or the new file, never half of one. */
export function saveState(dataDir: string, state: ClusterState): void {
  const file = stateFile(dataDir)
  // Relative where it can be, so that the data folder may be moved as a whole.
  const cluster = state.cluster.startsWith(dataDir + sep) ? relative(dataDir, state.cluster) : state.cluster
  try {
    const handle = openSync(`${file}.new`, 'w', 0o600)
    try {
      writeSync(handle, `${JSON.stringify({ ...state, cluster }, null, 2)}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw explainFileError(error, dataDir)
  }
}

/** One supervisor for one data folder. Returns what gives it back; a lock whose holder is dead does not count. */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'postgres.lock')
  const mine = `${file}.${process.pid}`
  try {
    writeFileSync(mine, `${process.pid} ${processStart(process.pid) ?? ''}`, { mode: 0o600 })
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (linkOnce(mine, file)) return () => rmSync(file, { force: true })
      const held = readLock(file)
      const pid = livingHolder(held)
      if (pid) throw new StartError(2, `DATA_DIR: ${dataDir} is in use by process ${pid}. Stop it, or give this one another DATA_DIR.`)
      clearLock(file, held)
    }
  } catch (error) {
    throw explainFileError(error, dataDir)
  } finally {
    rmSync(mine, { force: true })
  }
  throw new StartError(3, `${file} cannot be taken: another start is happening at the same moment.`)
}

/** The process that holds this data folder now, if one does. */
export function holderOf(dataDir: string): number | undefined {
  return livingHolder(readLock(join(dataDir, 'postgres.lock')))
}

function livingHolder(held: string): number | undefined {
  const [id = '', ...start] = held.split(' ')
  const pid = Number(id)
  return pid > 0 && isAlive(pid) && [processStart(pid), ''].includes(start.join(' ')) ? pid : undefined
}

/** A link appears whole or not at all: nobody can read a lock that has no name in it yet. */
function linkOnce(mine: string, file: string): boolean {
  try {
    linkSync(mine, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Takes a dead holder's lock away, but gives back one that somebody took in the meantime. */
function clearLock(file: string, held: string): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (readLock(aside) !== held) linkOnce(aside, file)
  rmSync(aside, { force: true })
}

/** A new folder that any account can pass through, for a platform started by root from a folder that no other account can enter. */
export function makeReadableFolder(): string {
  const name = `linli-${randomBytes(6).toString('hex')}`
  for (const parent of ['/var/lib', '/var/tmp']) {
    try {
      mkdirSync(join(parent, name), { mode: 0o711 })
      chmodSync(join(parent, name), 0o711)
      return join(parent, name)
    } catch {
      // The next one.
    }
  }
  throw new StartError(3, 'Neither /var/lib nor /var/tmp can be written. Start Linli as an ordinary user, or set DATABASE_URL.')
}

/** A port nobody listens on, below the range from which the system serves outgoing connections. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 15_500 + Math.floor(Math.random() * 16_000)
    if (await isFree(port)) return port
  }
  throw new StartError(3, 'No free port on 127.0.0.1 for the database.')
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function stateFile(dataDir: string): string {
  return join(dataDir, 'postgres.json')
}

function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
