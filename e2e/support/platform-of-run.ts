import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ACertificate, anAuthority } from '@linli/signals/testing'
import { freePort, runPlatform } from '@linli/tools/harness'
import { buildPortals } from '@linli/tools/portals'
import type { TestProject } from 'vitest/node'
import { moveTestClock, nextWorkingMorning } from './test-clock.ts'

/** Where journeys find the platform of their run. */
export interface JourneyPlatform {
  url: string
  dataDir: string
  /** Where its pages look for the devices of their desk; nothing listens there until a journey starts a desk. */
  deskPort: number
  door: EncryptedDoor
}

/** Where devices come in with a certificate of their own, and one that has one. */
interface EncryptedDoor extends ACertificate {
  url: string
  /** Who signed the certificate of the platform. */
  ca: string
  code: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    journeyPlatform: JourneyPlatform
  }
}

/**
 * One platform with built portals and the demo town for all journeys of a run, in a folder of its own. Its clock starts on the next
 * working morning, so that a promise of two working hours means the same at whatever hour the tests run.
 *
 * @public called by vitest, see vitest.config.ts
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const platform = await startTown()
  project.provide('journeyPlatform', { url: platform.url, dataDir: platform.dataDir, deskPort: platform.deskPort, door: platform.door })
  return platform.stop
}

/** The device of the demo that a journey gives a certificate of its own. */
const certified = 'SM-0004'

/** An encrypted door for devices, and what one of them needs to come in by it. */
async function openDoor(dataDir: string): Promise<{ env: Record<string, string>; door: EncryptedDoor }> {
  const county = await anAuthority('county devices')
  const [platform, own, port] = [await county.sign('platform'), await county.sign(certified), await freePort()]
  const file = async (name: string, pem: string): Promise<string> => {
    const path = join(dataDir, name)
    await writeFile(path, pem, { mode: 0o600 })
    return path
  }
  const env = {
    MQTT_TLS_PORT: String(port),
    MQTT_TLS_CERT: await file('door.crt', platform.cert),
    MQTT_TLS_KEY: await file('door.key', platform.key),
    MQTT_TLS_CA: await file('county.crt', county.ca),
  }
  return { env, door: { url: `mqtts://127.0.0.1:${port}`, ca: county.ca, code: certified, ...own } }
}

interface Town extends JourneyPlatform {
  stop(): Promise<void>
}

/** Builds what is stale, starts the platform, moves its clock. */
async function startTown(): Promise<Town> {
  await buildPortals()
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-journeys-'))
  const said: string[] = []
  const deskPort = await freePort()
  const { env: doorEnv, door } = await openDoor(dataDir)
  const platform = await runPlatform({
    dataDir,
    port: await freePort(),
    env: { LINLI_DEMO: '1', LINLI_TEST: '1', LINLI_DESK_BRIDGE: `http://127.0.0.1:${deskPort}`, ...doorEnv },
    log: (line) => said.push(line),
  })
  await moveTestClock(platform.url, nextWorkingMorning(new Date()))
  return {
    url: platform.url,
    dataDir,
    deskPort,
    door,
    stop: async () => {
      await platform.stop()
      await rm(dataDir, { recursive: true, force: true })
      const faults = said.filter(isFault)
      if (faults.length > 0) throw new Error(`the platform said while the journeys ran:\n${faults.slice(0, 10).join('\n')}`)
    },
  }
}

/** Lines of level error and above: no journey may cause one. */
function isFault(line: string): boolean {
  return /"level":[56]0/.test(line)
}

export interface Demo {
  mqttUrl: string
  /** What the simulated phones show, with a slash at its end. */
  phonesUrl: string
  devices: { code: string; secret: string; kind: string }[]
  logins: { role: string; account: string; password: string; areaCode: string }[]
  siblings: { areaCode: string; caseId: string }[]
}

/** What the platform wrote about its demo data. */
export async function readDemo({ dataDir }: JourneyPlatform): Promise<Demo> {
  return JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as Demo
}
