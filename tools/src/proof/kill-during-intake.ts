import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Filing, fileAppeals, percentile, seededRandom } from '../harness/file-appeals.ts'
import { killPostgres, stopOrphan } from '../harness/kill-postgres.ts'
import { loadAppealTexts } from '../harness/real-appeals.ts'
import { freePort, type RunningPlatform, runPlatform, waitFor } from '../harness/run-platform.ts'
import { checkIntake, faultsOf, type IntakeVerdict } from './check-intake.ts'

export interface KillOptions {
  appeals: number
  clients: number
  /** How often the platform, and how often PostgreSQL, is killed with -9 while the appeals come in. */
  platformKills: number
  postgresKills: number
  seed: number
  say: (line: string) => void
}

export interface KillReport {
  real: boolean
  filing: Omit<Filing, 'acknowledged' | 'latencies'> & { p50: number; p95: number }
  verdict: IntakeVerdict
  audit: { ok: boolean; rows: number; sealedTo: string | null }
  readyMs: { platform: number[]; postgres: number[] }
  faults: string[]
}

const readyWithinMs = 15_000

/** Appeals from many clients on cut lines while platform and database are killed again and again; then everything is counted. */
export async function killDuringIntake(options: KillOptions): Promise<KillReport> {
  const { appeals, clients, platformKills, postgresKills, seed, say } = options
  const random = seededRandom(seed)
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-proof-'))
  const port = await freePort()
  const start = () => runPlatform({ dataDir, port, env: { LINLI_DEMO: '1' } })
  let platform: RunningPlatform = await start()
  try {
    const since = new Date()
    const { logins } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as { logins: Login[] }
    const areaCodes = [...new Set(logins.filter((login) => login.role === 'communityWorker').map((login) => login.areaCode))]
    const { real, texts } = loadAppealTexts(appeals)
    const kills = plan(texts.length, platformKills, postgresKills, random)
    const readyMs: KillReport['readyMs'] = { platform: [], postgres: [] }
    const faults: string[] = []
    let killing: Promise<void> = Promise.resolve()
    const strike = async (what: 'platform' | 'postgres'): Promise<void> => {
      if (what === 'platform') {
        await platform.kill()
        platform = await start()
        readyMs.platform.push(platform.readyMs)
      } else readyMs.postgres.push(await killPostgres(platform))
      const took = readyMs[what].at(-1)!
      say(`kill -9 of ${what}: ready again in ${(took / 1000).toFixed(1)} s`)
      if (took > readyWithinMs) faults.push(`${what} was ready only after ${Math.round(took)} ms`)
    }
    const filing = await fileAppeals({
      url: platform.url,
      texts,
      areaCodes,
      clients,
      random,
      cut: 0.05,
      replay: 0.1,
      onAcknowledged: (count) => {
        while (kills[0] && count >= kills[0].after) {
          const { what } = kills.shift()!
          killing = killing.then(() => strike(what))
        }
      },
    })
    await killing
    const audit = await verifyAudit(platform.url, logins)
    await platform.stop()
    const verdict = await checkIntake(dataDir, filing.acknowledged, since)
    faults.push(...faultsOf(verdict))
    if (filing.contradictions.length > 0) faults.push(`${filing.contradictions.length} replays were answered differently`)
    if (!audit.ok) faults.push('the audit chain does not verify')
    const { acknowledged: _acknowledged, latencies, ...rest } = filing
    return { real, filing: { ...rest, p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) }, verdict, audit, readyMs, faults }
  } finally {
    await platform.kill()
    await stopOrphan(dataDir)
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface Login {
  role: string
  account: string
  password: string
  areaCode: string
}

/** Kills spread over the run at seeded moments, in shuffled order. */
function plan(
  total: number,
  platformKills: number,
  postgresKills: number,
  random: () => number,
): { after: number; what: 'platform' | 'postgres' }[] {
  const whats = [...Array<'platform'>(platformKills).fill('platform'), ...Array<'postgres'>(postgresKills).fill('postgres')]
  const shuffled = whats.map((what) => ({ what, order: random() })).sort((a, b) => a.order - b.order)
  const step = total / (shuffled.length + 1)
  return shuffled.map(({ what }, i) => ({ what, after: Math.max(1, Math.floor((i + 0.3 + random() * 0.7) * step)) }))
}

/** Signs in as the audit administrator and asks for the verdict, until the seal has passed the last acknowledgement. */
async function verifyAudit(url: string, logins: Login[]): Promise<KillReport['audit']> {
  const { account, password } = logins.find((login) => login.role === 'auditAdmin')!
  const session = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  })
  const { token } = (await session.json()) as { token: string }
  const askedAt = new Date()
  let audit: KillReport['audit'] = { ok: false, rows: 0, sealedTo: null }
  await waitFor(
    async () => {
      const response = await fetch(`${url}/api/v1/audit/verify`, { headers: { authorization: `Bearer ${token}` } })
      if (response.status !== 200) return false
      audit = (await response.json()) as KillReport['audit']
      return audit.sealedTo !== null && Date.parse(audit.sealedTo) >= askedAt.getTime() - 5000
    },
    30_000,
    1000,
  )
  return audit
}
