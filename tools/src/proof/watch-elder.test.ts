import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { startEmbedded } from '@linli/base/server'
import { readConfig } from '@linli/server/config'
import { makeDemoTown } from '@linli/server/demo'
import mqtt, { type MqttClient } from 'mqtt'
import { expect, test } from 'vitest'
import { manyAddresses } from '../harness/many-addresses.ts'
import { freePort, runPlatform } from '../harness/run-platform.ts'

interface DemoFile {
  logins: { account: string; password: string }[]
  devices: { code: string; secret: string }[]
}

const hourMs = 3_600_000
const hourOf = (at: number): number => Math.floor((at + 8 * hourMs) / hourMs) % 24
/** What the refrigerator uses, by day and by night; whoever is up uses four times as much. */
const base = 0.2
const usual = (hour: number): number => (hour < 6 ? base : 4 * base)

interface Told {
  episodeId: string
  rule: string
  raisedAt: string
}

interface Elder {
  /** The platform's clock; moves by whole hours. */
  at: number
  connect(code: string): Promise<{ client: MqttClient; say(values: object): Promise<void> }>
  pass(hours?: number): Promise<void>
  /** Open alarms as the grid worker of the cell has them. */
  told(rule: string): Promise<Told[]>
  as(account: string): Promise<string>
  caller: ReturnType<typeof manyAddresses>
  stop(): Promise<void>
}

/** The demo town on a platform and a database of its own, for its clock runs away by weeks. */
async function anElder(): Promise<Elder> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-elder-'))
  const database = await startEmbedded({ dataDir })
  const env = { DATABASE_URL: database.servingUrl, DATABASE_OWNER_URL: database.ownerUrl, LINLI_TEST: '1', LINLI_DEMO: '1' }
  await makeDemoTown(readConfig({ ...env, DATA_DIR: dataDir }), { cases: 60 }, () => {})
  const mqttPort = await freePort()
  const platform = await runPlatform({ dataDir, port: await freePort(), mqttPort, env })
  const caller = manyAddresses(platform.url)
  const { logins, devices } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoFile
  const clients: MqttClient[] = []
  const as = async (name: string): Promise<string> => {
    const { account, password } = logins.find((login) => login.account === name)!
    return (await caller.send('POST', '/sessions', { account, password })).json<{ token: string }>().token
  }
  const grid = await as('grid')
  const elder: Elder = {
    at: Math.ceil(Date.now() / hourMs) * hourMs,
    caller,
    as,
    async connect(code) {
      const { secret: password } = devices.find((one) => one.code === code)!
      const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
        clientId: code,
        username: code,
        password,
        protocolVersion: 4,
      })
      clients.push(client)
      const say = (values: object) =>
        client.publishAsync(`up/${code}/telemetry`, JSON.stringify({ ts: elder.at, values }), { qos: 1 }).then(() => {})
      return { client, say }
    },
    async pass(hours = 1) {
      elder.at += hours * hourMs
      const { status } = await caller.send('POST', '/test/clock', { now: new Date(elder.at).toISOString() })
      if (status !== 204 && status !== 503) throw new Error(`the clock did not move: ${status}`)
    },
    async told(rule) {
      const answer = await caller.send('GET', '/episodes?state=open&limit=100', undefined, grid)
      const { items } = answer.json<{ items: Told[] }>()
      return items.filter((one) => one.rule === rule)
    },
    async stop() {
      for (const client of clients) client.end(true)
      caller.close()
      await platform.stop()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return elder
}

test('the elder of the demo has no light on in the hours of use: the grid worker is told within a day and a half, and never in the weeks before [ST-25] (through the whole platform)', {
  timeout: 300_000,
}, async () => {
  const elder = await anElder()
  try {
    const meter = await elder.connect('MT-0001')
    let kwh = 4300
    const live = async (use: (hour: number) => number): Promise<void> => {
      await elder.pass()
      kwh += use(hourOf(elder.at - hourMs))
      await meter.say({ kwh })
    }
    const told = () => elder.told('elderly-care.no-power')
    for (let hour = 0; hour < 18 * 24; hour++) await live(usual)
    expect(await told()).toEqual([])
    const darkFrom = elder.at
    for (let hour = 0; hour < 37 && (await told()).length === 0; hour++) await live(() => base)
    const [notice, ...more] = await told()
    expect(more).toEqual([])
    expect(new Date(notice!.raisedAt).getTime() - darkFrom).toBeLessThanOrEqual(36 * hourMs)
  } finally {
    await elder.stop()
  }
})

test('an elder who lives alone is in hospital and nobody is sent; home again, a day without the door is told to the grid worker, once [ST-24] (what the phone of the grid worker reads, without its page)', {
  timeout: 300_000,
}, async () => {
  const elder = await anElder()
  try {
    const [door, , wristband] = [await elder.connect('DR-0001'), await elder.connect('MO-0001'), await elder.connect('WB-0001')]
    await wristband.say({ sos: 1 })
    await expect.poll(async () => (await elder.told('elderly-care.sos')).length, { timeout: 20_000 }).toBe(1)
    const community = await elder.as('community')
    const wearerOf = async ({ episodeId }: Told): Promise<string> =>
      (await elder.caller.send('GET', `/episodes/${episodeId}`, undefined, community)).json<{ subjectId: string }>().subjectId
    const subjectId = await wearerOf((await elder.told('elderly-care.sos'))[0]!)
    const change = async (said: object): Promise<void> => {
      const body = { requestId: newId(), channel: 'phone', change: said }
      const answer = await elder.caller.send('POST', `/persons/${subjectId}/watch/changes`, body, community)
      expect([answer.status, answer.status === 200 ? '' : JSON.stringify(answer.json())]).toEqual([200, ''])
    }
    const hers = async (): Promise<Told[]> => {
      const notices = await elder.told('elderly-care.no-exit')
      const whose = await Promise.all(notices.map(wearerOf))
      return notices.filter((_, i) => whose[i] === subjectId)
    }
    await elder.pass()
    await door.say({ passage: 1 })
    await change({ change: 'paused', for: 'hospital', until: new Date(elder.at + 72 * hourMs).toISOString() })
    for (let hour = 0; hour < 30; hour++) await elder.pass()
    expect(await hers()).toEqual([])
    await change({ change: 'resumed' })
    await door.say({ passage: 1 })
    for (let hour = 0; hour < 23; hour++) await elder.pass()
    expect(await hers()).toEqual([])
    await elder.pass(2)
    await expect.poll(async () => (await hers()).length, { timeout: 20_000 }).toBe(1)
  } finally {
    await elder.stop()
  }
})
