import pg from 'pg'
import type { Log } from './subscriber.ts'

const channel = 'linli_outbox'
const reconnectMs = 1000
/** At most so often: a hundred commits in this time are one wake-up. */
const gatherMs = 10

/**
 * Tells other processes that events were committed. On a connection of its own and after the commit: a NOTIFY inside the write
 * would put all writers in one queue. A lost wake-up costs a second, the interval at which they look by themselves.
 */
export function createWaker({ url, log = () => {} }: { url: string; log?: Log }): { wake(): void; stop(): Promise<void> } {
  const line = keepConnected(url, 'linli-wake', log)
  let timer: NodeJS.Timeout | undefined
  return {
    wake() {
      timer ??= setTimeout(() => {
        timer = undefined
        line
          .client()
          ?.query(`NOTIFY ${channel}`)
          .catch(() => {})
      }, gatherMs)
    },
    async stop() {
      clearTimeout(timer)
      await line.stop()
    },
  }
}

/** Calls `onWake` for every wake-up of another process, and once after each reconnect, since some may have been missed. */
export function listenForWakes({ url, onWake, log = () => {} }: { url: string; onWake: () => void; log?: Log }): { stop(): Promise<void> } {
  return keepConnected(url, 'linli-listen', log, async (client) => {
    client.on('notification', onWake)
    await client.query(`LISTEN ${channel}`)
    onWake()
  })
}

function keepConnected(url: string, name: string, log: Log, onConnect?: (client: pg.Client) => Promise<void>) {
  let current: pg.Client | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const connect = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true })
    let isGone = false
    const gone = (error?: Error): void => {
      if (isGone) return
      isGone = true
      if (current === client) current = undefined
      client.end().catch(() => {})
      if (stopped) return
      log('wake-up connection lost, connecting again', { name, error: error?.message })
      timer = setTimeout(() => {
        connecting = connect()
      }, reconnectMs)
    }
    client.on('error', gone)
    client.on('end', () => gone())
    try {
      await client.connect()
      await onConnect?.(client)
      if (stopped) await client.end()
      else current = client
    } catch (error) {
      gone(error as Error)
    }
  }
  let connecting = connect()

  return {
    client: () => current,
    async stop(): Promise<void> {
      stopped = true
      clearTimeout(timer)
      await connecting
      await current?.end().catch(() => {})
    },
  }
}
