import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { startPhones } from '@linli/message-gateway/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, manyAddresses } from '../harness/many-addresses.ts'
import { freePort, type RunningPlatform, runPlatform, waitFor } from '../harness/run-platform.ts'

const kills = 3
const perLife = 12

let dataDir: string
let phones: Awaited<ReturnType<typeof startPhones>>
let port: number
let platform: RunningPlatform
let caller: Caller

const start = () =>
  runPlatform({
    dataDir,
    port,
    env: { LINLI_SMS_GATEWAY: phones.gatewayUrl.replace(/\/$/, ''), LINLI_PUBLIC_URL: `http://127.0.0.1:${port}` },
  })

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'linli-sending-'))
  phones = await startPhones({ port: 0, secret: 'proof' })
  port = await freePort()
  platform = await start()
  caller = manyAddresses(platform.url)
})
afterAll(async () => {
  caller?.close()
  await platform?.stop()
  await phones?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

interface Arrived {
  key: string
  to: string
  asked: number
}
const arrived = async (): Promise<Arrived[]> => ((await (await fetch(`${phones.pageUrl}phones`)).json()) as { items: Arrived[] }).items

test('kill -9 while messages go out: each that was promised arrives, and none arrives twice [PLAT-12] (SMS)', {
  timeout: 240_000,
}, async () => {
  const promised: string[] = []
  for (let life = 0; life <= kills; life++) {
    const numbers = Array.from({ length: perLife }, (_, i) => `1999999${String(3000 + life * perLife + i)}`)
    const asked = numbers.map(async (phone) => {
      const answer = await caller.send('POST', '/public/sign-in-codes', { requestId: newId(), phone }).catch(() => undefined)
      if (answer?.status === 202) promised.push(phone)
    })
    if (life === kills) await Promise.all(asked)
    else {
      // In the middle: some are asked for, some sent, some sent and not yet noted.
      await waitFor(async () => (await arrived()).length > life * perLife, 5000, 5)
      await platform.kill()
      await Promise.all(asked)
      platform = await start()
    }
  }
  expect(promised.length).toBeGreaterThan(perLife)
  // A process that died held what it was sending for half a minute.
  const isThere = async () => {
    const there = new Set((await arrived()).map(({ to }) => to))
    return promised.every((phone) => there.has(phone))
  }
  expect(await waitFor(isThere, 60_000, 500)).toBe(true)
  const all = await arrived()
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
  const perPhone = Map.groupBy(all, ({ to }) => to)
  expect([...perPhone.values()].filter((codes) => codes.length > 1)).toEqual([])
})
