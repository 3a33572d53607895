import type pg from 'pg'

/** A statement as it went to PostgreSQL; values are absent for plain text (BEGIN, settings, COMMIT). */
export interface Recorded {
  text: string
  name?: string
  values?: unknown[]
  /** Which connection, by number. */
  by?: number
}

/** A pool that does what the given one does and writes down what is sent. Recording what the product really sends keeps the bare reference from drifting. */
export function recordingPool(pool: pg.Pool): { pool: pg.Pool; take(): Recorded[] } {
  let sent: Recorded[] = []
  let connected = 0
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    const by = ++connected
    return new Proxy(client, {
      get(target, key) {
        if (key !== 'query') {
          const value = Reflect.get(target, key) as unknown
          return typeof value === 'function' ? value.bind(target) : value
        }
        return (query: string | Recorded) => {
          sent.push(typeof query === 'string' ? { text: query, by } : { text: query.text, name: query.name, values: query.values, by })
          return target.query(query as never)
        }
      },
    })
  }
  const proxy = new Proxy(pool, { get: (target, key) => (key === 'connect' ? connect : Reflect.get(target, key)) })
  return {
    pool: proxy,
    take: () => {
      const taken = sent
      sent = []
      return taken
    },
  }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const serial = /\b\d{8}-\d{6,}\b/g

/**
 * What must be new for every request: the ids, numbers and hashes by which two recorded requests differ.
 * `fill` gives the recorded statements with fresh ones, the same wherever the same stood.
 */
export function templateOf(first: readonly Recorded[], second: readonly Recorded[]): { fill(fresh: Fresh): Recorded[]; count: number } {
  if (first.length !== second.length || first.some((line, i) => line.name !== second[i]!.name))
    throw new Error('two requests sent different statements')
  const known = new Set(second.flatMap((line) => (line.values ?? []).flatMap((value) => tokensIn(value))))
  const changing = new Set(
    first.flatMap((line) => (line.values ?? []).flatMap((value) => tokensIn(value))).filter((token) => !known.has(token)),
  )
  return {
    count: first.length,
    fill: (fresh) => {
      const replaced = new Map([...changing].map((token) => [token, token.length === 36 ? fresh.id() : fresh.number()]))
      return first.map((line, i) =>
        line.values ? { ...line, values: line.values.map((value, j) => refresh(value, second[i]!.values![j], replaced, fresh)) } : line,
      )
    },
  }
}

export interface Fresh {
  id(): string
  number(): string
  bytes(length: number): Buffer
}

function tokensIn(value: unknown): string[] {
  return typeof value === 'string' ? [...value.matchAll(uuid), ...value.matchAll(serial)].map(([token]) => token) : []
}

function refresh(value: unknown, other: unknown, replaced: ReadonlyMap<string, string>, fresh: Fresh): unknown {
  if (Buffer.isBuffer(value)) return Buffer.isBuffer(other) && value.equals(other) ? value : fresh.bytes(value.length)
  if (typeof value !== 'string') return value
  let text = value
  for (const [token, next] of replaced) if (text.includes(token)) text = text.replaceAll(token, next)
  return text
}
