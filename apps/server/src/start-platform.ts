import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAreaBook, createSessions, placeFrom, routes as accessRoutes } from '@linli/access/server'
import { BaseError } from '@linli/base/define'
import {
  adoptFiles,
  createHttp,
  createPersonKey,
  createRateLimiter,
  createWaker,
  erasePerson,
  loadPersonKey,
  MovableClock,
  openAnchorBook,
  openFileStore,
  openVault,
  prepareJobs,
  StartError,
  startJobs,
  systemClock,
  uploadRoute,
} from '@linli/base/server'
import { type CasesDeps, caseRoutes, caseTopic, tellSubscriber } from '@linli/cases/server'
import { createHub, type Hub, serveMessages } from '@linli/messages/server'
import { loadScenes, openSwitchBook, sceneRoutes } from '@linli/scene/server'
import { appeals } from '@linli/scene-appeals/pack'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Config } from './config.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'
import { platformJobs } from './jobs.ts'
import { infoRoute } from './info.ts'
import { createMeters, operationRoutes } from './operations.ts'
import { guardHeaders, servePortals } from './portals.ts'
import { testClockRoute } from './test-clock.ts'
import { version } from './version.ts'
import { startWorkers, type Workers } from './workers.ts'

export interface Platform {
  url: string
  app: FastifyInstance
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
export async function startPlatform(config: Config, say: (line: string) => void, { instrument = (pool) => pool }: PlatformOptions = {}): Promise<Platform> {
  const opened = await openDatabase(config, say)
  const database = { ...opened, pool: instrument(opened.pool) }
  const stops: (() => Promise<unknown>)[] = [() => database.stop()]
  try {
    refuseOpenDemo(config, database)
    return await compose(config, database, stops, say)
  } catch (error) {
    for (const stop of stops.reverse()) await stop().catch(() => {})
    throw error
  }
}

/** Demo logins are published; such a database answers this machine only. */
function refuseOpenDemo(config: Config, database: Pick<OpenDatabase, 'isDemo'>): void {
  const loopback = ['127.0.0.1', 'localhost', '::1'].includes(config.HOST)
  if (!loopback && (config.LINLI_DEMO || database.isDemo)) {
    throw new StartError(2, `HOST=${config.HOST}: a demo database has published passwords and serves loopback only.`)
  }
}

async function compose(config: Config, database: OpenDatabase, stops: (() => Promise<unknown>)[], say: (line: string) => void): Promise<Platform> {
  const clock = config.LINLI_TEST ? new MovableClock(database.testOffset) : systemClock
  const log = (message: string, detail?: Record<string, unknown>): void => say(`${message}${detail ? ` ${JSON.stringify(detail)}` : ''}`)
  const vault = await openVault(config.DATA_DIR)
  const anchors = openAnchorBook(join(config.DATA_DIR, 'anchors'))
  const meters = createMeters()
  const waker = createWaker({ url: database.servingUrl, log })
  stops.push(() => waker.stop())

  let hub: Hub | undefined
  let workers: Workers | undefined
  const wake = (): void => {
    hub?.wake()
    workers?.wake()
    waker.wake()
  }
  const transaction = { pool: database.pool, clock, wake, told: meters.countEvent }
  const sessions = createSessions({ ...transaction, publicUrl: config.LINLI_PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}` })
  const deps = { ...transaction, vault, sessions, limiter: createRateLimiter(1200) }
  const areas = createAreaBook(clock)
  const files = openFileStore(join(config.DATA_DIR, 'files'))
  const switches = await openSwitchBook({ pool: database.pool, clock, log })
  stops.push(async () => switches.stop())
  const scenes = loadScenes([appeals], { switches })
  const { catalogue, templates } = scenes
  const jobs = platformJobs(transaction, files, database.calendar, log)
  let isDemo = database.isDemo
  const cases: CasesDeps = {
    ...deps,
    catalogue,
    calendar: database.calendar,
    findPlace: async (ctx, code) => {
      const area = await areas.find(ctx, code)
      return area && placeFrom(area)
    },
    createPersonKey: (ctx) => createPersonKey(ctx, vault),
    loadPersonKey: (ctx, keyId) => loadPersonKey(ctx, vault, keyId),
    erasePerson,
    adoptFiles,
  }

  let waitingFor = 'seed'
  const app = await createHttp({ version, checkAnswers: config.LINLI_TEST, log: true })
  stops.push(() => app.close())
  guardHeaders(app)
  app.addHook('onRequest', async (request) => {
    if (waitingFor && request.url.startsWith('/api/')) throw BaseError('busy', { detail: '平台正在启动，请稍后再试', retryAfterSeconds: 2 })
  })
  operationRoutes(app, database.pool, meters, { waitingFor: () => waitingFor }, version)
  const servesHttp = config.LINLI_ROLE !== 'worker'
  if (servesHttp) {
    accessRoutes(app, { ...deps, anchors })
    uploadRoute(app, deps, files)
    caseRoutes(app, cases)
    sceneRoutes(app, deps, scenes)
    infoRoute(app, deps, { demo: () => isDemo, version })
    hub = createHub({ ...transaction, topics: [caseTopic], listenUrl: database.servingUrl, log })
    stops.push(async () => hub?.stop())
    serveMessages(app, { ...deps, templates, hub })
    await servePortals(app, { demo: () => isDemo, version })
  }
  const subscribers = [tellSubscriber(cases, templates)]
  if (config.LINLI_ROLE !== 'http') {
    const working = startWorkers({ deps: transaction, pool: database.pool, clock, listenUrl: database.servingUrl, anchors, cases, subscribers, log })
    workers = working
    stops.push(() => working.stop())
    if (database.ownerUrl) await prepareJobs(database.ownerUrl, jobs)
    const recurring = await startJobs({ servingUrl: database.servingUrl, jobs, log })
    stops.push(() => recurring.stop())
  }
  if (clock instanceof MovableClock) testClockRoute(app, deps, clock, async () => workers?.settle())

  await listen(app, config)
  const { port } = app.server.address() as AddressInfo
  const url = config.LINLI_PUBLIC_URL ?? `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`
  if (config.LINLI_DEMO || isDemo) {
    await seedDemo({ ...transaction, vault, catalogue, calendar: database.calendar, dataDir: config.DATA_DIR, baseUrl: url, log: say })
    isDemo = true
  }
  waitingFor = ''
  return {
    url,
    app,
    isDemo,
    stop: async () => {
      for (const stop of stops.reverse()) await stop().catch((error: Error) => say(`Stopping: ${error.message}`))
    },
  }
}

async function listen(app: FastifyInstance, config: Config): Promise<void> {
  try {
    await app.listen({ host: config.HOST, port: config.PORT })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new StartError(2, `PORT=${config.PORT} is in use. Stop what listens there or set PORT to another.`)
    if (code === 'EACCES') throw new StartError(2, `PORT=${config.PORT} may not be opened by this user. Choose one above 1023.`)
    if (code === 'EADDRNOTAVAIL') throw new StartError(2, `HOST=${config.HOST} is not an address of this machine.`)
    throw error
  }
}
