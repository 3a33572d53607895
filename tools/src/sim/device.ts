import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { newId } from '@linli/base/define'
import type { ThingModel } from '@linli/signals/define'
import mqtt, { type MqttClient } from 'mqtt'

interface DemoFile {
  mqttUrl: string | null
  devices: { code: string; secret: string; kind: string }[]
}

/** What pressing Enter for the n-th time means for each kind. */
const purposes: Record<string, (turn: number) => Record<string, number>> = {
  wristband: () => ({ sos: 1 }),
  door: () => ({ passage: 1 }),
  smoke: () => ({ smoke: 1 }),
  // A meter counts on: a home that cooks between two readings.
  meter: (turn) => ({ kwh: Math.round((4200 + turn * 0.4) * 100) / 100 }),
  motion: () => ({ active: 1 }),
  gateway: () => ({ devices: 2 }),
}

/** A device in a process of its own, with an unmodified MQTT client: says hello, then sends what is typed. */
export async function runDevice(model: ThingModel, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { code: { type: 'string' }, secret: { type: 'string' }, url: { type: 'string' }, once: { type: 'boolean', default: false } },
  })
  const { code, secret, url } = await whoAmI(model, values)
  const client = await connect(url, code, secret)
  console.log(`${model.nameEn} ${code} is connected to ${url}.`)
  const send = async (said: Record<string, number>): Promise<void> => {
    await client.publishAsync(`up/${code}/telemetry`, JSON.stringify({ id: newId(), ts: Date.now(), values: said }), { qos: 1 })
    console.log(`${JSON.stringify(said)} is stored.`)
  }
  if (values.once) await send(purposes[model.key]!(1))
  else await hear(model, send)
  await client.endAsync()
}

async function whoAmI(model: ThingModel, asked: { code?: string | undefined; secret?: string | undefined; url?: string | undefined }) {
  const path = join(process.env.DATA_DIR ?? '.data', 'demo.json')
  const demo = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as DemoFile,
    () => undefined,
  )
  const device = demo?.devices.find(({ code, kind }) => (asked.code ? code === asked.code : kind === model.key))
  const code = asked.code ?? device?.code
  const secret = asked.secret ?? device?.secret
  if (!code || !secret) throw new Error(`no device: give --code and --secret, or start the platform with demo data (${path})`)
  return { code, secret, url: asked.url ?? demo?.mqttUrl ?? 'mqtt://127.0.0.1:1883' }
}

async function connect(url: string, code: string, secret: string): Promise<MqttClient> {
  const client = mqtt.connect(url, { clientId: code, username: code, password: secret, protocolVersion: 4, reconnectPeriod: 2000 })
  return new Promise((resolve, reject) => {
    client.once('connect', () => resolve(client))
    client.once('error', (error) => client.end(true, () => reject(error)))
  })
}

async function hear(model: ThingModel, send: (values: Record<string, number>) => Promise<void>): Promise<void> {
  let turn = 0
  const purpose = purposes[model.key]!
  const names = model.values.map(({ key }) => key).join(', ')
  console.log(`Enter sends ${JSON.stringify(purpose(1))}; or type a value (${names}) and a number, "battery 40". Ctrl-D ends.`)
  for await (const line of createInterface({ input: process.stdin })) {
    const [key = '', number = ''] = line.trim().split(/\s+/)
    if (key === '') await send(purpose(++turn))
    else if (number !== '' && Number.isFinite(Number(number))) await send({ [key]: Number(number) })
    else console.log(`a value and a number: ${names}`)
  }
}
