import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../apps/server/src/main.ts', import.meta.url))
/** The flags that `npm start` gives it. */
const flags = JSON.parse(readFileSync(new URL('../../../scripts/boot/node-flags.json', import.meta.url), 'utf8')) as string[]

export interface RunningPlatform {
  readonly url: string
  readonly child: ChildProcess
  readonly dataDir: string
  /** Milliseconds from spawn to the first 200 of `/readyz`. */
  readonly readyMs: number
  /** SIGTERM, and waits; SIGKILL after 20 s. */
  stop(): Promise<void>
  /** kill -9 of the platform alone: the database stays behind as an orphan. */
  kill(): Promise<void>
}

export interface RunOptions {
  dataDir: string
  port: number
  /** Any free one when absent. */
  mqttPort?: number
  env?: Record<string, string>
  /** Gets every line the platform says. */
  log?: (line: string) => void
  readyWithinMs?: number
}

/** The platform as a process of its own, as `npm start` runs it, on loopback. */
export async function runPlatform({
  dataDir,
  port,
  mqttPort = 0,
  env = {},
  log,
  readyWithinMs = 120_000,
}: RunOptions): Promise<RunningPlatform> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...flags, main], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      HOST: '127.0.0.1',
      PORT: String(port),
      MQTT_PORT: String(mqttPort),
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const hear = (chunk: Buffer): void => {
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      said.push(line)
      log?.(line)
    }
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const url = `http://127.0.0.1:${port}`
  const isReady = await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`the platform ended with ${child.exitCode}: ${said.slice(-5).join(' | ')}`)
    return (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
  }, readyWithinMs)
  if (!isReady) {
    child.kill('SIGKILL')
    throw new Error(`not ready within ${readyWithinMs} ms: ${said.slice(-5).join(' | ')}`)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    const patience = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await gone
    clearTimeout(patience)
  }
  return { url, child, dataDir, readyMs: performance.now() - startedAt, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

/** True when the condition held within the time. */
export async function waitFor(condition: () => Promise<boolean>, withinMs: number, everyMs = 50): Promise<boolean> {
  const until = performance.now() + withinMs
  while (performance.now() < until) {
    if (await condition()) return true
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return false
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Process id of the embedded PostgreSQL of a data folder. */
export function postgresPid(dataDir: string): number {
  const state = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { cluster: string }
  return Number(readFileSync(join(resolve(dataDir, state.cluster), 'postmaster.pid'), 'utf8').split('\n')[0])
}
