import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Aedes, type AuthenticateError, type Client } from 'aedes'
import { type Door, openDoor } from '../admit-device.ts'
import type { SignalsDeps } from '../deps.ts'
import { type DeviceBook, type DeviceFacts, isStillIn } from '../device-book.ts'
import type { Ingest } from '../ingest.ts'
import { keepInfo } from '../keep-info.ts'
import { openPresence } from '../presence.ts'
import { watchForClones, youngSessionMs } from '../suspect-clone.ts'
import { certificateOf, createTlsServer, type TlsFiles } from './listen-tls.ts'
import { guardPackets } from './packet-gate.ts'

export interface MqttOptions {
  deps: SignalsDeps
  host: string
  port: number
  book: DeviceBook
  ingest: Ingest
  /** Absent: no encrypted door. */
  tls?: TlsFiles | undefined
}

export interface MqttServer {
  url: string
  /** Null where there is no encrypted door. */
  tlsUrl: string | null
  stop(): Promise<void>
}

/** A connection that was let in. */
interface DeviceClient extends Client {
  device?: DeviceFacts
  address?: string
  since?: number
}

const refreshEveryMs = 1000
const beatEveryMs = 10_000
const refusedCode = 4

/**
 * MQTT 3.1.1 for devices (DESIGN 7): client id and user name are the code, the password is the secret, or the line shows the device's own
 * certificate and the client id is the code. A device publishes to its own topic and
 * is acknowledged when its message has committed; it hears its own commands; everything else ends the connection. Nothing is retained and
 * there are no wills: a broker that remembers would be a second truth.
 */
export async function startMqtt({ deps, host, port, book, ingest, tls }: MqttOptions): Promise<MqttServer> {
  const door = openDoor(deps, book)
  const clones = watchForClones(deps)
  const presence = openPresence(deps, (error) => deps.log('presence of devices could not be noted', { error: error.message }))
  const broker = new Aedes({
    heartbeatInterval: 3_600_000,
    connectTimeout: 15_000,
    concurrency: 1000,
    preConnect: (client, packet, done) => {
      delete packet.will
      ;(client as DeviceClient).address = (client.conn as Socket).remoteAddress ?? ''
      done(null, true)
    },
    authenticate: (client, username, password, done) => {
      enter(client as DeviceClient, username, password).then(
        (isAdmitted) => (isAdmitted ? done(null, true) : done(refusal(refusedCode), null)),
        // A client that is told "server unavailable" may take that for its last word (npm `mqtt` does); one whose line ends tries again.
        () => client.close(),
      )
    },
    authorizePublish: (client, packet, done) => {
      if (!client) return done(new Error('no wills'))
      packet.retain = false
      publish(client as DeviceClient, packet.topic, packet.payload).then(() => done(null), done)
    },
    authorizeSubscribe: (client, subscription, done) => {
      const { device, address } = client as DeviceClient
      if (device && subscription.topic === `down/${device.code}/command`) return done(null, subscription)
      void door.note('signals.topic_refused', { code: device?.code ?? '', address: address ?? '', topic: subscription.topic })
      done(new Error('not its topic'))
    },
  })
  const enter = async (client: DeviceClient, username: string | undefined, password: Buffer | undefined): Promise<boolean> => {
    if (!(await admit(door, client, username, password))) return false
    client.since = performance.now()
    const before = clientsOf(broker)[client.device!.code] as DeviceClient | undefined
    const isYoung = before?.device !== undefined && client.since - (before.since ?? 0) < youngSessionMs
    return !(isYoung && (await clones.takenOver(client.device!, client.address ?? '')))
  }
  const publish = async (client: DeviceClient, topic: string, payload: Buffer | string): Promise<void> => {
    const device = client.device && book.find(client.device.code)
    if (!device || !isStillIn(device, client.device!, deps.clock.now())) throw new Error('not let in')
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload)
    if (topic === `up/${device.code}/telemetry`) await ingest.accept(device, bytes, 'mqtt')
    else if (topic === `up/${device.code}/raw`)
      await ingest.refuse({ device, payload: bytes, channel: 'mqtt', fault: { reason: 'topic-unknown' } })
    else if (topic === `up/${device.code}/info`) {
      const fault = await keepInfo(deps, device, bytes)
      if (fault) await ingest.refuse({ device, payload: bytes, channel: 'mqtt', fault })
    } else {
      await door.note('signals.topic_refused', { code: device.code, address: client.address ?? '', topic })
      throw new Error('not its topic')
    }
  }
  broker.on('clientReady', (client) => {
    const { device } = client as DeviceClient
    if (device) presence.come(device.deviceId)
  })
  broker.on('clientDisconnect', (client) => {
    const { device } = client as DeviceClient
    if (device) presence.go(device.deviceId)
  })
  // A device that breaks the rules, or a line that breaks, is no fault of this process.
  broker.on('clientError', () => {})
  broker.on('connectionError', () => {})
  await broker.listen()

  const connected = (socket: Socket): void => {
    guardPackets(socket, (bytes) => void door.note('signals.packet_refused', { code: '', address: socket.remoteAddress ?? '', bytes }))
    broker.handle(socket)
  }
  const server = createServer(connected)
  const tlsServer = tls && createTlsServer(tls, connected)
  await opened(server, host, port)
  if (tlsServer) await opened(tlsServer, host, tls.port)
  await presence.beat()
  const beats = setInterval(() => void presence.beat().catch(() => {}), beatEveryMs)
  const refreshes = setInterval(
    () =>
      void book
        .refresh()
        .then(endRevoked)
        .catch(() => {}),
    refreshEveryMs,
  )

  /** A key that was changed, or a device that was taken out of the ledger, ends its session. */
  function endRevoked(changed: DeviceFacts[]): void {
    for (const device of changed) {
      const client = clientsOf(broker)[device.code] as DeviceClient | undefined
      if (client?.device && !isStillIn(device, client.device, deps.clock.now())) client.close()
    }
  }

  return {
    url: urlOf('mqtt', host, server),
    tlsUrl: tlsServer ? urlOf('mqtts', host, tlsServer) : null,
    stop: async () => {
      clearInterval(beats)
      clearInterval(refreshes)
      server.close()
      tlsServer?.close()
      await new Promise<void>((resolve) => broker.close(resolve))
      await ingest.drain()
      await presence.end()
    },
  }
}

async function admit(door: Door, client: DeviceClient, username: string | undefined, password: Buffer | undefined): Promise<boolean> {
  const certificate = certificateOf(client.conn)
  const name = username ?? (certificate && client.id)
  const isOwnName = name !== undefined && name === client.id
  const device = await door.admit({
    code: name ?? '',
    secret: isOwnName ? (password?.toString('utf8') ?? '') : '',
    certificate: isOwnName ? certificate : undefined,
    address: client.address ?? '',
    channel: 'mqtt',
  })
  if (!device) return false
  client.device = device
  return true
}

async function opened(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port })
  await once(server, 'listening')
}

const urlOf = (scheme: string, host: string, server: Server): string =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`

const refusal = (returnCode: number): AuthenticateError => Object.assign(new Error('refused'), { returnCode })

/** Sessions by client id; the library keeps them and types them away. */
const clientsOf = (broker: Aedes): Record<string, Client | undefined> => (broker as unknown as { clients: Record<string, Client> }).clients
