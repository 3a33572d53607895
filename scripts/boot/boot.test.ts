import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const SCRIPTS = fileURLToPath(new URL('..', import.meta.url))
const NODE = dirname(dirname(process.execPath))

let clone: string
const started: ChildProcess[] = []

const STAND_IN_NPM = `#!/bin/sh
echo "$1" >> calls
sleep 0.3
mkdir -p node_modules/vite/bin
ln -sfn "$NODE_PACKAGE" "node_modules/$NODE_NAME"
cp vite.js node_modules/vite/bin/vite.js
`
const STAND_IN_VITE = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
const out = process.argv[process.argv.indexOf('--outDir') + 1]
appendFileSync('../../calls', 'vite\\n')
mkdirSync(out, { recursive: true })
writeFileSync(join(out, 'index.html'), 'built')
`
const HELLO = `
const code: number = Number(process.argv[2])
console.log('node', process.versions.node)
process.exit(code)
`
const WAIT = `
process.on('SIGINT', () => {
  console.log('interrupted')
  setTimeout(() => process.exit(5), 100)
})
setInterval(() => {}, 60_000)
console.log('pid', process.pid)
`

/** A clone with the real boot and stand-ins for npm and Vite that write down that they were called. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'linli-boot-'))
  cpSync(join(SCRIPTS, 'boot.mjs'), join(clone, 'scripts', 'boot.mjs'))
  cpSync(join(SCRIPTS, 'boot'), join(clone, 'scripts', 'boot'), { recursive: true })
  write('package.json', '{ "name": "clone", "type": "module" }')
  write('package-lock.json', '{ "packages": {} }')
  write('bin/npm', STAND_IN_NPM)
  chmodSync(join(clone, 'bin/npm'), 0o755)
  write('vite.js', STAND_IN_VITE)
  write('node_modules/vite/package.json', '{ "type": "module" }')
  write('apps/lamps/vite.config.ts', '')
  write('apps/lamps/src/main.ts', 'one')
  write('ui/src/button.ts', 'one')
  write('kernel/base/src/contract/index.ts', 'one')
  write('kernel/base/src/server/index.ts', 'one')
  write('hello.ts', HELLO)
  write('wait.ts', WAIT)
})

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  rmSync(clone, { recursive: true, force: true })
})

test('the first boot installs, the second does not, and a changed lockfile installs again', async () => {
  await boot('run', 'hello.ts', '0')
  await boot('run', 'hello.ts', '0')
  expect(calls()).toEqual(['ci'])
  write('package-lock.json', '{ "packages": { "node_modules/lamp": { "version": "1.0.0" } } }')
  await boot('run', 'hello.ts', '0')
  expect(calls()).toEqual(['ci', 'ci'])
})

test('an install done by hand is recognized, so that nothing is installed twice', async () => {
  await boot('run', 'hello.ts', '0')
  const packages = { 'node_modules/lamp': { version: '1.0.0' } }
  const foreign = { 'node_modules/lamp-for-plan9': { version: '1.0.0', optional: true, os: ['plan9'], cpu: ['vax'] } }
  write('package-lock.json', JSON.stringify({ packages: { ...packages, ...foreign } }))
  write('node_modules/.package-lock.json', JSON.stringify({ packages }))
  await boot('run', 'hello.ts', '0')
  expect(calls()).toEqual(['ci'])
})

test('two boots at once install once', async () => {
  const [first, second] = await Promise.all([boot('run', 'hello.ts', '0'), boot('run', 'hello.ts', '0')])
  expect([first.code, second.code]).toEqual([0, 0])
  expect(calls()).toEqual(['ci'])
  expect(first.stderr + second.stderr).toContain('waiting for another start')
})

test('the lock of a boot that was killed stops nobody', async () => {
  write('.cache/boot.lock', '999999999 1')
  expect((await boot('run', 'hello.ts', '0')).code).toBe(0)
})

test('a portal is built when its sources changed, and only then', async () => {
  await boot('build')
  await boot('build')
  expect(calls()).toEqual(['ci', 'vite'])
  expect(readFileSync(join(clone, 'apps/lamps/dist/index.html'), 'utf8')).toBe('built')
  for (const file of ['ui/src/button.ts', 'kernel/base/src/contract/index.ts', 'apps/lamps/src/main.ts']) {
    appendFileSync(join(clone, file), 'two')
    await boot('build')
  }
  expect(calls()).toEqual(['ci', 'vite', 'vite', 'vite', 'vite'])
  for (const file of ['kernel/base/src/server/index.ts', 'ui/src/button.test.ts']) {
    appendFileSync(join(clone, file), 'two')
    await boot('build')
  }
  expect(calls()).toHaveLength(5)
})

test('with nothing to do, a second boot hands over within a second', async () => {
  await boot('build')
  const times: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const start = performance.now()
    await boot('build')
    times.push(performance.now() - start)
  }
  // The quickest: what else the machine does is not ours.
  expect(Math.min(...times)).toBeLessThan(1000)
})

test('an install that fails ends in exit code 3 and says why, in one line where the reason is known', async () => {
  write('bin/npm', '#!/bin/sh\necho "npm error code ENOSPC" >&2\nexit 228\n')
  const full = await boot('run', 'hello.ts', '0')
  expect(full.code).toBe(3)
  expect(full.stderr.trim().split('\n').at(-1)).toMatch(/^linli: The disk .* is full\.$/)
  write('bin/npm', '#!/bin/sh\necho "npm error nobody knows" >&2\nexit 1\n')
  const unknown = await boot('run', 'hello.ts', '0')
  expect(unknown.code).toBe(3)
  expect(unknown.stderr).toContain('nobody knows')
})

test('a test run that cannot begin still ends in a count that shows a failure', async () => {
  write('bin/npm', '#!/bin/sh\nexit 1\n')
  const { stdout, code } = await boot('test')
  expect(stdout.trim().split('\n').at(-1)).toBe('0 passed, 1 failed')
  expect(code).not.toBe(0)
})

test('the program runs on Node 24 or newer and its exit code is passed on', async () => {
  const { code, stdout } = await boot('run', 'hello.ts', '7')
  expect(code).toBe(7)
  expect(Number(/node (\d+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(24)
})

test('Ctrl-C reaches the program once, however often it arrives, and boot ends when the program does', async () => {
  const { child, output } = await bootWaiting()
  child.kill('SIGINT')
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  expect(code).toBe(5)
  expect(output().match(/interrupted/g)).toHaveLength(1)
})

test('a killed boot takes the program along, so that the port is free for the next start', async () => {
  const { child, pid } = await bootWaiting()
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), { timeout: 5_000 })
})

function spawnBoot(args: string[]): ChildProcess {
  const { npm_execpath: _, ...environment } = process.env
  const env = {
    ...environment,
    PATH: `${join(clone, 'bin')}:${process.env.PATH}`,
    NODE_PACKAGE: NODE,
    NODE_NAME: `node-${process.platform}-${process.arch}`,
  }
  const child = spawn(process.execPath, ['scripts/boot.mjs', ...args], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

async function boot(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawnBoot(args)
  const text = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text.stdout += part
  })
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text.stderr += part
  })
  const [code] = await once(child, 'close')
  return { code: code as number, ...text }
}

async function bootWaiting(): Promise<{ child: ChildProcess; pid: number; output(): string }> {
  const child = spawnBoot(['run', 'wait.ts'])
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const pid = await vi.waitFor(() => Number(/pid (\d+)/.exec(text)?.[1] ?? expect.fail('not up yet')), { timeout: 10_000 })
  return { child, pid, output: () => text }
}

function calls(): string[] {
  return readFileSync(join(clone, 'calls'), 'utf8').trim().split('\n')
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(clone, file)), { recursive: true })
  writeFileSync(join(clone, file), text)
}
