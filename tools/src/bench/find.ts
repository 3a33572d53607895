import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { percentile } from '../harness/file-appeals.ts'
import { freePort } from '../harness/run-platform.ts'
import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { type Explained, explainAll } from './explain.ts'
import { fillPersons } from './many-persons.ts'
import { median, residentMb } from './measure.ts'
import { closedLoop } from './post-load.ts'
import { recordReads } from './record-reads.ts'
import { openFilled, type Stage, signIn } from './stage.ts'

const sizes: Record<string, number> = { small: 2_500, default: 100_000, '1m': 1_000_000 }
const posts = [
  ['cell', 'gridWorker'],
  ['community', 'communityWorker'],
] as const
const clients = 8

/** Of every twenty questions; what is asked for exists, for a search that finds nothing is the cheapest of all. */
const mix = { idNumber: 8, phone: 4, twoCharacters: 3, threeCharacters: 3, address: 2 } as const
type Kind = keyof typeof mix
const kinds = Object.keys(mix) as Kind[]

interface Question {
  kind: Kind
  words: string
}

/**
 * `find`: a person by number, phone, two or three characters of the name, or address, among sealed files, in scope and masked, over HTTP;
 * against a bare server with one prepared statement on the same people in clear under their best indexes. `value` is p95 of the mix in
 * milliseconds, `ratio` that of the bare server over it, at the worse of two posts.
 */
export const find: Bench = {
  name: 'find',
  async run({ small, explain, size, dataDir, say }: BenchOptions): Promise<BenchReport> {
    const people = sizes[small ? 'small' : (size ?? 'default')]
    if (!people) throw new Error(`sizes: ${Object.keys(sizes).join(', ')}`)
    const stage = await openFilled({ name: `people-${people}`, dataDir, say, fill: (urls) => fillPersons(urls, people) })
    try {
      const load = small ? { rounds: 1, seconds: 0.3 } : { rounds: 5, seconds: 3 }
      const lines: FindLine[] = []
      for (const [name, role] of posts) lines.push(await compareFinds(stage as Stage, name, role, { ...load, explain, say }))
      return reportOf(lines, people, await residentMb(stage.platform.child.pid!))
    } finally {
      await stage.stop()
    }
  },
}

export interface FindLine {
  post: string
  perSecond: number
  barePerSecond: number
  p50: number
  p95: number
  bareP50: number
  bareP95: number
  /** Median of the rounds' own. */
  ratio: number
  kinds: { kind: Kind; p50: number; p95: number; bareP50: number; bareP95: number; statements: number; plans?: Explained[] }[]
}

interface LoadOptions {
  rounds: number
  seconds: number
  explain: boolean
  say(line: string): void
}

async function compareFinds(stage: Stage, post: string, role: string, { rounds, seconds, explain, say }: LoadOptions): Promise<FindLine> {
  const token = await signIn(stage.platform.url, stage.login(role))
  const questions = await drawQuestions(stage.ownerUrl, stage.login(role).areaCode)
  const bare = await startBare(stage.servingUrl, questions.level, questions.areaId)
  try {
    const ours: Asked[] = []
    const theirs: Asked[] = []
    for (let round = 0; round <= rounds; round++) {
      const span = round === 0 ? Math.min(1, seconds) : seconds
      const our = await ask(
        ({ words }) => `${stage.platform.url}/api/v1/persons?q=${encodeURIComponent(words)}`,
        token,
        questions.drawn,
        span,
      )
      const their = await ask(({ kind, words }) => `${bare.url}/${kind}?q=${encodeURIComponent(words)}`, token, questions.drawn, span)
      // The first time is for the caches.
      if (round === 0) continue
      ours.push(our)
      theirs.push(their)
      say(
        `round ${round}, ${post}: ours ${our.perSecond.toFixed(0)}/s p95 ${our.p95.toFixed(1)} ms, bare ${their.perSecond.toFixed(0)}/s p95 ${their.p95.toFixed(1)} ms`,
      )
    }
    const of = (asked: readonly Asked[], what: 'perSecond' | 'p50' | 'p95'): number => median(asked.map((one) => one[what]))
    const recorded = await recordReads(
      stage,
      kinds.map((kind) => {
        const { words } = questions.drawn.find((question) => question.kind === kind)!
        return { name: kind, token, path: `/persons?q=${encodeURIComponent(words)}` }
      }),
    )
    const line: FindLine = {
      post,
      perSecond: of(ours, 'perSecond'),
      barePerSecond: of(theirs, 'perSecond'),
      p50: of(ours, 'p50'),
      p95: of(ours, 'p95'),
      bareP50: of(theirs, 'p50'),
      bareP95: of(theirs, 'p95'),
      ratio: median(ours.map(({ p95 }, round) => theirs[round]!.p95 / p95)),
      kinds: [],
    }
    for (const kind of kinds) {
      const at = (asked: readonly Asked[], share: number): number => median(asked.map(({ of: times }) => percentile(times[kind], share)))
      line.kinds.push({
        kind,
        p50: at(ours, 0.5),
        p95: at(ours, 0.95),
        bareP50: at(theirs, 0.5),
        bareP95: at(theirs, 0.95),
        statements: recorded[kind]!.length,
        ...(explain && { plans: await explainAll(stage.servingUrl, recorded[kind]!) }),
      })
    }
    return line
  } finally {
    bare.stop()
  }
}

