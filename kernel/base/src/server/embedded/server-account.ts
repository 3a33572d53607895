import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'

/**
 * How the database server is run. PostgreSQL refuses root, so a platform started by root either drops to an
 * unprivileged account or, where that account cannot reach the files, keeps root's file rights under another name
 * inside a user namespace.
 */
export type ServerAccount =
  | { kind: 'self' }
  | { kind: 'drop'; name: string; uid: number; gid: number }
  | { kind: 'namespace'; uid: number; gid: number; owner: number }

interface Account {
  name: string
  uid: number
  gid: number
}

/** The account to run the server as, or undefined where root can find none that reaches both folders. */
export function chooseAccount(binaries: Binaries, dataDir: string): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  const account = unprivilegedAccount()
  if (!account) return undefined
  const { uid, gid } = account
  const candidates: ServerAccount[] = [
    { kind: 'drop', ...account },
    { kind: 'namespace', uid, gid, owner: 0 },
  ]
  return candidates.find((candidate) => reaches(candidate, binaries, dataDir))
}

/** The program and arguments that run `program` as `account`; the process id stays that of the program itself. */
export function commandAs(
  account: ServerAccount,
  program: string,
  args: string[],
): { file: string; args: string[]; uid?: number; gid?: number } {
  if (account.kind === 'drop') return { file: program, args, uid: account.uid, gid: account.gid }
  if (account.kind === 'namespace') {
    return { file: 'unshare', args: ['--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--', program, ...args] }
  }
  return { file: program, args }
}

/** Gives a folder and all in it to the account's real owner, if it is not so already. */
export function giveTo(account: ServerAccount, folder: string): void {
  if (account.kind === 'self') return
  const [uid, gid] = account.kind === 'drop' ? [account.uid, account.gid] : [account.owner, account.owner]
  if (lstatSync(folder).uid === uid) return
  // The folder itself goes last: a crash half way leaves the old owner on it and the work is done again.
  if (lstatSync(folder).isDirectory()) {
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) lchownQuietly(join(folder, entry), uid, gid)
  }
  chownSync(folder, uid, gid)
}

function lchownQuietly(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** initdb looks its account up by name, so it must be one the machine knows. */
function unprivilegedAccount(): Account | undefined {
  let lines: string[]
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  } catch {
    return undefined
  }
  const accounts = lines.map((line) => line.split(':')).map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const account = accounts.find((known) => known.name === name && known.uid > 0)
    if (account) return account
  }
  return undefined
}

/** Tries it: enters the folder and runs the server program, which loads all its libraries to print its version. */
function reaches(account: ServerAccount, binaries: Binaries, dataDir: string): boolean {
  const { file, args, uid, gid } = commandAs(account, '/bin/sh', ['-c', 'cd "$1" && exec "$2" -V', 'sh', dataDir, binaries.postgres])
  return spawnSync(file, args, { uid, gid, cwd: '/', stdio: 'ignore', timeout: 10_000 }).status === 0
}
