import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { isAlive, processPlace } from './process-identity.ts'
import { commandAs, type ServerAccount } from './server-account.ts'
import { StartError } from './start-error.ts'

/** What a running server says of itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number
  port: number
  status: string
}

export interface LaunchPlan {
  account: ServerAccount
  binaries: Binaries
  cluster: string
  logFile: string
  port: number
  settings: Record<string, string>
}

/** The server that runs on exactly this cluster, if one does; a pid file that names some other process is removed. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, 'postmaster.pid')
  const found = readPidFile(file)
  if (!found) return undefined
  if (isAlive(found.pid) && worksIn(found.pid, cluster)) return found
  // PostgreSQL itself would refuse to start when the id has been given to an innocent process since.
  rmSync(file, { force: true })
  return undefined
}

/** Starts the server and waits until it takes connections. Its output goes to a file, so that it outlives us unharmed. */
export async function launch(plan: LaunchPlan): Promise<{ child: ChildProcess; pid: number }> {
  const settings = Object.entries({ ...plan.settings, port: String(plan.port) }).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const { file, args, uid, gid } = commandAs(plan.account, plan.binaries.postgres, ['-D', plan.cluster, ...settings])
  const logStart = sizeOf(plan.logFile)
  const log = openSync(plan.logFile, 'a', 0o600)
  // A session of its own: Ctrl-C at the terminal reaches the platform, which stops the database last.
  const child = spawn(file, args, { uid, gid, cwd: '/', detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  let failure: string | undefined
  child.once('error', (error) => {
    failure = error.message
  })
  child.once('exit', (code, signal) => {
    failure = `ended with ${signal ?? code}`
  })
  child.unref()
  while (failure === undefined) {
    const running = readPidFile(join(plan.cluster, 'postmaster.pid'))
    if (running?.pid === child.pid && running?.status === 'ready') return { child, pid: running.pid }
    await sleep(15)
  }
  throw launchFailure(failure, readFileSync(plan.logFile, 'utf8').slice(logStart), plan)
}

/** Ends a server: connections are cut and a checkpoint written; one that does not react is ended without. */
export async function endPostmaster(pid: number): Promise<void> {
  const ladder: [NodeJS.Signals, number][] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]
  for (const [signal, patience] of ladder) {
    if (!send(pid, signal)) return
    if (await isGone(pid, patience)) return
  }
  throw new StartError(3, `PostgreSQL (process ${pid}) cannot be stopped.`)
}

/** Waits for the end of a process that is not our child. */
export async function isGone(pid: number, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    if (!isAlive(pid)) return true
    await sleep(15)
  }
  return !isAlive(pid)
}

/** Keeps one older log; PostgreSQL's own collector would need another process for it. */
export function turnLog(file: string, limit = 8_000_000): void {
  if (sizeOf(file) > limit) renameSync(file, `${file}.1`)
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw new StartError(3, `PostgreSQL (process ${pid}) belongs to another user and cannot be stopped.`)
  }
}

function readPidFile(file: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3]), status: (lines[7] ?? 'starting').trim() }
}

function worksIn(pid: number, cluster: string): boolean {
  const place = processPlace(pid)
  // Who may not look at the process cannot own the cluster either; then only PostgreSQL's own checks remain.
  if (place === undefined) return true
  return place === realpathSync(cluster) || place.includes(` -D ${cluster} `)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function launchFailure(reason: string, log: string, plan: LaunchPlan): Error {
  if (/could not bind|Address already in use|could not create any TCP/.test(log)) return new PortTaken(plan.port)
  if (/pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(log)) return new StillInUse()
  if (/No space left on device|Disk quota exceeded/.test(log)) {
    return new StartError(3, `The disk that holds ${plan.cluster} is full. Free some space and start again; nothing is lost.`)
  }
  const fatal = log.split('\n').find((line) => /FATAL|PANIC|error while loading/.test(line)) ?? reason
  return new StartError(3, `PostgreSQL did not start: ${fatal.replace(/^.*?(FATAL|PANIC):\s*/, '').trim()} (see ${plan.logFile})`)
}

/** Someone else listens on the port; the first start takes another one. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(`port ${port} is taken`)
  }
}

/** Backends of a killed server have not all ended yet; they do within moments. */
export class StillInUse extends Error {}
