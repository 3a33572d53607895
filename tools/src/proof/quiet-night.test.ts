import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { startEmbedded } from '@linli/base/server'
import { readConfig } from '@linli/server/config'
import { makeDemoTown } from '@linli/server/demo'
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { manyAddresses } from '../harness/many-addresses.ts'
import { freePort, runPlatform, waitFor } from '../harness/run-platform.ts'

interface DemoFile {
  phonesUrl: string
  logins: { account: string; password: string }[]
  devices: { code: string; secret: string }[]
}
interface OnPhone {
  channel: 'sms' | 'voice'
  to: string
  text: string
}

const [hourMs, minuteMs, dayMs] = [3_600_000, 60_000, 86_400_000]
const [son, neighbor] = ['19999991001', '19999991900']

/** The next time that clocks in China show this. */
const nextAt = (hour: number, from: number): number =>
  Math.floor((from + 8 * hourMs) / dayMs) * dayMs + (hour - 8) * hourMs + ((from + 8 * hourMs) % dayMs >= hour * hourMs ? dayMs : 0)

// The clock of the town of the journeys stays, so this one has a platform and a database of its own.
test('a son wants no calls at night: of a blue notice about his mother he reads at midnight and is called in the morning; her wristband rings him at once [PLAT-12] (preferences of residents, through the whole platform)', {
  timeout: 300_000,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-night-'))
  const database = await startEmbedded({ dataDir })
  const env = { DATABASE_URL: database.servingUrl, DATABASE_OWNER_URL: database.ownerUrl, LINLI_TEST: '1', LINLI_DEMO: '1' }
  await makeDemoTown(readConfig({ ...env, DATA_DIR: dataDir }), { cases: 60 }, () => {})
  const mqttPort = await freePort()
  const platform = await runPlatform({ dataDir, port: await freePort(), mqttPort, env })
  const caller = manyAddresses(platform.url)
  const { phonesUrl, logins, devices } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoFile
  const stops: (() => unknown)[] = []
  try {
    const arrived = async (phone: string, channel: OnPhone['channel'], about: string): Promise<number> => {
      const { items } = (await (await fetch(`${phonesUrl}phones`)).json()) as { items: OnPhone[] }
      return items.filter((one) => one.to === phone && one.channel === channel && one.text.includes(about)).length
    }
    const arrives = (phone: string, channel: OnPhone['channel'], about: string) =>
      expect.poll(() => arrived(phone, channel, about), { timeout: 20_000 }).toBe(1)
    let at = Date.now()
    const moveTo = async (ms: number): Promise<void> => {
      at = ms
      const { status } = await caller.send('POST', '/test/clock', { now: new Date(at).toISOString() })
      if (status !== 204 && status !== 503) throw new Error(`the clock did not move: ${status}`)
    }
    const connect = async (code: string) => {
      const { secret: password } = devices.find((one) => one.code === code)!
      const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
        clientId: code,
        username: code,
        password,
        protocolVersion: 4,
      })
      stops.push(() => client.end(true))
      return (values: object) => client.publishAsync(`up/${code}/telemetry`, JSON.stringify({ ts: at, values }), { qos: 1 })
    }

    // He signs in with the code that comes to his phone, and finds what the demo says of him.
    await caller.send('POST', '/public/sign-in-codes', { requestId: newId(), phone: son })
    await arrives(son, 'sms', '验证码')
    const { items } = (await (await fetch(`${phonesUrl}phones`)).json()) as { items: OnPhone[] }
    const code = /\d{6}/.exec(items.find(({ to, text }) => to === son && text.includes('验证码'))!.text)![0]
    const opened = await fetch(`${platform.url}/api/v1/public/resident-sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone: son, code }),
    })
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
    const preference = (init: RequestInit = {}) =>
      fetch(`${platform.url}/api/v1/residents/me/message-preference`, {
        ...init,
        headers: { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      })
    expect(await (await preference()).json()).toMatchObject({ voice: 'awake', quietFrom: 22 * 60, quietTo: 7 * 60 })
    const said = { sms: 'always', voice: 'awake', quietFrom: 23 * 60, quietTo: 6 * 60, lang: 'zh' }
    const saved = await preference({ method: 'PUT', body: JSON.stringify({ requestId: newId(), ...said }) })
    expect(saved.status, await saved.text()).toBe(200)

    // She goes out at eleven in the evening for the last time, and is about the flat on the next day: a blue notice at eleven.
    const [door, motion, wristband] = [await connect('DR-0001'), await connect('MO-0001'), await connect('WB-0001')]
    await moveTo(nextAt(23, at + hourMs))
    await door({ passage: 1 })
    for (let hour = 1; hour <= 23; hour++) {
      await moveTo(at + hourMs)
      await motion({ active: 1 })
    }
    const grid = logins.find(({ account }) => account === 'grid')!
    const { token } = (await caller.send('POST', '/sessions', { account: grid.account, password: grid.password })).json<{ token: string }>()
    const alarmOf = async (rule: string) => {
      const answer = await caller.send('GET', '/episodes?state=open&limit=100', undefined, token)
      return answer.json<{ items: { rule: string; level: number; number: string }[] }>().items.find((one) => one.rule === rule)
    }
    await moveTo(at + hourMs + minuteMs)
    expect(await waitFor(async () => (await alarmOf('elderly-care.no-exit')) !== undefined, 20_000)).toBe(true)
    const { number, level } = (await alarmOf('elderly-care.no-exit'))!
    expect(level).toBe(4)

    // Nobody answers: after half an hour the family hears.
    await moveTo(at + 30 * minuteMs)
    await arrives(son, 'sms', number)
    await moveTo(at + 15 * minuteMs)
    await arrives(neighbor, 'voice', number)
    expect(await arrived(son, 'voice', number)).toBe(0)

    // In the same night she presses the wristband: it rings.
    await wristband({ sos: 1 })
    expect(await waitFor(async () => (await alarmOf('elderly-care.sos')) !== undefined, 20_000)).toBe(true)
    const sos = (await alarmOf('elderly-care.sos'))!
    await arrives(son, 'sms', sos.number)
    await moveTo(at + 35_000)
    await arrives(son, 'voice', sos.number)
    expect(await arrived(son, 'voice', number)).toBe(0)

    await moveTo(nextAt(6, at) + minuteMs)
    await arrives(son, 'voice', number)
  } finally {
    for (const stop of stops) stop()
    caller.close()
    await platform.stop()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
