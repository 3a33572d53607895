import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { freePort, runPlatform } from '../harness/run-platform.ts'
import type { Bench, BenchOptions, BenchReport } from './bench.ts'
import { residentMb } from './measure.ts'
import { postLoad } from './post-load.ts'

/** BENCH.md: ten thousand rows in three seconds. */
const referenceSeconds = 3

/** `export`: ten thousand rows of the list of cases as xlsx, and what it does to whoever lists cases meanwhile (`slowdown`: their p95 during ÷ idle). */
export const exportRows: Bench = {
  name: 'export',
  async run({ small, say }: BenchOptions): Promise<BenchReport> {
    const wanted = small ? 300 : 7_500
    const folder = await mkdtemp(join(tmpdir(), 'linli-bench-'))
    const product = await runPlatform({ dataDir: folder, port: await freePort(), env: { LINLI_DEMO: '1', LINLI_TEST: '1' } })
    try {
      const { logins } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as { logins: Login[] }
      await moveToNoon(product.url)
      const byRole = (role: string) => signIn(product.url, logins.find((one) => one.role === role)!)
      const api = await byRole('countyDispatcher')
      const { areaCode } = logins.find(({ role }) => role === 'communityWorker')!
      const appeal = () => ({ requestId: newId(), detail: '3 号楼 2 单元的路灯不亮了，晚上看不清，请尽快来修。', areaCode })
      for (let filed = 0; filed < wanted; ) filed += (await postLoad(`${product.url}/api/v1/public/appeals`, appeal, 16, 1)).perSecond
      const idle = await timeList(api, Date.now() + (small ? 1000 : 8000))
      let most = 0
      const rounds: { seconds: number; rows: number; during: number[] }[] = []
      // A day's worth of one account is not enough for three.
      for (const [role, format] of [
        ['countyDispatcher', 'xlsx'],
        ['countyLead', 'csv'],
        ['dispatcher', 'xlsx'],
      ] as const) {
        const theirs = await byRole(role)
        const job = await theirs<Job>('POST', '/exports', { requestId: newId(), list: 'cases.list', format, purpose: '压测', query: {} })
        const watching = watch(theirs, job.exportId)
        const during = await timeList(api, watching)
        const done = await watching
        if (done.state !== 'done') throw new Error(`the export ended as ${done.state} ${done.reason ?? ''}`)
        const seconds = (Date.parse(done.finishedAt) - Date.parse(done.startedAt)) / 1000
        rounds.push({ seconds, rows: done.rowsDone, during })
        most = Math.max(most, (await residentMb(product.child.pid!, true)) ?? 0)
        say(
          `${format}: ${done.rowsDone} rows in ${seconds.toFixed(2)} s, ${(done.bytes / 1024).toFixed(0)} KB; lists meanwhile p95 ${at(during, 0.95)} ms`,
        )
      }
      const [xlsx] = rounds as [(typeof rounds)[number]]
      const during = rounds.flatMap((round) => round.during)
      const value = (xlsx.seconds / xlsx.rows) * 10_000
      return {
        bench: 'export',
        value,
        unit: 's per 10,000 rows (xlsx)',
        reference: referenceSeconds,
        ratio: referenceSeconds / value,
        p50: at(during, 0.5),
        p95: at(during, 0.95),
        idleP95: at(idle, 0.95),
        slowdown: at(during, 0.95) / at(idle, 0.95),
        lists: during.length,
        rows: xlsx.rows,
        rssMb: most,
      }
    } finally {
      await product.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

interface Login {
  role: string
  account: string
  password: string
  areaCode: string
}

interface Job {
  exportId: string
  state: string
  reason: string | null
  rowsDone: number
  bytes: number
  startedAt: string
  finishedAt: string
}

type Api = <T>(method: string, path: string, body?: object) => Promise<T>

async function signIn(url: string, { account, password }: Login): Promise<Api> {
  let token = ''
  const api: Api = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  token = (await api<{ token: string }>('POST', '/sessions', { account, password })).token
  return api
}

/** An export at night would wait for somebody. */
async function moveToNoon(url: string): Promise<void> {
  const noon = new Date(Date.now() + 86_400_000)
  noon.setUTCHours(4, 0, 0, 0)
  const answer = await fetch(`${url}/api/v1/test/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: noon.toISOString() }),
  })
  if (!answer.ok) throw new Error(`the clock: ${answer.status}`)
}

/** A page of the list every 60 ms, below the brake per address; until a time, or until something is over. Milliseconds each. */
async function timeList(api: Api, until: number | Promise<unknown>): Promise<number[]> {
  let isOver = false
  if (typeof until !== 'number') void until.finally(() => (isOver = true)).catch(() => {})
  const times: number[] = []
  while (!isOver && (typeof until !== 'number' || Date.now() < until)) {
    const from = performance.now()
    await api('GET', '/cases?queue=all&status=open&limit=30')
    times.push(performance.now() - from)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  return times
}

async function watch(api: Api, exportId: string): Promise<Job> {
  for (;;) {
    const job = await api<Job>('GET', `/exports/${exportId}`)
    if (job.state !== 'queued' && job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const at = (times: readonly number[], part: number): number =>
  Math.round([...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))]! * 10) / 10
