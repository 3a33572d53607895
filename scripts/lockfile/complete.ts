import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * npm writes no entry for an optional package that the registry in use does not have, and then refuses its own lockfile
 * (`npm ci`: "Missing … from lock file"), on every machine. Entries for the other platforms' binaries, complete but for the
 * checksum, make it whole: npm skips what is for another platform without asking for it.
 *
 *   npm run lockfile
 */

const LOCKFILE = fileURLToPath(new URL('../../package-lock.json', import.meta.url))

interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  cpu?: string[]
  os?: string[]
  libc?: string[]
  resolved?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}

export interface Lockfile {
  packages: Record<string, LockedPackage>
}

interface Missing {
  path: string
  entry: LockedPackage
}

/** Optional packages that some locked package names and the lockfile does not hold. */
export function findMissing(lockfile: Lockfile): Missing[] {
  return Object.entries(lockfile.packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(lockfile, path, name))
      .map(([name, version]) => ({
        path: `node_modules/${name}`,
        entry: { version, ...(dev ? { dev } : {}), optional: true, ...platformOf(name) },
      })),
  )
}

export function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(LOCKFILE, 'utf8')) as Lockfile
}

/** Node's own search: beside the package that asks, then each folder above it. */
function isLocked(lockfile: Lockfile, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (lockfile.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

/** Such packages carry their platform in their name: `@biomejs/cli-linux-x64-musl`. */
function platformOf(name: string): Pick<LockedPackage, 'cpu' | 'os' | 'libc'> {
  const parts = name.slice(name.lastIndexOf('/') + 1).split('-')
  const os = parts.find((part) => ['linux', 'darwin', 'win32', 'android', 'freebsd', 'openharmony'].includes(part))
  const cpu = parts.find((part) => ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x'].includes(part))
  if (!os || !cpu) throw new Error(`which platform is ${name} for?`)
  const libc =
    os === 'linux'
      ? parts.some((part) => part.startsWith('musl'))
        ? 'musl'
        : parts.some((part) => part.startsWith('gnu'))
          ? 'glibc'
          : ''
      : ''
  return { cpu: [cpu], ...(libc ? { libc: [libc] } : {}), os: [os] }
}

if (import.meta.main) {
  const lockfile = readLockfile()
  const missing = findMissing(lockfile)
  for (const { path, entry } of missing) lockfile.packages[path] = entry
  lockfile.packages = Object.fromEntries(Object.entries(lockfile.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  writeFileSync(LOCKFILE, `${JSON.stringify(lockfile, null, 2)}\n`)
  console.log(`${missing.length} entries added to package-lock.json`)
}