/** Questions about people of the post's own area, in the shares of the mix. */
async function drawQuestions(
  ownerUrl: string,
  code: string,
): Promise<{ drawn: Question[]; level: 'community_id' | 'cell_id'; areaId: string }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('SET ROLE linli_system')
    const area = (
      await client.query<{ area_id: string; level: string }>(
        'SELECT area_id, level FROM access.area WHERE code = $1 AND valid_to IS NULL',
        [code],
      )
    ).rows[0]!
    const level = area.level === 'cell' ? 'cell_id' : 'community_id'
    const { rows } = await client.query<{ name: string; id_number: string; phone: string; address: string }>(
      `SELECT p.name, p.id_number, p.phone, a.full_name AS address FROM bench.person p JOIN bench.address a USING (address_id)
       WHERE p.${level} = $1 ORDER BY hashtext(p.id_number) LIMIT 4000`,
      [area.area_id],
    )
    const order = kinds.flatMap((kind) => Array.from({ length: mix[kind] }, () => kind))
    const long = rows.filter(({ name }) => name.length === 3)
    const drawn = rows.map((row, i): Question => {
      // Twenty and seven have no common divisor, so that kinds alternate.
      const kind = order[(i * 7) % order.length]!
      const three = long[i % long.length]!.name
      const words = {
        idNumber: row.id_number,
        phone: row.phone,
        twoCharacters: i % 2 === 0 ? three.slice(0, 2) : three.slice(1),
        threeCharacters: three,
        address: i % 4 === 0 ? row.address.replace(/(?<=号楼).*/, '') : row.address,
      }[kind]
      return { kind, words }
    })
    return { drawn, level, areaId: area.area_id }
  } finally {
    await client.end()
  }
}

interface Asked {
  perSecond: number
  p50: number
  p95: number
  of: Record<Kind, number[]>
}

async function ask(urlOf: (question: Question) => string, token: string, questions: readonly Question[], seconds: number): Promise<Asked> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const of: Record<Kind, number[]> = { idNumber: [], phone: [], twoCharacters: [], threeCharacters: [], address: [] }
  let asked = 0
  const result = await closedLoop(
    async (client) => {
      const question = questions[asked++ % questions.length]!
      const askedAt = performance.now()
      const found = await count(urlOf(question), token, agent, `127.1.${client}.${1 + (asked % 12)}`)
      of[question.kind].push(performance.now() - askedAt)
      if (found === 0) throw new Error(`nobody found: ${question.kind}`)
      return true
    },
    clients,
    seconds,
  )
  agent.destroy()
  return { perSecond: result.perSecond, p50: result.p50, p95: result.p95, of }
}

/** How many the answer brought; both servers answer `{"items": [...]}`. */
function count(url: string, token: string, agent: Agent, localAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, localAddress, headers: { authorization: `Bearer ${token}` } }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => {
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} ${Buffer.concat(pieces).toString()}`))
        resolve(Buffer.concat(pieces).includes('"items":[]') ? 0 : 1)
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

async function startBare(url: string, level: string, areaId: string): Promise<{ url: string; stop(): void }> {
  const port = await freePort()
  const program = fileURLToPath(new URL('./bare-find.ts', import.meta.url))
  const child = spawn(process.execPath, [program, String(port), url, '16', level, areaId], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout!, 'data')
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill('SIGTERM') }
}

function reportOf(lines: readonly FindLine[], rows: number, rssMb: number | null): BenchReport {
  const worst = lines.toSorted((a, b) => a.ratio - b.ratio)[0]!
  return {
    bench: 'find',
    value: worst.p95,
    unit: 'ms, p95 of the mix',
    reference: worst.bareP95,
    ratio: worst.ratio,
    p50: worst.p50,
    p95: worst.p95,
    rows,
    worst: worst.post,
    posts: lines,
    rssMb,
  }
}
