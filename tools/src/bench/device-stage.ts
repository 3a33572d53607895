import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newId } from '@linli/base/define'
import { openPool, openVault, sql, startEmbedded, systemActor, systemClock, transact } from '@linli/base/server'
import { addDevice, type Place } from '@linli/signals/server'
import { freePort, type RunningPlatform, runPlatform } from '../harness/run-platform.ts'
import type { LoadAnswer, Orders } from './load-orders.ts'
import type { Login } from './stage.ts'

const bareProgram = fileURLToPath(new URL('./bare-ingest.ts', import.meta.url))
const loadProgram = fileURLToPath(new URL('./mqtt-load.ts', import.meta.url))

/** The platform with the demo town and so many wristbands more, and beside it the bare reference; the same devices for both. */
export interface DeviceStage {
  readonly platform: RunningPlatform
  readonly servingUrl: string
  readonly ours: Load
  readonly bare: Load
  readonly barePort: number
  login(role: string): Login
  stop(): Promise<void>
}

/** Devices in a process of their own. */
export interface Load {
  run(orders: Orders): Promise<LoadAnswer>
}

export async function openDeviceStage(devices: number): Promise<DeviceStage> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-bench-'))
  const database = await startEmbedded({ dataDir: folder })
  const children: ChildProcess[] = []
  const mqttPort = await freePort()
  const env = { DATABASE_URL: database.servingUrl, DATABASE_OWNER_URL: database.ownerUrl, LINLI_DEMO: '1' }
  const platform = await runPlatform({ dataDir: folder, port: await freePort(), mqttPort, env })
  const stop = async (): Promise<void> => {
    for (const child of children) child.kill('SIGTERM')
    await platform.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { logins } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as { logins: Login[] }
    const login = (role: string): Login => logins.find((one) => one.role === role)!
    const file = join(folder, 'devices.json')
    await writeFile(file, JSON.stringify(await register(database.servingUrl, folder, login('gridWorker').areaCode, devices)), {
      mode: 0o600,
    })
    const bare = await startBare(database.ownerUrl, children)
    return {
      platform,
      servingUrl: database.servingUrl,
      ours: await startLoad(mqttPort, file, children),
      bare: await startLoad(bare, file, children),
      barePort: bare,
      login,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Wristbands on the ledger of one cell, each about itself: every call for help is an alarm of its own. */
async function register(url: string, dataDir: string, cellCode: string, count: number): Promise<{ code: string; secret: string }[]> {
  const pool = openPool({ url, max: 1, name: 'bench' })
  const vault = await openVault(dataDir)
  try {
    return await transact({ pool, clock: systemClock }, systemActor, async (system) => {
      const area = await system.get(sql<Place>`
        SELECT area_id AS "areaId", area_path AS "areaPath", county_id AS "countyId", township_id AS "townshipId", community_id AS "communityId", cell_id AS "cellId"
        FROM access.area WHERE code = ${cellCode} AND valid_to IS NULL`)
      const { org_id: orgId } = await system.get(sql<{ org_id: string }>`SELECT org_id FROM access.organization LIMIT 1`)
      const devices: { code: string; secret: string }[] = []
      for (let index = 0; index < count; index++) {
        const [deviceId, code, secret] = [newId(), `BW-${String(index).padStart(4, '0')}`, `bench-device-secret-${index}`]
        const about = { subject: { kind: 'device' as const, id: deviceId }, ownerOrgId: orgId, maintainerOrgId: orgId, by: null }
        await addDevice(
          system,
          { vault },
          { deviceId, code, secret, kind: 'wristband', name: '手环', protocol: 'mqtt', place: '试验', area, ...about },
        )
        devices.push({ code, secret })
      }
      return devices
    })
  } finally {
    await pool.end()
  }
}

async function startBare(url: string, children: ChildProcess[]): Promise<number> {
  const child = spawn(process.execPath, [bareProgram, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [port] = (await once(child.stdout!, 'data')) as [Buffer]
  return Number(port)
}

async function startLoad(port: number, file: string, children: ChildProcess[]): Promise<Load> {
  const child = fork(loadProgram, [String(port), file], { execArgv: [] })
  children.push(child)
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the load ended with ${code}`)))
  ended.catch(() => {})
  const heard = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), ended]))[0]
  await heard()
  return {
    run: async (orders) => {
      child.send(orders)
      return (await heard()) as LoadAnswer
    },
  }
}
