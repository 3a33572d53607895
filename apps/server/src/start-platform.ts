import { MovableClock, prepareJobs, StartError, startJobs, systemActor, transact } from '@linli/base/server'
import { dutiesSubscriber, followersSubscriber, personSubscriber, tellSubscriber } from '@linli/cases/server'
import { alertSubscriber, deputySubscriber, fallBackSubscriber, handoverSubscriber } from '@linli/messages/server'
import { findByPhone } from '@linli/registry/server'
import { keepDays, phoneSubscriber, rungSubscriber, startMqtt, type TlsFiles } from '@linli/signals/server'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Config } from './config.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { type Engines, wireEngines } from './engines.ts'
import { giveBackMemory } from './give-back-memory.ts'
import { platformJobs } from './jobs.ts'
import { type OpenDatabase, openDatabase, readMarks } from './open-database.ts'
import { readTlsFiles } from './read-tls-files.ts'
import { listen, makeHttp, type Standing, tryPort } from './serve-http.ts'
import { Stops } from './stops.ts'
import { testClockRoute } from './test-clock.ts'
import { addPhones } from './wire-channels.ts'
import { residentSubscriber } from './wire-residents.ts'
import { startWorkers, type Workers } from './workers.ts'

export interface Platform {
  url: string
  /** Where devices connect; null where this process does not listen to them. */
  mqttUrl: string | null
  app: FastifyInstance
  /** Where the simulated phones of a demo are seen; null where messages go to real ones. */
  phonesUrl: string | null
  readonly isDemo: boolean
  stop(): Promise<void>
}

export interface PlatformOptions {
  /** Puts itself between the platform and its connections, to record or count what is sent. */
  instrument?: (pool: pg.Pool) => pg.Pool
}

/**
 * Starts everything this process is for (`LINLI_ROLE`): database, routes, portals, background work. Answers when it is ready to serve;
 * until then `/readyz` and the API say 503. Throws StartError for what a person must put right.
 */
export async function startPlatform(
  config: Config,
  say: (line: string) => void,
  { instrument = (pool) => pool }: PlatformOptions = {},
): Promise<Platform> {
  const stops = new Stops()
  try {
    await tryPort(config)
    if (hearsDevices(config)) await tryPort(config, 'MQTT_PORT')
    const tls = hearsDevices(config) ? await readTlsFiles(config) : undefined
    const opened = await openDatabase(config, say)
    const database = { ...opened, pool: instrument(opened.pool) }
    stops.push(() => database.stop())
    refuseOpenDemo(config, database)
    const engines = await wireEngines(config, database, stops, say)
    const standing: Standing = { waitingFor: 'seed', isDemo: database.isDemo, phonesUrl: null }
    if (sendsMessages(config) && (config.LINLI_DEMO || database.isDemo))
      standing.phonesUrl = await addPhones(config, engines.channels, stops, engines.log)
    const app = await makeHttp(config, database, engines, standing, stops)
    const workers = sendsMessages(config) ? await startBackground(database, engines, stops) : undefined
    if (engines.clock instanceof MovableClock) testClockRoute(app, engines.deps, engines.clock, async () => workers?.settle())
    const url = await listen(app, config)
    const mqttUrl = await openToDevices(config, engines, stops, tls)
    if (config.LINLI_DEMO || standing.isDemo) {
      const { deps, cases, scenes, signals, exchange } = engines
      const demo = {
        ...deps,
        catalogue: cases.catalogue,
        rules: scenes.rules,
        calendar: cases.calendar,
        fieldWork: { signals, exchange },
        dataDir: config.DATA_DIR,
        baseUrl: url,
        mqttUrl,
        phonesUrl: standing.phonesUrl,
        log: say,
      }
      await seedDemo(demo)
      standing.isDemo = (await readMarks(database.pool)).isDemo
    }
    giveBackMemory()
    standing.waitingFor = ''
    return { url, mqttUrl, phonesUrl: standing.phonesUrl, app, isDemo: standing.isDemo, stop: () => stops.all(say) }
  } catch (error) {
    await stops.all()
    throw error
  }
}

const hearsDevices = ({ LINLI_ROLE }: Config): boolean => LINLI_ROLE === 'all' || LINLI_ROLE === 'ingest'

/** The background of the platform: what is due, and what goes out. */
const sendsMessages = ({ LINLI_ROLE }: Config): boolean => LINLI_ROLE === 'all' || LINLI_ROLE === 'worker'

/** Devices are let in last, when what they send has its partitions and everything that follows from it is at work. */
async function openToDevices(
  config: Config,
  { transaction, signals }: Engines,
  stops: Stops,
  tls: TlsFiles | undefined,
): Promise<string | null> {
  if (config.LINLI_ROLE !== 'worker') await transact(transaction, systemActor, keepDays)
  if (!hearsDevices(config)) return null
  const mqtt = await startMqtt({
    deps: signals,
    host: config.HOST,
    port: config.MQTT_PORT,
    book: signals.book,
    ingest: signals.ingest,
    tls,
  })
  stops.push(() => mqtt.stop())
  return mqtt.url
}

/** Demo logins are published; such a database answers this machine only. */
function refuseOpenDemo(config: Config, database: Pick<OpenDatabase, 'isDemo'>): void {
  const loopback = ['127.0.0.1', 'localhost', '::1'].includes(config.HOST)
  if (!loopback && (config.LINLI_DEMO || database.isDemo)) {
    throw new StartError(2, `HOST=${config.HOST}: a demo database has published passwords and serves loopback only.`)
  }
}

async function startBackground(database: OpenDatabase, engines: Engines, stops: Stops): Promise<Workers> {
  const { transaction, cases, signals, templates, anchors, clock, log } = engines
  const subscribers = [
    tellSubscriber(cases, templates),
    followersSubscriber(cases),
    residentSubscriber(engines.deps.vault),
    personSubscriber(cases, (system, phone) => findByPhone(system, engines.deps.vault, phone)),
    dutiesSubscriber(templates),
    alertSubscriber(templates),
    handoverSubscriber(templates),
    deputySubscriber(templates),
    rungSubscriber(signals),
    phoneSubscriber(signals),
    fallBackSubscriber({ vault: engines.deps.vault, templates }),
  ]
  const workers = startWorkers({
    deps: transaction,
    pool: database.pool,
    clock,
    wakeLine: engines.wakeLine,
    anchors,
    cases,
    signals,
    exchange: engines.exchange,
    courier: { ...transaction, vault: engines.deps.vault, channels: engines.channels, templates, terms: engines.scenes.labels, log },
    subscribers,
    log,
  })
  stops.push(() => workers.stop())
  engines.wakes.push(workers.wake)
  const jobs = platformJobs(transaction, engines.files, cases, engines.exchange, database.reloadCalendar, log)
  if (database.ownerUrl) await prepareJobs(database.ownerUrl, jobs)
  const recurring = await startJobs({ servingUrl: database.servingUrl, jobs, log })
  stops.push(() => recurring.stop())
  return workers
}
