import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import mqtt, { type MqttClient } from 'mqtt'

export interface FleetDevice {
  code: string
  secret: string
  kind: string
}

/** One message as its device knows it; `ackedAt` is set by PUBACK alone. */
export interface Sent {
  device: string
  /** `i:` and its id, `t:` and its time, or `q:` and the hash of what must end in quarantine. */
  key: string
  kind: 'good' | 'alarm' | 'wrong-clock' | 'poison'
  sentAt: number
  ackedAt?: number
}

export interface FleetOptions {
  mqttUrl: string
  devices: readonly FleetDevice[]
  /** Messages a second of all devices together. */
  rate: number
  random: () => number
}

export interface Fleet {
  readonly sent: readonly Sent[]
  acknowledged(): number
  connected(): number
  /** What was done to the devices on the way. */
  readonly trouble: { wrongSecrets: number; letIn: number; foreignTopics: number; held: number }
  /** No more messages; answers how many were never acknowledged, when nothing is for so long. */
  finish(quietMs: number): Promise<number>
  /** One message of each device now; answers the codes of those that got no acknowledgement within the time. */
  lastWords(withinMs: number): Promise<string[]>
  close(): Promise<void>
}

/** More than this without an acknowledgement, and the fleet waits: it is a town, not a bomb. */
const mostUnanswered = 10_000
const tickMs = 20
/** The first devices are those whose secret strangers guess, again and again. */
const guessed = 4

/**
 * Devices as they are: each an unmodified MQTT client that sends what was not acknowledged again when its line is back. Beside measurements they
 * send calls for help, clocks a year off, and what nobody can take; strangers knock with wrong secrets, and a few devices try others' topics.
 */
export async function openFleet({ mqttUrl, devices, rate, random }: FleetOptions): Promise<Fleet> {
  const clients = devices.map(({ code, secret }) => connect(mqttUrl, code, secret))
  const sent: Sent[] = []
  const trouble: Fleet['trouble'] = { wrongSecrets: 0, letIn: 0, foreignTopics: 0, held: 0 }
  const lastTs = new Map<string, number>()
  let acked = 0
  let serial = 0
  let isOver = false
  const publish = async (index: number, message: Message): Promise<void> => {
    const { code } = devices[index]!
    const line: Sent = { device: code, key: message.key, kind: message.kind, sentAt: Date.now() }
    sent.push(line)
    while (!isOver) {
      const isAcknowledged = await clients[index]!.publishAsync(`up/${code}/telemetry`, message.payload, { qos: 1 }).then(
        () => true,
        // The client gives some messages back when its line breaks while it sends what is left of the last one; they are still the device's to send.
        () => false,
      )
      if (isAcknowledged) {
        line.ackedAt = Date.now()
        acked++
        return
      }
      await sleep(250)
    }
  }
  const send = (): void => {
    const index = serial % devices.length
    const device = devices[index]!
    const ts = Math.max(Date.now(), (lastTs.get(device.code) ?? 0) + 1)
    lastTs.set(device.code, ts)
    void publish(index, compose(device, ++serial, ts, random))
  }
  const startedAt = performance.now()
  let due = 0
  const ticks = setInterval(() => {
    const wanted = Math.floor(((performance.now() - startedAt) / 1000) * rate)
    for (; due < wanted; due++) {
      if (sent.length - acked >= mostUnanswered) trouble.held++
      else send()
    }
  }, tickMs)
  const guesses = setInterval(() => {
    trouble.wrongSecrets++
    void knock(mqttUrl, devices[Math.floor(random() * guessed)]!.code).then((isLetIn) => {
      if (isLetIn) trouble.letIn++
    })
  }, 200)
  const strays = setInterval(() => {
    const [index, other] = [Math.floor(random() * devices.length), Math.floor(random() * devices.length)]
    if (!clients[index]!.connected || index === other) return
    trouble.foreignTopics++
    clients[index]!.publish(`up/${devices[other]!.code}/telemetry`, '{"values":{"battery":1}}', { qos: 0 })
  }, 500)
  const stop = (): void => {
    for (const timer of [ticks, guesses, strays]) clearInterval(timer)
  }
  return {
    sent,
    trouble,
    acknowledged: () => acked,
    connected: () => clients.filter(({ connected }) => connected).length,
    async finish(quietMs) {
      stop()
      let [before, since] = [acked, Date.now()]
      while (acked < sent.length && Date.now() - since < quietMs) {
        await sleep(50)
        if (acked > before) [before, since] = [acked, Date.now()]
      }
      return sent.length - acked
    },
    async lastWords(withinMs) {
      const silent = await Promise.all(
        devices.map(async (device, index) => {
          const ts = Math.max(Date.now(), (lastTs.get(device.code) ?? 0) + 1)
          const answer = publish(index, { ...good(device, ++serial, ts, random), kind: 'good' }).then(() => true)
          return (await Promise.race([answer, sleep(withinMs, false)])) ? undefined : device.code
        }),
      )
      return silent.filter((code) => code !== undefined)
    },
    async close() {
      isOver = true
      stop()
      await Promise.all(clients.map((client) => client.endAsync(true)))
    },
  }
}

