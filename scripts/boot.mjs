/**
 * All of `npm start` and `npm test`, on a fresh clone: built-ins only, and nothing newer than Node 20. It installs and
 * builds what has changed, then hands over to Node 24.
 *
 *   boot.mjs start | test | build | run FILE [args…]
 *
 * Exit codes: those of the program it ran; 2 where a setting must change, 3 where something is missing.
 */

import { installBrowser } from './boot/browser.mjs'
import { buildPortals } from './boot/build.mjs'
import { installPackages, needsInstall } from './boot/install.mjs'
import { withLock } from './boot/lock.mjs'
import { findNode24, handOver } from './boot/node24.mjs'
import { BootError, isWorthSaying } from './boot/say.mjs'

const PROGRAMS = { start: 'apps/server/src/main.ts', test: 'scripts/test.ts' }

async function main([command = 'start', ...args]) {
  if (!['start', 'test', 'build', 'run'].includes(command))
    throw new BootError(2, `boot.mjs knows start, test, build and run; not ${command}.`)
  if (needsInstall()) await withLock(() => needsInstall() && installPackages())
  const node = findNode24()
  if (command !== 'run') await buildPortals(node)
  if (command === 'build') return 0
  // Whoever starts without a database of their own wants to see something: the demo town, unless LINLI_DEMO says otherwise.
  const showsDemo = command === 'start' && !process.env.DATABASE_URL && process.env.LINLI_DEMO === undefined
  const env = command === 'test' ? { CHROMIUM_PATH: await installBrowser(node) } : showsDemo ? { LINLI_DEMO: '1' } : {}
  const [file, ...rest] = command === 'run' ? args : [PROGRAMS[command], ...args]
  if (!file) throw new BootError(2, 'boot.mjs run FILE [args…]: which file?')
  return handOver(node, file, rest, env)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = error instanceof BootError ? error.exitCode : 1
  console.error(isWorthSaying(error))
  // What counts tests by the last line must not take a build that failed for a run without failures.
  if (process.argv[2] === 'test') console.log('0 passed, 1 failed')
}
