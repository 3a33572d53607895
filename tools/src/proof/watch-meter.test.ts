import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@linli/base/server'
import { readConfig } from '@linli/server/config'
import { makeDemoTown } from '@linli/server/demo'
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { manyAddresses } from '../harness/many-addresses.ts'
import { freePort, runPlatform } from '../harness/run-platform.ts'

interface DemoFile {
  logins: { account: string; password: string }[]
  devices: { code: string; secret: string }[]
}

const hourMs = 3_600_000
const meter = 'MT-0001'
const hourOf = (at: number): number => Math.floor((at + 8 * hourMs) / hourMs) % 24
/** What the refrigerator uses, by day and by night; whoever is up uses four times as much. */
const base = 0.2
const usual = (hour: number): number => (hour < 6 ? base : 4 * base)

test('the elder of the demo has no light on in the hours of use: the grid worker is told within a day and a half, and never in the weeks before [ST-25]', {
  timeout: 300_000,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-meter-'))
  const database = await startEmbedded({ dataDir })
  const env = { DATABASE_URL: database.servingUrl, DATABASE_OWNER_URL: database.ownerUrl, LINLI_TEST: '1', LINLI_DEMO: '1' }
  await makeDemoTown(readConfig({ ...env, DATA_DIR: dataDir }), { cases: 60 }, () => {})
  const mqttPort = await freePort()
  const platform = await runPlatform({ dataDir, port: await freePort(), mqttPort, env })
  const caller = manyAddresses(platform.url)
  const { logins, devices } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoFile
  const { account, password } = logins.find((login) => login.account === 'grid')!
  const { token } = (await caller.send('POST', '/sessions', { account, password })).json<{ token: string }>()
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
    clientId: meter,
    username: meter,
    password: devices.find(({ code }) => code === meter)!.secret,
    protocolVersion: 4,
  })
  let at = Math.ceil(Date.now() / hourMs) * hourMs
  let kwh = 4300
  const live = async (use: (hour: number) => number): Promise<void> => {
    at += hourMs
    const { status } = await caller.send('POST', '/test/clock', { now: new Date(at).toISOString() })
    if (status !== 204 && status !== 503) throw new Error(`the clock did not move: ${status}`)
    kwh += use(hourOf(at - hourMs))
    await client.publishAsync(`up/${meter}/telemetry`, JSON.stringify({ ts: at, values: { kwh } }), { qos: 1 })
  }
  const told = async (): Promise<{ rule: string; raisedAt: string }[]> =>
    (await caller.send('GET', '/episodes?state=open&limit=100', undefined, token))
      .json<{ items: { rule: string; raisedAt: string }[] }>()
      .items.filter(({ rule }) => rule === 'elderly-care.no-power')
  try {
    for (let hour = 0; hour < 18 * 24; hour++) await live(usual)
    expect(await told()).toEqual([])
    const darkFrom = at
    for (let hour = 0; hour < 37 && (await told()).length === 0; hour++) await live(() => base)
    const [notice, ...more] = await told()
    expect(more).toEqual([])
    expect(new Date(notice!.raisedAt).getTime() - darkFrom).toBeLessThanOrEqual(36 * hourMs)
  } finally {
    client.end(true)
    caller.close()
    await platform.stop()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
