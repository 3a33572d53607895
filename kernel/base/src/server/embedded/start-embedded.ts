import { chmodSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { type Binaries, copyBinaries, copyName, findBinaries } from './binaries.ts'
import { moveCluster, provision, urlOf } from './cluster.ts'
import { type ClusterState, loadState, lockDataDir, makeReadableFolder, saveState } from './cluster-state.ts'
import { makeDataDir } from './make-data-dir.ts'
import { chooseAccount, type ServerAccount } from './server-account.ts'
import { explainFileError, StartError } from './start-error.ts'
import { Supervisor } from './supervisor.ts'

export interface EmbeddedOptions {
  /** The platform's data folder; the cluster, its log and its secrets lie in it. */
  dataDir: string
  log?: (line: string) => void
  /** For tests only: gives up durability for speed. */
  throwaway?: boolean
}

export interface EmbeddedDatabase {
  /** For migrations: the role that owns the schemas. */
  ownerUrl: string
  /** For serving: a role that can do nothing until it becomes `linli_app` or `linli_system` in a transaction. */
  servingUrl: string
  /** The server's process now; another one after it was killed and restarted. */
  readonly pid: number
  stop(): Promise<void>
}

/** Sane for two cores and little memory; the application sets its own time limits on each connection. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %u ',
  log_checkpoints: 'off',
  // Details and statements of failed queries hold people's names and numbers; the log must not.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

const THROWAWAY: Record<string, string> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

/**
 * PostgreSQL from npm, up and provisioned: makes the cluster on the first start, adopts a server that outlived an
 * earlier platform, and starts it again whenever it ends without being told to. Throws StartError.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const log = options.log ?? (() => {})
  makeDataDir(options.dataDir)
  const dataDir = realpathSync(resolve(options.dataDir))
  const unlock = lockDataDir(dataDir)
  try {
    const state = await loadState(dataDir)
    const { account, binaries } = settle(dataDir, state, log)
    const supervisor = new Supervisor({
      dataDir,
      state,
      account,
      binaries,
      log,
      logFile: join(dataDir, 'postgres.log'),
      settings: { ...SETTINGS, ...(options.throwaway ? THROWAWAY : {}) },
    })
    await supervisor.begin()
    try {
      state.provisioned = await provision(state)
      saveState(dataDir, state)
    } catch (error) {
      await supervisor.stop()
      throw explainFileError(error, state.cluster)
    }
    return {
      ownerUrl: urlOf(state, 'linli_owner', state.passwords.owner),
      servingUrl: urlOf(state, 'linli', state.passwords.serving),
      get pid() {
        return supervisor.pid
      },
      async stop() {
        await supervisor.stop()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

interface Settled {
  account: ServerAccount
  binaries: Binaries
}

/** Finds binaries and an account that reaches them and the cluster, moving both to a readable place where nothing else helps. */
function settle(dataDir: string, state: ClusterState, log: (line: string) => void): Settled {
  let binaries = findBinaries(join(dataDir, 'postgres-binaries'))
  if (!state.cluster.startsWith(dataDir + sep)) {
    binaries = copyBinaries(binaries.folder, join(dirname(state.cluster), copyName(binaries.folder)))
  }
  let account = chooseAccount(binaries, dirname(state.cluster))
  account ??= openedUp(dataDir, () => chooseAccount(binaries, dirname(state.cluster)))
  if (account) return { account, binaries }

  const readable = makeReadableFolder()
  binaries = copyBinaries(binaries.folder, join(readable, copyName(binaries.folder)))
  account = chooseAccount(binaries, readable)
  if (!account) {
    throw new StartError(
      3,
      'PostgreSQL refuses to run as root, and no other account can run it here. Start Linli as an ordinary user, or set DATABASE_URL.',
    )
  }
  moveCluster(state, readable)
  saveState(dataDir, state)
  log(`The database server cannot reach ${dataDir}; its data are in ${readable}`)
  return { account, binaries }
}

/** Lets other accounts pass through our own folder (not list it), and keeps it so only if that is what was missing. */
function openedUp<T>(dataDir: string, attempt: () => T | undefined): T | undefined {
  const { mode } = statSync(dataDir)
  chmodSync(dataDir, mode | 0o011)
  const result = attempt()
  if (result === undefined) chmodSync(dataDir, mode)
  return result
}
