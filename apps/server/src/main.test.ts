import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'linli-main-'))
  folders.push(made)
  return made
}

interface Ended {
  code: number | null
  said: string
}

/** Runs the program until it ends by itself; `onLine` may end it earlier. */
async function run(env: Record<string, string>, onLine?: (line: string, stop: (signal: NodeJS.Signals) => void) => void): Promise<Ended> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, PORT: '0', MQTT_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const hear = (chunk: Buffer): void => {
    said += chunk
    for (const line of chunk.toString().split('\n')) onLine?.(line, (signal) => child.kill(signal))
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

const oneLine = ({ said }: Ended): string => {
  const lines = said.split('\n').filter((line) => line.startsWith('linli:'))
  expect(lines).toHaveLength(1)
  expect(said).not.toMatch(/\n\s+at /)
  return lines[0]!
}

test('a busy port is one clear line and exit code 2, before a database is set up', { timeout: 60_000 }, async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const dataDir = folder()
  const ended = await run({ DATA_DIR: dataDir, PORT: String(port) })
  server.close()
  expect(ended.code).toBe(2)
  expect(oneLine(ended)).toContain(`PORT=${port} is in use`)
  expect(readdirSync(dataDir)).toEqual([])
})

test('a database that does not answer is one clear line and exit code 3', { timeout: 60_000 }, async () => {
  const url = 'postgresql://linli:x@127.0.0.1:1/linli'
  const ended = await run({ DATA_DIR: folder(), DATABASE_URL: url, DATABASE_OWNER_URL: url })
  expect(ended.code).toBe(3)
  expect(oneLine(ended)).toContain('DATABASE_URL')
})

test('an unknown setting ends with exit code 2 before anything is made', async () => {
  const dataDir = join(folder(), 'never')
  const ended = await run({ DATA_DIR: dataDir, LINLI_DEMMO: '1' })
  expect(ended.code).toBe(2)
  expect(oneLine(ended)).toContain('LINLI_DEMMO')
})

test('a demo database never serves a public address', { timeout: 60_000 }, async () => {
  const ended = await run({ DATA_DIR: folder(), HOST: '0.0.0.0', LINLI_DEMO: '1' })
  expect(ended.code).toBe(2)
  expect(oneLine(ended)).toContain('loopback')
})

test('Ctrl-C stops everything, the next start finds its data, and test mode is refused for a database not made in it', {
  timeout: 120_000,
}, async () => {
  const dataDir = folder()
  const first = await run({ DATA_DIR: dataDir }, (line, stop) => line.includes('Ready:') && stop('SIGINT'))
  expect(first.code).toBe(0)
  expect(first.said).toContain('Migrated')
  expect(first.said).toContain('Stopped.')
  const second = await run({ DATA_DIR: dataDir }, (line, stop) => line.includes('Ready:') && stop('SIGTERM'))
  expect(second.code).toBe(0)
  expect(second.said).not.toContain('Migrated')
  const third = await run({ DATA_DIR: dataDir, LINLI_TEST: '1' })
  expect(third.code).toBe(2)
  expect(oneLine(third)).toContain('LINLI_TEST')
})
