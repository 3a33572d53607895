import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileAppeals, percentile, seededRandom } from '../harness/file-appeals.ts'
import { type Caller, manyAddresses } from '../harness/many-addresses.ts'
import { freePort, type RunningPlatform, runPlatform } from '../harness/run-platform.ts'
import { type CheckedFile, checkExported, type TakenFile } from './check-exported.ts'
import { type ExportDesk, type Login, openExportDesk } from './export-desk.ts'
import { type DeskPage, openDeskPage } from './export-in-page.ts'
import { type Act, acts, type Done, officeAtWork } from './office-at-work.ts'

export interface ExportsOptions {
  /** Appeals filed beside those of the demo town. */
  appeals: number
  /** How long people are watched at work before the exports, and again after them. */
  idleSeconds: number
  say: (line: string) => void
}

export interface Speed {
  count: number
  p50: number
  p95: number
}

export interface ExportsProof {
  files: CheckedFile[]
  /** What the bar in the page showed. */
  progress: number[]
  /** Of everything that people at work do, and by what it is; `during` while a file is written. */
  idle: Record<Act | 'all', Speed>
  during: Record<Act | 'all', Speed>
  /** Rows that were written when it was canceled and when the platform was killed; 0 where the file was there sooner. */
  canceledAt: number
  killedAt: number
  afterKill: string
  faults: string[]
}

/** One platform, killed and started again, and what came of it so far. */
interface Scene {
  readonly dataDir: string
  readonly caller: Caller
  readonly logins: readonly Login[]
  platform: RunningPlatform
  /** Milliseconds that the platform's clock is ahead. */
  aheadMs: number
  readonly files: TakenFile[]
  readonly canceled: string[]
  /** There before they could be canceled, and nobody fetched them. */
  readonly spare: string[]
  readonly faults: string[]
  readonly say: (line: string) => void
}

type Span = readonly [from: number, to: number]

const env = { LINLI_DEMO: '1', LINLI_TEST: '1' }
/** The appeals of residents in whatever state, as the page and as the API ask for them. */
const address = 'list?channel=app&status=any'
const residents = { kind: 'appeal', queue: 'all', channel: 'app' }
const accounts = ['community', 'dispatcher', 'dispatcher-2', 'housing-clerk', 'township-lead', 'county-lead', 'county-dispatcher']

/**
 * A person takes a long list along in the page while an office works: nobody is refused, nobody waits long, and the file is
 * the list of one moment. Then one is canceled in the middle, and the platform is killed with -9 in the middle of another.
 */
