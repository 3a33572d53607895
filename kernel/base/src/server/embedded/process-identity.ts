import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/** Whether a process with this id exists, also when it belongs to someone else. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

/** In a container without an init, an orphan that ended keeps its id as a zombie for ever: it is dead all the same. */
function isZombie(pid: number): boolean {
  return processStat(pid)?.[0] === 'Z'
}

/**
 * When the process began, in the unit of its system, or undefined. Together with the id it names one process:
 * ids come round again, after a reboot of a container almost surely.
 */
export function processStart(pid: number): string | undefined {
  const stat = processStat(pid)
  if (stat) return stat[19]
  return ps(pid, 'lstart')
}

/** The folder a process works in (PostgreSQL: its data folder), or its command line where the system does not tell. */
export function processPlace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ps(pid, 'command')
  }
}

/** Fields of /proc/PID/stat from the state on; the name before it may hold spaces and brackets. */
function processStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    return (
      execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() ||
      undefined
    )
  } catch {
    return undefined
  }
}
