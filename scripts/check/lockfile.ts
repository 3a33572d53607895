import { findMissing, type Lockfile, readLockfile } from '../lockfile/complete.ts'
import type { Finding } from './step.ts'

/** That `npm ci` takes the lockfile on every platform, and that it names no registry: each machine has its own. */
export function checkLockfile(lockfile: Lockfile = readLockfile()): Finding {
  const packages = Object.entries(lockfile.packages)
  return {
    problems: [
      ...findMissing(lockfile).map(({ path }) => `${path} is missing: run node scripts/boot.mjs run scripts/lockfile/complete.ts`),
      ...packages
        .filter(([, { resolved }]) => resolved?.includes('://'))
        .map(([path, { resolved }]) => `${path} names a registry: ${resolved}`),
    ],
    seen: packages.length,
  }
}
