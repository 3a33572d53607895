import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { openPool, publishedCalendar, sql, startEmbedded, systemActor, systemClock, transact } from '@linli/base/server'
import { applyEntry, type CaseState, findMove, isOpenTo, openState } from '@linli/cases/define'
import { checkEveryProjection, loadEntries } from '@linli/cases/server'
import { loadScenes } from '@linli/scene/server'
import { packs } from '@linli/server/packs'
import { seededRandom } from '../harness/file-appeals.ts'
import { manyAddresses } from '../harness/many-addresses.ts'
import { freePort, runPlatform } from '../harness/run-platform.ts'

export interface RaceOptions {
  cases: number
  /** Moves sent in all. */
  moves: number
  /** Hands at one case at once. */
  hands: number
  seed: number
  say: (line: string) => void
}

export interface RaceReport {
  sent: number
  won: number
  /** 409 with the state that the winner left. */
  lost: number
  /** 403 and 422: not open then, or not for this post. */
  refused: number
  /** Batches of hands on one state in which more than one won. */
  twoWinners: number
  entries: number
  byMove: Record<string, number>
  faults: string[]
}

interface Answer {
  status: number
  body: { seq?: number; stage?: string; code?: string; current?: { seq?: number; stage?: string } }
}

type Who = 'housing-clerk' | 'housing-clerk-2' | 'dispatcher' | 'township-lead' | 'community' | 'law-clerk' | 'county-dispatcher'

