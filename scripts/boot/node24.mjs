import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { leaveSignalsTo } from './run-program.mjs'
import { BootError, ROOT } from './say.mjs'

/** A small young generation: under load it holds a third less memory at the same speed (measured by the accept bench), and the platform shares a county's one server. */
const FLAGS = JSON.parse(readFileSync(new URL('./node-flags.json', import.meta.url), 'utf8'))
const LEASH = join(ROOT, 'scripts', 'boot', 'leash.mjs')

/** The Node that runs the platform: from npm where npm has it, otherwise the one on the PATH if it is new enough. */
export function findNode24() {
  const packaged = packagedNode()
  if (packaged && major(packaged) >= 24) return packaged
  if (major('node') >= 24) return 'node'
  throw new BootError(3, `Node 24 or newer is needed on ${process.platform}-${process.arch}; install it from nodejs.org and start again.`)
}

/**
 * Runs a TypeScript file on Node 24 and ends as it ends. It gets a session of its own and each signal once, from us:
 * at a terminal, npm and the terminal would otherwise both send Ctrl-C, and the second one would cut its orderly end short.
 */
export function handOver(node, file, args, env) {
  const child = spawn(node, ['--import', LEASH, ...FLAGS, file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, PATH: `${dirname(node)}:${process.env.PATH}` },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  leaveSignalsTo()
  let lastSent = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // npm repeats the terminal's Ctrl-C within milliseconds; a person needs longer for the second, impatient one.
      if (Date.now() - lastSent < 300) return
      lastSent = Date.now()
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new BootError(3, `Node 24 cannot be run (${error.code}).`)))
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}

function packagedNode() {
  const name = `node-${process.platform}-${process.arch}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const file = join(folder, 'bin', 'node')
    return existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}

function major(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0)
}