export async function exportWhileWorking({ appeals, idleSeconds, say }: ExportsOptions): Promise<ExportsProof> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-exports-'))
  const platform = await runPlatform({ dataDir, port: await freePort(), env })
  const { logins } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as { logins: Login[] }
  const scene: Scene = {
    dataDir,
    caller: manyAddresses(platform.url),
    logins,
    platform,
    aheadMs: 0,
    files: [],
    canceled: [],
    spare: [],
    faults: [],
    say,
  }
  try {
    await moveToNoon(scene)
    await fillList(scene, appeals)
    const desk = await openExportDesk(scene.caller, logins, accounts)
    const worked = await inPage(scene, 'county-lead', (page) => takeAlongWhileWorking(scene, desk, page, idleSeconds))
    const canceledAt = await cancelInTheMiddle(scene, desk)
    const killed = await killInTheMiddle(scene, desk)
    await scene.platform.stop()
    const { checked, faults } = await checkExported(dataDir, scene.files, scene.canceled)
    return { ...worked, canceledAt, ...killed, files: checked, faults: [...scene.faults, ...faults] }
  } finally {
    scene.caller.close()
    await scene.platform.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** An export at night would wait for somebody. */
async function moveToNoon(scene: Scene): Promise<void> {
  const noon = new Date(Date.now() + 86_400_000)
  noon.setUTCHours(4, 0, 0, 0)
  await moveClock(scene, noon.getTime() - Date.now())
}

/** Answers when all that was due is done; on a slow machine the platform may say that it is busy with that, and the clock has moved. */
async function moveClock(scene: Scene, aheadMs: number): Promise<void> {
  const now = new Date(Date.now() + aheadMs).toISOString()
  const { status, bytes } = await scene.caller.send('POST', '/test/clock', { now })
  if (status !== 204 && status !== 503) throw new Error(`the clock did not move: ${status} ${bytes}`)
  scene.aheadMs = aheadMs
}

/** What residents write, telephones and what looks like a formula among it. */
async function fillList({ platform, logins, say }: Scene, appeals: number): Promise<void> {
  const { areaCode } = logins.find(({ role }) => role === 'communityWorker')!
  const startedAt = performance.now()
  const texts = Array.from({ length: appeals }, (_, i) => ({
    detail: `${i % 50 === 0 ? "=cmd|'/c calc'!A0 " : ''}${i + 1} 号院门口的路灯不亮，电话 1999999${String(i % 10_000).padStart(4, '0')}。`,
  }))
  await fileAppeals({ url: platform.url, texts, areaCodes: [areaCode], clients: 16, random: seededRandom(1) })
  say(`${appeals} appeals filed in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
}

/** Files taken along one after the other, the first of them in the page, while people work on; their pace before, meanwhile and after. */
async function takeAlongWhileWorking(scene: Scene, desk: ExportDesk, page: DeskPage, idleSeconds: number) {
  const { caller, logins, files, say } = scene
  const office = officeAtWork({
    caller,
    tokenOf: desk.tokenOf,
    areaCode: logins.find(({ account }) => account === 'community')!.areaCode,
    orgId: await desk.orgNamed('住房和城乡建设'),
    waiting: await desk.waiting('community', 400),
    everyMs: 150,
    now: () => new Date(Date.now() + scene.aheadMs),
  })
  const idle: Span[] = []
  const during: Span[] = []
  const rest = async (): Promise<void> => {
    const from = performance.now()
    await sleep(idleSeconds * 1000)
    idle.push([from, performance.now()])
  }
  const writtenIn = async (account: string, exportId: string): Promise<void> => {
    const { startedAt, finishedAt } = await desk.settled(account, exportId)
    const here = (at: string): number => Date.parse(at) - scene.aheadMs - performance.timeOrigin
    during.push([here(startedAt), here(finishedAt)])
  }
  await sleep(2000)
  await rest()
  const { progress, ...taken } = await page.takeAlong(address, '季度分析会用')
  await writtenIn('county-lead', taken.exportId)
  files.push(taken)
  say(`in the page: ${(taken.bytes.length / 1024).toFixed(0)} KB, the bar showed ${progress.join(', ')}`)
  for (const [account, format] of [
    ['county-dispatcher', 'csv'],
    ['dispatcher', 'xlsx'],
  ] as const) {
    const exportId = await desk.ask(account, format, '核对台账', { ...residents, status: 'open' })
    await writtenIn(account, exportId)
    files.push(await desk.download(account, exportId))
  }
  await rest()
  await office.stop()
  for (const error of office.errors.slice(0, 5)) scene.faults.push(`somebody at work met ${error}`)
  return { progress, idle: speedsOf(office.done, idle), during: speedsOf(office.done, during) }
}

const within =
  (spans: readonly Span[]) =>
  ({ at, ms }: Done) =>
    spans.some(([from, to]) => at + ms > from && at < to)

function speedsOf(done: readonly Done[], spans: readonly Span[]): Record<Act | 'all', Speed> {
  const inside = done.filter(within(spans))
  const speed = (of: readonly Done[]): Speed => {
    const times = of.map(({ ms }) => ms)
    return { count: times.length, p50: percentile(times, 0.5), p95: percentile(times, 0.95) }
  }
  const byAct = acts.map((act) => [act, speed(inside.filter((one) => one.act === act))] as const)
  return { all: speed(inside), ...(Object.fromEntries(byAct) as Record<Act, Speed>) }
}

/** Canceled in the page when a part of the rows is written; by another one, when the file was there sooner. Answers how many rows there were. */
async function cancelInTheMiddle(scene: Scene, desk: ExportDesk): Promise<number> {
  for (const account of ['township-lead', 'community']) {
    const rows = await inPage(scene, account, (page) => askAndCancel(scene, desk, page, account))
    if (rows > 0) return rows
  }
  return 0
}

async function askAndCancel({ dataDir, canceled, spare, faults, say }: Scene, desk: ExportDesk, page: DeskPage, account: string) {
  let rows = 0
  const { exportId, state } = await page.askAndCancel(address, '想想又不要了', async (asked) => {
    rows = (await desk.reached(account, asked, 500)).rowsDone
  })
  if (state !== '已取消') {
    spare.push(exportId)
    return 0
  }
  canceled.push(exportId)
  // The writer sees it before its next page.
  await sleep(1000)
  const left = (await filesOf(dataDir)).filter((name) => name.startsWith(exportId))
  if (left.length > 0) faults.push(`canceled, and on disk there is ${left.join(', ')}`)
  const status = await desk.statusOfFile(account, exportId)
  if (status !== 409) faults.push(`canceled, and asking for its file answers ${status}`)
  say(`canceled when ${rows} rows were written: nothing is left`)
  return rows
}

async function inPage<T>({ platform, logins, faults }: Scene, account: string, work: (page: DeskPage) => Promise<T>): Promise<T> {
  const page = await openDeskPage(platform.url, logins.find((login) => login.account === account)!)
  try {
    return await work(page)
  } finally {
    for (const complaint of page.complaints) faults.push(`on the page: ${complaint}`)
    await page.close()
  }
}

/** kill -9 of the platform while it writes; the one that starts next begins again when the lease of the dead one has run out. */
async function killInTheMiddle(scene: Scene, desk: ExportDesk): Promise<{ killedAt: number; afterKill: string }> {
  const { dataDir, caller, logins, files, spare, faults, say } = scene
  const by = 'dispatcher-2'
  const exportId = await desk.ask(by, 'xlsx', '断电也要完整', residents)
  await desk.reached(by, exportId, 1500)
  await scene.platform.kill()
  const isThere = (await filesOf(dataDir)).includes(exportId)
  scene.platform = await runPlatform({ dataDir, port: Number(new URL(scene.platform.url).port), env })
  const again = await openExportDesk(caller, logins, [by])
  const found = await again.job(by, exportId)
  if (isThere && found.state !== 'done') say('the file was whole, and not yet said to be done')
  const status = await again.statusOfFile(by, exportId)
  if (found.state === 'running' && status !== 409) faults.push(`after the kill, asking for half a file answers ${status}`)
  await moveClock(scene, scene.aheadMs + 61_000)
  const { state } = await again.settled(by, exportId)
  if (state === 'done') files.push(await again.download(by, exportId))
  else if (state !== 'failed') faults.push(`after the kill it is ${state}`)
  const known = new Set([...files.map((file) => file.exportId), ...spare])
  const left = (await filesOf(dataDir)).filter((name) => !known.has(name))
  if (left.length > 0) faults.push(`after the kill, left on disk: ${left.join(', ')}`)
  const killedAt = found.state === 'running' ? found.rowsDone : 0
  say(`killed with -9 when ${killedAt} rows were written; the next one: ${state}`)
  return { killedAt, afterKill: state }
}

const filesOf = (dataDir: string): Promise<string[]> => readdir(join(dataDir, 'exports')).catch(() => [])