function connect(url: string, code: string, secret: string): MqttClient {
  const client = mqtt.connect(url, {
    clientId: code,
    username: code,
    password: secret,
    protocolVersion: 4,
    reconnectPeriod: 250,
    connectTimeout: 10_000,
    keepalive: 60,
  })
  client.on('error', () => {})
  return client
}

/** A stranger with the name of a device and a secret that is not its own. */
function knock(url: string, code: string): Promise<boolean> {
  const client = mqtt.connect(url, { clientId: code, username: code, password: 'x'.repeat(43), protocolVersion: 4, reconnectPeriod: 0 })
  return new Promise<boolean>((resolve) => {
    client.once('connect', () => resolve(true))
    client.once('error', () => resolve(false))
    client.once('close', () => resolve(false))
  }).finally(() => client.end(true))
}

interface Message {
  kind: Sent['kind']
  key: string
  payload: string | Buffer
}

const year = 365 * 86_400_000

function compose(device: FleetDevice, serial: number, ts: number, random: () => number): Message {
  const dice = random()
  if (dice < 0.001) return poison(`{"values":{"battery":1},"n":${serial},"x":"${'x'.repeat(1024 * 1024)}"}`)
  if (dice < 0.006) return poison(`{"values":{"battery":${serial}`)
  if (dice < 0.011) return poison(`{"id":"p${serial}","values":{"${rangeOf(device)}":-${serial}}}`)
  if (dice < 0.016) {
    const id = `y${serial}`
    const wrong = ts + (dice < 0.0135 ? year : -year)
    return { kind: 'wrong-clock', key: `i:${id}`, payload: JSON.stringify({ id, ts: wrong, values: measured(device, random) }) }
  }
  if (dice < 0.046 && (device.kind === 'wristband' || device.kind === 'smoke')) {
    const values = device.kind === 'wristband' ? { sos: 1 } : { smoke: 1 }
    return { kind: 'alarm', ...named(serial, ts, values, random) }
  }
  return { kind: 'good', ...good(device, serial, ts, random) }
}

const good = (device: FleetDevice, serial: number, ts: number, random: () => number) => named(serial, ts, measured(device, random), random)

/** Half of the devices' makers give ids, half only times: both are told apart. */
function named(serial: number, ts: number, values: object, random: () => number): Omit<Message, 'kind'> {
  const id = `m${serial}`
  return random() < 0.5
    ? { key: `i:${id}`, payload: JSON.stringify({ id, values }) }
    : { key: `t:${ts}`, payload: JSON.stringify({ ts, values }) }
}

const poison = (payload: string): Message => ({
  kind: 'poison',
  key: `q:${createHash('sha256').update(payload).digest('hex')}`,
  payload,
})

const ranges: Readonly<Record<string, string>> = { meter: 'kwh', gateway: 'devices' }
const rangeOf = ({ kind }: FleetDevice): string => ranges[kind] ?? 'battery'

function measured({ kind }: FleetDevice, random: () => number): Record<string, number> {
  const battery = Math.floor(random() * 100)
  if (kind === 'meter') return { kwh: Math.floor(random() * 1e6) / 100 }
  if (kind === 'gateway') return { devices: Math.floor(random() * 50) }
  if (kind === 'door') return { passage: random() < 0.5 ? 1 : 0, battery }
  if (kind === 'motion') return { active: random() < 0.5 ? 1 : 0, battery }
  if (kind === 'smoke') return { smoke: 0, battery }
  return { steps: Math.floor(random() * 20_000), battery }
}
