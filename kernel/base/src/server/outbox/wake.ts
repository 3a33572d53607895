import pg from 'pg'
import type { Log } from './subscriber.ts'

/** Where processes tell each other that events were committed. */
export interface WakeLine {
  readonly url: string
  /** Names this process: what it said itself it need not hear. */
  readonly origin: string
}

const channel = 'linli_outbox'
/** A notification carries 8,000 bytes; with more names than these it says only that there was something. */
const mostNames = 100
const reconnectMs = 1000
/** At most so often: a hundred commits in this time are one wake-up. */
const gatherMs = 10

/**
 * Tells other processes that events were committed. On a connection of its own and after the commit: a NOTIFY inside the write
 * would put all writers in one queue. A lost wake-up costs a second, the interval at which they look by themselves.
 */
export function createWaker({ url, origin, log = () => {} }: WakeLine & { log?: Log }): {
  wake(events: ReadonlySet<string>): void
  stop(): Promise<void>
} {
  const line = keepConnected(url, 'linli-wake', log)
  const gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  return {
    wake(events) {
      for (const event of events) gathered.add(event)
      timer ??= setTimeout(() => {
        const names = gathered.size > mostNames ? [] : [...gathered]
        timer = undefined
        gathered.clear()
        line
          .client()
          ?.query('SELECT pg_notify($1, $2)', [channel, [origin, ...names].join(' ')])
          .catch(() => {})
      }, gatherMs)
    },
    async stop() {
      clearTimeout(timer)
      await line.stop()
    },
  }
}

export interface Listening extends WakeLine {
  /** Gets the names of the events; nothing when it could be any. */
  onWake(events?: ReadonlySet<string>): void
  log?: Log
}

/** Calls `onWake` for every wake-up of another process, and once after each reconnect, since some may have been missed. */
export function listenForWakes({ url, origin, onWake, log = () => {} }: Listening): { stop(): Promise<void> } {
  return keepConnected(url, 'linli-listen', log, async (client) => {
    client.on('notification', ({ payload = '' }) => {
      const [from, ...names] = payload.split(' ')
      if (from !== origin) onWake(names.length > 0 ? new Set(names) : undefined)
    })
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
