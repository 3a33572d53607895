import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { runProgram } from './run-program.mjs'
import { BootError, CACHE, during, explain, ROOT } from './say.mjs'

/** What a portal's bundle is made of beside its own folder. Everything else it names comes from the lockfile. */
const SHARED = ['ui', 'scenes', 'package-lock.json', 'tsconfig.json']
const KERNEL_DOORS = ['contract', 'define']
const SKIPPED = new Set(['dist', 'node_modules', 'server', 'migrations', 'testing'])

/** Builds the portals whose sources changed since they were built. */
export async function buildPortals(node) {
  const portals = readdirSync(join(ROOT, 'apps')).filter((name) => existsSync(join(ROOT, 'apps', name, 'vite.config.ts')))
  if (portals.every((name) => isBuilt(name))) return
  await withLock(async () => {
    const stale = portals.filter((name) => !isBuilt(name))
    if (stale.length === 0) return
    await during(`building ${stale.join(' and ')}`, () => all(stale.map((name) => buildPortal(node, name))))
  })
}

/** Waits for every one, so that none still writes when the lock is given back; then fails with the first failure. */
async function all(works) {
  const results = await Promise.allSettled(works)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** Built beside and moved into place, so that an interrupted build leaves the old portal, not half of a new one. */
async function buildPortal(node, name) {
  const hash = sourceHash(name)
  const fresh = join(CACHE, 'build', name)
  const dist = join(ROOT, 'apps', name, 'dist')
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const { code, output } = await runProgram(node, [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'apps', name),
    env: { NODE_ENV: 'production', NO_COLOR: '1' },
  })
  if (code !== 0) {
    if (/ENOSPC|EDQUOT/.test(output)) throw new BootError(3, `The disk that holds ${ROOT} is full.`)
    throw new BootError(1, `${name} does not build:\n${output.trim()}`)
  }
  try {
    writeFileSync(stampOf(fresh), hash)
    move(fresh, dist)
  } catch (error) {
    throw explain(error, dist)
  }
}

function move(fresh, dist) {
  rmSync(dist, { recursive: true, force: true })
  try {
    renameSync(fresh, dist)
  } catch (error) {
    if (error.code !== 'EXDEV') throw error
    mkdirSync(dist, { recursive: true })
    cpSync(fresh, dist, { recursive: true })
  }
}

function isBuilt(name) {
  const stamp = stampOf(join(ROOT, 'apps', name, 'dist'))
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(name)
}

function stampOf(folder) {
  return join(folder, '.built-from')
}

function sourceHash(name) {
  const kernel = readdirSync(join(ROOT, 'kernel')).flatMap((engine) => KERNEL_DOORS.map((door) => join('kernel', engine, 'src', door)))
  const hash = createHash('sha256')
  for (const path of [join('apps', name), ...SHARED, ...kernel]) addTo(hash, path)
  return hash.digest('hex')
}

/** Names and contents in a fixed order; tests do not end up in a bundle. */
function addTo(hash, path) {
  let entries
  try {
    entries = readdirSync(join(ROOT, path), { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return
    if (error.code !== 'ENOTDIR') throw error
    hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)))
    return
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SKIPPED.has(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue
    addTo(hash, join(path, entry.name))
  }
}
