import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId, parseInstant } from '@linli/base/define'
import { startEmbedded } from '@linli/base/server'
import { readConfig } from '@linli/server/config'
import { makeDemoTown } from '@linli/server/demo'
import type { Heard } from '@linli/signals/define'
import mqtt, { type MqttClient } from 'mqtt'
import { messagesOf } from '../eval/absence.ts'
import { loadHome } from '../harness/living-alone.ts'
import { type Caller, manyAddresses } from '../harness/many-addresses.ts'
import { freePort, runPlatform, waitFor } from '../harness/run-platform.ts'
import { noticesIn, onlineIn, type ProofHome, settleHomes } from './settle-homes.ts'

export interface WatchOptions {
  /** Hours before the end of the record at which homes fall silent, one home each. */
  cuts: readonly number[]
  /** Days of ordinary life before the end. */
  days: number
  say(line: string): void
}

export interface WatchReport {
  messages: number
  days: number
  /** Notices about the home as it was. */
  ordinary: { silence: number; noExit: number }
  /** Hours from the cut to the notice of silence, in the order of the cuts; null where none came. */
  lags: (number | null)[]
  /** Notices of silence about homes that had not fallen silent yet. */
  early: number
  seconds: number
  faults: string[]
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** The clock runs on while the work of an hour is done. */
const tickHours = 1 / 60
/** How long a home lives before it falls silent; what was before that says nothing about a silence. */
const livesMs = 2 * dayMs

interface Home extends ProofHome {
  clients: ReadonlyMap<string, MqttClient>
  from: number
  cutAt: number
}

/**
 * One real home through MQTT, hour by hour on the test clock: once as it was, and once for each cut, where everything falls silent at that
 * hour. Sensors hold their sessions; an interval is 1 at its start and 0 at its end.
 */
export async function watchHomes({ cuts, days, say }: WatchOptions): Promise<WatchReport> {
  const startedAt = performance.now()
  const { history, endAt } = readHistory(days)
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-homes-'))
  const database = await startEmbedded({ dataDir })
  const env = { DATABASE_URL: database.servingUrl, DATABASE_OWNER_URL: database.ownerUrl, LINLI_TEST: '1', LINLI_DEMO: '1' }
  await makeDemoTown(readConfig({ ...env, DATA_DIR: dataDir }), { cases: 60 }, () => {})
  const mqttPort = await freePort()
  const platform = await runPlatform({ dataDir, port: await freePort(), mqttPort, env })
  const caller = manyAddresses(platform.url)
  const homes: Home[] = []
  try {
    const { token, areaCode } = await signIn(caller, dataDir)
    const settled = await settleHomes(database.servingUrl, dataDir, areaCode, cuts.length + 1)
    for (const [at, home] of settled.entries()) {
      const cutAt = at === 0 ? Number.POSITIVE_INFINITY : endAt - cuts[at - 1]! * hourMs
      homes.push({ ...home, clients: await connect(mqttPort, home), cutAt, from: at === 0 ? 0 : cutAt - livesMs })
    }
    await waitFor(async () => (await onlineIn(database.servingUrl)) === homes.length * 2, 60_000)
    const messages = await live({ caller, token, homes, history, endAt, say })
    const notices = await noticesIn(database.servingUrl)
    return judge({ homes, notices, endAt, messages, days, seconds: (performance.now() - startedAt) / 1000 })
  } finally {
    for (const { clients } of homes) for (const client of clients.values()) client.end(true)
    caller.close()
    await platform.stop()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The same hours of the day, from tomorrow on; the last whole hour of the record is the end. */
function readHistory(days: number): { history: Heard[]; endAt: number } {
  const rows = loadHome()
  if (!rows) throw new Error('the record of the home is not here')
  const intervals = rows.map((row) => ({ ...row, start: parseInstant(row.start)!, end: parseInstant(row.end)! }))
  const last = Math.floor(Math.max(...intervals.map(({ end }) => end)) / hourMs) * hourMs
  const first = Math.max(Math.min(...intervals.map(({ start }) => start)), last - days * dayMs)
  const shift = Math.ceil((Date.now() + hourMs - first) / dayMs) * dayMs
  const history = messagesOf(intervals)
    .filter(({ at }) => at >= first && at <= last)
    .map((heard) => ({ ...heard, at: heard.at + shift }))
  return { history: history.sort((a, b) => a.at - b.at), endAt: last + shift }
}

async function connect(port: number, { sensors }: ProofHome): Promise<Map<string, MqttClient>> {
  const clients = new Map<string, MqttClient>()
  for (const { kind, code, secret } of sensors) {
    const options = { clientId: code, username: code, password: secret, protocolVersion: 4 } as const
    clients.set(kind, await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, options))
  }
  return clients
}

async function signIn(caller: Caller, dataDir: string): Promise<{ token: string; areaCode: string }> {
  const { logins } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as {
    logins: { account: string; password: string; areaCode: string }[]
  }
  const { account, password, areaCode } = logins.find((login) => login.account === 'community')!
  const { token } = (await caller.send('POST', '/sessions', { account, password })).json<{ token: string }>()
  return { token, areaCode }
}

interface Life {
  caller: Caller
  token: string
  homes: readonly Home[]
  history: readonly Heard[]
  endAt: number
  say(line: string): void
}

/** Hour after hour, until the last cut is twelve hours old. Notices about the home as it was are settled, so that each next one counts. */
async function live({ caller, token, homes, history, endAt, say }: Life): Promise<number> {
  let [sent, at] = [0, 0]
  for (let now = Math.ceil(history[0]!.at / hourMs) * hourMs; now <= endAt + 12 * hourMs; now += hourMs) {
    const { status } = await caller.send('POST', '/test/clock', { now: new Date(now).toISOString() })
    if (status !== 204 && status !== 503) throw new Error(`the clock did not move: ${status}`)
    const due: Heard[] = []
    for (; at < history.length && history[at]!.at <= now; at++) due.push(history[at]!)
    const said = homes.flatMap((home) =>
      due.filter((heard) => heard.at > home.from && heard.at <= home.cutAt).map((heard) => ({ home, heard })),
    )
    await Promise.all(said.map(({ home, heard }) => tell(home, heard)))
    sent += said.length
    await settleNotices(caller, token, homes[0]!.personId)
    if ((now / hourMs) % 24 === 0) say(`${new Date(now).toISOString()}: ${sent} messages`)
  }
  return sent
}

async function tell({ clients, sensors }: Home, { at, kind, values }: Heard): Promise<void> {
  const { code } = sensors.find((sensor) => sensor.kind === kind)!
  await clients.get(kind)!.publishAsync(`up/${code}/telemetry`, JSON.stringify({ ts: at, id: newId(), values }), { qos: 1 })
}

async function settleNotices(caller: Caller, token: string, personId: string): Promise<void> {
  const open = await caller.send('GET', `/episodes?state=open&subjectId=${personId}`, undefined, token)
  for (const { episodeId } of open.json<{ items: { episodeId: string }[] }>().items) {
    const { seq } = (await caller.send('GET', `/persons/${personId}`, undefined, token)).json<{ seq: number }>()
    const body = {
      requestId: newId(),
      seenSeq: seq,
      madeAt: new Date().toISOString(),
      met: 'person',
      result: 'well',
      note: '本人在家，没有出门',
    }
    const { status } = await caller.send('POST', `/episodes/${episodeId}/visit`, body, token)
    if (status !== 200) throw new Error(`a notice could not be settled: ${status}`)
  }
}

interface Lived {
  homes: readonly Home[]
  notices: readonly { rule: string; personId: string; raisedAt: Date }[]
  endAt: number
  messages: number
  days: number
  seconds: number
}

function judge({ homes, notices, endAt, ...lived }: Lived): WatchReport {
  const [ordinary, ...silent] = homes as [Home, ...Home[]]
  const hoursAfter = (home: Home): number[] =>
    notices
      .filter(({ rule, personId }) => rule === 'elderly-care.silence' && personId === home.personId)
      .map(({ raisedAt }) => (raisedAt.getTime() - home.cutAt) / hourMs)
  const count = (rule: string): number =>
    notices.filter((one) => one.rule === rule && one.personId === ordinary.personId && one.raisedAt.getTime() <= endAt).length
  const lags = silent.map((home) => hoursAfter(home).find((hours) => hours > 0) ?? null)
  const report = {
    ...lived,
    ordinary: { silence: count('elderly-care.silence'), noExit: count('elderly-care.no-exit') },
    lags,
    early: silent.flatMap(hoursAfter).filter((hours) => hours <= 0).length,
  }
  const faults: string[] = []
  if (report.ordinary.silence > 0) faults.push(`${report.ordinary.silence} notices of silence in ordinary life`)
  if (report.early > 0) faults.push(`${report.early} notices of silence before a home fell silent`)
  const late = lags.filter((hours) => hours === null || hours > 12 + tickHours).length
  if (late > 0) faults.push(`${late} silences were not noticed within twelve hours`)
  return { ...report, faults }
}
