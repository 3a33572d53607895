import pg from 'pg'

export type Client = pg.PoolClient

/** Type numbers of PostgreSQL that the driver has no names for. */
const integerArray: number = 1007
const bigintArray: number = 1016

/** bigint and numeric come as text from PostgreSQL; counts and ids here stay below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(bigintArray, pg.types.getTypeParser(integerArray))
/** Dates stay text: a `Date` would be shifted by the time zone of the process. */
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)

export interface DatabaseOptions {
  /** The serving login: a member of linli_app and linli_system that inherits neither. */
  url: string
  max: number
  name: string
}

/** A pool whose connections refuse to wait for ever: a stuck lock or statement is an error, not an outage. */
export function openPool({ url, max, name }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: `linli-${name}`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // A question need not wait for the answer of the one before.
    pipeline: true,
    options: '-c statement_timeout=20000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC',
  })
  // An idle connection that dies (server restarted, kill -9) is only dropped; the next request opens a new one.
  pool.on('error', () => {})
  // A connection that dies while it is in use but between two statements: the next statement fails and the transaction with it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** True for failures that say nothing about the request: the server went away, is starting, or is out of connections. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  if (code && /^(08...|57P0[123]|53[0-9]{3}|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH)$/.test(code)) return true
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|connection is insecure/.test(
    message ?? '',
  )
}

/** Deadlock, serialization failure: nothing was written, the same work may run again. */
export function isRetryable(error: unknown): boolean {
  const code = (error as { code?: string } | undefined)?.code
  return code === '40001' || code === '40P01'
}
