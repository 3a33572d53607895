import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { adoptCluster, answers, createCluster } from './cluster.ts'
import { type ClusterState, freePort, isFree, saveState } from './cluster-state.ts'
import { endPostmaster, findPostmaster, launch, PortTaken, StillInUse, turnLog } from './postmaster.ts'
import { isAlive } from './process-identity.ts'
import type { ServerAccount } from './server-account.ts'
import { StartError } from './start-error.ts'

export interface Supervised {
  dataDir: string
  logFile: string
  state: ClusterState
  account: ServerAccount
  binaries: Binaries
  settings: Record<string, string>
  log: (line: string) => void
}

/** Crash recovery replays at most a checkpoint's worth of log; on a slow disk that may take a while. */
const RECOVERY_PATIENCE = 120_000
const FIRST_RETRY = 100
const LAST_RETRY = 5_000

/** Keeps one server running on one cluster from `begin` to `stop`. */
export class Supervisor {
  pid = 0
  readonly #it: Supervised
  #stopping = false
  #restart: Promise<void> = Promise.resolve()

  constructor(it: Supervised) {
    this.#it = it
  }

  /** Adopts the server an earlier platform left running, or starts one. */
  async begin(): Promise<void> {
    if (await this.#adopt()) return
    const { state, account, binaries, log } = this.#it
    if (!adoptCluster(state, account)) {
      log('Setting up the database (first start)')
      await createCluster(state, account, binaries)
    }
    turnLog(this.#it.logFile)
    await this.#start(true)
  }

  /** Ends the server and stays ended. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#restart
    if (this.pid > 0 && isAlive(this.pid)) await endPostmaster(this.pid)
  }

  async #adopt(): Promise<boolean> {
    const { state, log } = this.#it
    const deadline = Date.now() + RECOVERY_PATIENCE
    let found = findPostmaster(state.cluster)
    while (found && found.status !== 'ready' && Date.now() < deadline) {
      await sleep(50)
      found = findPostmaster(state.cluster)
    }
    if (!found) return false
    const usual = state.port
    state.port = found.port
    if (found.status === 'ready' && (await answers(state))) {
      log(`Adopted the running database (process ${found.pid})`)
      this.#follow(found.pid)
      return true
    }
    state.port = usual
    log(`Stopping a database that does not answer (process ${found.pid})`)
    await endPostmaster(found.pid)
    return false
  }

  /** The port may change only before anyone was told of it. */
  async #start(mayChangePort: boolean): Promise<void> {
    const { state, dataDir } = this.#it
    const deadline = Date.now() + RECOVERY_PATIENCE
    if (mayChangePort && !(await isFree(state.port))) state.port = await freePort()
    while (true) {
      try {
        const { child, pid } = await launch({ ...this.#it, cluster: state.cluster, port: state.port })
        this.pid = pid
        child.once('exit', (code, signal) => this.#ended(`${signal ?? `code ${code}`}`))
        if (child.exitCode !== null || child.signalCode !== null) this.#ended('at once')
        saveState(dataDir, state)
        return
      } catch (error) {
        if (error instanceof StillInUse && Date.now() < deadline) await sleep(FIRST_RETRY)
        else if (error instanceof PortTaken && mayChangePort) state.port = await freePort()
        else throw error
      }
    }
  }

  /** A server that is nobody's child any more: asking is the only way to see it end. */
  #follow(pid: number): void {
    this.pid = pid
    const timer = setInterval(() => {
      if (isAlive(pid)) return
      clearInterval(timer)
      this.#ended('unseen')
    }, 200)
    timer.unref()
  }

  #ended(how: string): void {
    if (this.#stopping) return
    this.#it.log(`The database ended (${how}); starting it again`)
    this.#restart = this.#startAgain()
  }

  async #startAgain(): Promise<void> {
    for (let wait = FIRST_RETRY; !this.#stopping; wait = Math.min(wait * 2, LAST_RETRY)) {
      try {
        findPostmaster(this.#it.state.cluster)
        await this.#start(false)
        this.#it.log(`The database is up again (process ${this.pid})`)
        return
      } catch (error) {
        this.#it.log(`The database does not start: ${error instanceof StartError ? error.message : String(error)}`)
        await sleep(wait)
      }
    }
  }
}