/** Many hands on the same cases at once over HTTP: one winner each, losers see the state, nothing illegal in any log, columns equal the fold. */
export async function raceMoves({ cases, moves, hands, seed, say }: RaceOptions): Promise<RaceReport> {
  const random = seededRandom(seed)
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-race-'))
  const platform = await runPlatform({ dataDir, port: await freePort(), env: { LINLI_DEMO: '1' } })
  const report: RaceReport = { sent: 0, won: 0, lost: 0, refused: 0, twoWinners: 0, entries: 0, byMove: {}, faults: [] }
  let stopped = false
  try {
    const desk = await openDesk(platform.url, dataDir)
    const files = await openCases(desk, cases)
    say(`${files.length} cases are with the housing bureau`)
    const orgs = [await desk.org('住房和城乡建设'), await desk.org('综合行政执法')] as const
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
    while (report.sent < moves) {
      // Sixteen cases at a time, each with all its hands on the state it has.
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          const file = pick(files)
          if (file.isBusy) return
          file.isBusy = true
          const tries = Array.from({ length: hands }, () => aMove(pick, orgs))
          const answers = await Promise.all(tries.map(({ by, key, data }) => desk.move(by, file.caseId, key, file.seq, data)))
          judge(report, file, tries, answers)
          file.isBusy = false
        }),
      )
    }
    await platform.stop()
    stopped = true
    await checkLogs(dataDir, new Set(files.map(({ caseId }) => caseId)), report)
    return report
  } finally {
    if (!stopped) await platform.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

interface RacedCase {
  caseId: string
  seq: number
  isBusy: boolean
}

interface Try {
  by: Who
  key: string
  data: Record<string, unknown>
}

/** Any step that somebody might take now: closing, rejecting, reassigning, pausing and all the rest. */
function aMove(pick: <T>(values: readonly T[]) => T, [housing, law]: readonly [string, string]): Try {
  const soon = new Date(Date.now() + 86_400_000).toISOString()
  const just = new Date(Date.now() - 60_000).toISOString()
  const clerk = pick(['housing-clerk', 'housing-clerk-2', 'law-clerk'] as const)
  return pick<() => Try>([
    () => ({ by: clerk, key: 'claim', data: {} }),
    () => ({ by: clerk, key: 'rejectDispatch', data: { code: 'duty', basis: '不在职责清单' } }),
    () => ({ by: clerk, key: 'pause', data: { reason: '检验检测', until: soon } }),
    () => ({ by: clerk, key: 'resume', data: {} }),
    () => ({ by: clerk, key: 'contact', data: { contactedAt: just } }),
    () => ({ by: clerk, key: 'askExtension', data: { reason: '配件未到' } }),
    () => ({ by: clerk, key: 'addTask', data: { orgId: pick([housing, law]), part: '到现场' } }),
    () => ({ by: clerk, key: 'finishTask', data: { result: '办好了' } }),
    () => ({ by: clerk, key: 'recallTask', data: { orgId: pick([housing, law]) } }),
    () => ({ by: clerk, key: 'reply', data: { reply: '已经修好' } }),
    () => ({ by: clerk, key: 'note', data: { note: '看过了' } }),
    () => ({ by: 'dispatcher', key: 'dispatch', data: { orgId: pick([housing, law]) } }),
    () => ({ by: 'dispatcher', key: 'redispatch', data: { orgId: pick([housing, law]) } }),
    () => ({ by: 'dispatcher', key: 'askRuling', data: { reason: '谈不拢' } }),
    () => ({ by: 'dispatcher', key: 'followUp', data: { contactedAt: just, resolved: false } }),
    () => ({ by: 'dispatcher', key: 'remind', data: { words: '请抓紧' } }),
    () => ({ by: 'county-dispatcher', key: 'arbitrate', data: { orgId: pick([housing, law]), basis: '三定方案' } }),
    () => ({ by: 'township-lead', key: 'grantExtension', data: { reason: '属实' } }),
    () => ({ by: 'township-lead', key: 'supervise', data: { words: '请报进展' } }),
  ])()
}

function judge(report: RaceReport, file: RacedCase, tries: readonly Try[], answers: readonly Answer[]): void {
  const before = file.seq
  report.sent += answers.length
  const winners = answers.flatMap((answer, i) => (answer.status === 200 ? [{ answer, key: tries[i]!.key }] : []))
  if (winners.length > 1) report.twoWinners++
  for (const { answer, key } of winners) {
    report.won++
    report.byMove[key] = (report.byMove[key] ?? 0) + 1
    if (answer.body.seq !== before + 1) report.faults.push(`a winner on ${before} left ${answer.body.seq}`)
    file.seq = answer.body.seq ?? before
  }
  for (const { status, body } of answers) {
    if (status === 409) {
      report.lost++
      if (!(body.current?.seq && body.current.seq > before && body.current.stage)) report.faults.push('a loser was not told the state')
    } else if (status === 403 || status === 422 || status === 404) report.refused++
    else if (status !== 200) report.faults.push(`${status} ${body.code ?? ''}`)
  }
}

/** The stopped platform's database: every step of the raced cases was open when it was made, and all columns are what the logs say. */
async function checkLogs(dataDir: string, raced: ReadonlySet<string>, report: RaceReport): Promise<void> {
  const database = await startEmbedded({ dataDir })
  const pool = openPool({ url: database.servingUrl, max: 2, name: 'check' })
  try {
    const clock = systemClock
    const { catalogue } = loadScenes(packs, { switches: { isOn: () => true, note: () => {}, stop: () => {} } })
    const { faults } = await checkEveryProjection({ pool, clock, catalogue, calendar: () => publishedCalendar() })
    for (const fault of faults) report.faults.push(`${fault.caseId} ${fault.part}`)
    for (const caseId of raced) {
      const [file, entries] = await transact({ pool, clock }, systemActor, async (ctx) => [
        await ctx.get(sql<{ case_type: string }>`SELECT case_type FROM cases.case_file WHERE case_id = ${caseId}`),
        await loadEntries(ctx, caseId),
      ])
      const type = catalogue.get(file.case_type)
      let state: CaseState = openState(type, entries[0]!)
      for (const entry of entries.slice(1)) {
        const move = findMove(type, entry.move)
        if (!move || !isOpenTo(type, state, move, entry.at)) report.faults.push(`${caseId} ${entry.move} was not open at ${entry.seq}`)
        state = applyEntry(type, state, entry)
      }
      report.entries += entries.length
    }
  } finally {
    await pool.end()
    await database.stop()
  }
}

interface Desk {
  org(name: string): Promise<string>
  send(method: string, path: string, body?: object, by?: Who): Promise<Answer>
  move(by: Who, caseId: string, key: string, expectedSeq: number, data: object): Promise<Answer>
  areaCode: string
}

async function openDesk(url: string, dataDir: string): Promise<Desk> {
  const caller = manyAddresses(url)
  const { logins } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as {
    logins: { role: string; areaCode: string; password: string }[]
  }
  const password = logins[0]!.password
  const tokens = new Map<Who, string>()
  const send = async (method: string, path: string, body?: object, by?: Who): Promise<Answer> => {
    const answer = await caller.send(method, path, body, by && tokens.get(by))
    return { status: answer.status, body: answer.json() }
  }
  const people: Who[] = ['housing-clerk', 'housing-clerk-2', 'dispatcher', 'township-lead', 'community', 'law-clerk', 'county-dispatcher']
  for (const account of people) {
    const { status, body } = await send('POST', '/sessions', { account, password })
    if (status >= 300) throw new Error(`${account} cannot sign in: ${status}`)
    tokens.set(account, (body as { token: string }).token)
  }
  return {
    areaCode: logins.find((login) => login.role === 'communityWorker')!.areaCode,
    send,
    move: (by, caseId, key, expectedSeq, data) =>
      send('POST', `/cases/${caseId}/moves/${key}`, { requestId: newId(), expectedSeq, data }, by),
    org: async (name) => {
      const { body } = await send('GET', `/organizations?q=${encodeURIComponent(name)}`, undefined, 'dispatcher')
      return (body as unknown as { items: { orgId: string }[] }).items[0]!.orgId
    },
  }
}

async function openCases(desk: Desk, count: number): Promise<RacedCase[]> {
  const housing = await desk.org('住房和城乡建设')
  const open = async (): Promise<RacedCase> => {
    const filed = await desk.send(
      'POST',
      '/cases',
      { requestId: newId(), channel: 'phone', detail: '水管漏了，请来修。', areaCode: desk.areaCode },
      'community',
    )
    const { caseId } = filed.body as { caseId: string }
    if (!caseId) throw new Error(`not opened: ${filed.status}`)
    await must(desk.move('community', caseId, 'accept', 1, { appealType: 'help', category: 'urban-rural-construction' }))
    const { seq } = (await must(desk.move('dispatcher', caseId, 'dispatch', 2, { orgId: housing }))).body
    return { caseId, seq: seq!, isBusy: false }
  }
  const files: RacedCase[] = []
  while (files.length < count) files.push(...(await Promise.all(Array.from({ length: Math.min(16, count - files.length) }, open))))
  return files
}

async function must(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer
}
