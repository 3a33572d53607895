import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { newId } from '@linli/base/define'
import pg from 'pg'
import { type Recorded, templateOf } from './record-statements.ts'

/**
 * The bare limit of intake: node:http, JSON.parse, and the statements of the product in one transaction over the same number of
 * connections; no routing, no validation, no schema, no session. Started by the bench as a process of its own:
 * `node bare-accept.ts RECORDING PORT DATABASE_URL CONNECTIONS`.
 */
const [recording = '', port = '0', url = '', connections = '16'] = process.argv.slice(2)
const { first, second } = JSON.parse(readFileSync(recording, 'utf8'), revive) as { first: Recorded[]; second: Recorded[] }
const template = templateOf(first, second)
const pool = new pg.Pool({ connectionString: url, max: Number(connections), options: '-c timezone=UTC' })
let serial = 0
const fresh = {
  id: () => newId(),
  number: () => `20000101-${String(++serial).padStart(9, '0')}`,
  bytes: (length: number) => randomBytes(length),
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'))
    accept().then(
      (answer) => response.writeHead(201, { 'content-type': 'application/json' }).end(answer),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
})

async function accept(): Promise<string> {
  const client = await pool.connect()
  try {
    for (const statement of template.fill(fresh)) await client.query(statement)
    return JSON.stringify({ number: `20000101-${serial}`, code: '0000000000000000' })
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

function revive(_: string, value: unknown): unknown {
  const buffer = value as { type?: string; data?: number[] } | null
  return buffer?.type === 'Buffer' && Array.isArray(buffer.data) ? Buffer.from(buffer.data) : value
}

server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'))
process.on('SIGTERM', () => {
  server.closeAllConnections()
  server.close()
  void pool.end().then(() => process.exit(0))
})
