import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Aedes } from 'aedes'
import pg from 'pg'

/**
 * The bare limit of taking messages in: the same broker library without accounts, JSON.parse, and a batched insert into one table; PUBACK after
 * COMMIT. No ledger, no models, no latest values, no rules. A call for help is committed alone on a connection of its own and then published to
 * whoever listens: broker round trip and one commit. A process of its own: `bare-ingest.ts DATABASE_URL`.
 */
const [url = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 2 })
await pool.query('CREATE TABLE IF NOT EXISTS public.bare (device text, at bigint, key text, message jsonb, PRIMARY KEY (device, at, key))')

interface Waiting {
  device: string
  at: number
  text: string
  done(error?: Error | null): void
}

let waiting: Waiting[] = []
let isRunning = false

async function run(): Promise<void> {
  isRunning = true
  await new Promise<void>((resume) => setImmediate(resume))
  while (waiting.length > 0) {
    const batch = waiting.slice(0, 1000)
    waiting = waiting.slice(1000)
    const error = await insert(batch).then(
      () => null,
      (fault: Error) => fault,
    )
    for (const { done } of batch) done(error)
  }
  isRunning = false
}

const insert = (batch: readonly Waiting[]): Promise<unknown> =>
  pool.query({
    name: 'insert',
    text: 'INSERT INTO public.bare SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::jsonb[]) ON CONFLICT DO NOTHING',
    values: [batch.map(({ device }) => device), batch.map(({ at }) => at), batch.map(({ at }) => `t:${at}`), batch.map(({ text }) => text)],
  })

const broker = new Aedes({
  concurrency: 1000,
  authorizePublish: (client, packet, done) => {
    const text = packet.payload.toString()
    const { ts, values } = JSON.parse(text) as { ts: number; values: { sos?: number } }
    const one: Waiting = { device: client?.id ?? '', at: ts, text, done }
    if (values.sos === 1) void insert([one]).then(() => call(one), done)
    else {
      waiting.push(one)
      if (!isRunning) void run()
    }
  },
})
await broker.listen()

function call({ device, done }: Waiting): void {
  done(null)
  broker.publish({ cmd: 'publish', topic: 'calls', payload: Buffer.from(device), qos: 0, retain: false, dup: false }, () => {})
}

const server = createServer((socket) => broker.handle(socket))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
process.on('SIGTERM', () => process.exit(0))
