import { createServer } from 'node:http'
import pg from 'pg'

/**
 * The bare limit of finding a person: node:http and one prepared statement on people in clear, each question with the index that suits it
 * best; no session, no policy, no masks. Started by the bench as a process of its own: `node bare-find.ts PORT DATABASE_URL CONNECTIONS LEVEL AREA`.
 */
const [port = '0', url = '', connections = '16', level = 'community_id', areaId = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: Number(connections), options: '-c timezone=UTC -c role=linli_app' })

const conditions: Record<string, string> = {
  idNumber: 'id_number = $1',
  phone: 'phone = $1',
  twoCharacters: 'base.grams(name) @> base.grams($1) AND strpos(name, $1) > 0',
  threeCharacters: 'base.grams(name) @> base.grams($1) AND strpos(name, $1) > 0',
  address: `address_id IN (SELECT address_id FROM bench.address WHERE full_name COLLATE "C" BETWEEN $1 AND $1 || chr(1114111) AND ${level} = $2)`,
}

const server = createServer((request, response) => {
  const asked = new URL(request.url ?? '/', 'http://bare')
  const kind = asked.pathname.slice(1)
  const condition = conditions[kind]
  if (!condition) return response.writeHead(404).end()
  const text = `SELECT person_id, name, id_number, phone, place, status, changed_at FROM bench.person
    WHERE ${condition} AND ${level} = $2 ORDER BY changed_at DESC, person_id DESC LIMIT 31`
  pool.query({ name: kind, text, values: [asked.searchParams.get('q'), areaId] }).then(
    ({ rows }) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: rows })),
    (error: Error) => {
      console.error(request.url, error.message)
      response.writeHead(500).end(error.message)
    },
  )
})

server.listen(Number(port), '127.0.0.1', () => process.stdout.write('listening\n'))
process.on('SIGTERM', () => {
  server.closeAllConnections()
  server.close()
  void pool.end().then(() => process.exit(0))
})
