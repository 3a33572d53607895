import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  project.provide('journeyPlatform', { url: platform.url, dataDir: platform.dataDir, deskPort: platform.deskPort })
  return platform.stop
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
  const platform = await runPlatform({
    dataDir,
    port: await freePort(),
    env: { LINLI_DEMO: '1', LINLI_TEST: '1', LINLI_DESK_BRIDGE: `http://127.0.0.1:${deskPort}` },
    log: (line) => said.push(line),
  })
  await moveTestClock(platform.url, nextWorkingMorning(new Date()))
  return {
    url: platform.url,
    dataDir,
    deskPort,
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
