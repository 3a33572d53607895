import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import pg from 'pg'
import type { Recorded } from './record-statements.ts'

/**
 * The bare limit of reading: node:http and the prepared statements that the product was recorded to send, in one transaction, their rows
 * as JSON; no routing, no session, no masking, no shape. Started by the bench as a process of its own:
 * `node bare-reads.ts RECORDINGS PORT DATABASE_URL CONNECTIONS`; answers each recording under its name.
 */
const [recordings = '', port = '0', url = '', connections = '16'] = process.argv.slice(2)
const recorded = JSON.parse(readFileSync(recordings, 'utf8')) as Record<string, Recorded[]>
const pool = new pg.Pool({ connectionString: url, max: Number(connections), options: '-c timezone=UTC' })

const server = createServer((request, response) => {
  const statements = recorded[request.url?.slice(1) ?? '']
  if (!statements) return response.writeHead(404).end()
  read(statements).then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    (error: Error) => {
      console.error(request.url, error.message)
      response.writeHead(500).end(error.message)
    },
  )
})

async function read(statements: readonly Recorded[]): Promise<string> {
  const client = await pool.connect()
  try {
    const answers: unknown[] = []
    for (const statement of statements) {
      const { rows } = await client.query(statement)
      if (statement.values) answers.push(rows)
    }
    return JSON.stringify(answers)
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'))
process.on('SIGTERM', () => {
  server.closeAllConnections()
  server.close()
  void pool.end().then(() => process.exit(0))
})
