import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { routes as accessRoutes, residentRoutes } from '@linli/access/server'
import { BaseError, createHttp, StartError, uploadRoute } from '@linli/base/server'
import { caseFileRoutes, caseHandover, caseRoutes, caseTopic } from '@linli/cases/server'
import { exchangeRoutes, exportTopic, importTopic } from '@linli/exchange/server'
import { createHub, serveMessages } from '@linli/messages/server'
import { peopleHandover, registryRoutes, residentFileRoutes, visitFileRoutes } from '@linli/registry/server'
import { sceneRoutes } from '@linli/scene/server'
import {
  alarmHandover,
  deviceHandover,
  deviceRoutes,
  episodeRoutes,
  episodeTopic,
  residentAlarmRoutes,
  residentAlarmTopic,
  telemetryRoute,
} from '@linli/signals/server'
import type { FastifyInstance } from 'fastify'
import { apiDocs } from './api-docs/api-docs.ts'
import type { Config } from './config.ts'
import { storyRoutes } from './demo/story/story-routes.ts'
import { StoryStage } from './demo/story/story-stage.ts'
import type { Engines } from './engines.ts'
import { infoRoute } from './info.ts'
import type { OpenDatabase } from './open-database.ts'
import { operationRoutes } from './operations.ts'
import { guardHeaders, servePortals } from './portals.ts'
import type { Stops } from './stops.ts'
import { version } from './version.ts'
import { residentSlots } from './wire-residents.ts'

/** What changes while the process runs. */
export interface Standing {
  /** What the start still waits for; empty when everything stands. Until then the API says 503. */
  waitingFor: string
  isDemo: boolean
  /** Where the simulated phones are seen, in a demo. */
  phonesUrl: string | null
}

/** The HTTP side: operations for every role, API and portals unless this process only works in the background. */
export async function makeHttp(
  config: Config,
  database: OpenDatabase,
  engines: Engines,
  standing: Standing,
  stops: Stops,
): Promise<FastifyInstance> {
  const { deps, transaction, log } = engines
  const app = await createHttp({ version, checkAnswers: config.LINLI_TEST, log: true, trustProxy: config.LINLI_TRUST_PROXY })
  stops.push(() => app.close())
  guardHeaders(app)
  app.addHook('onRequest', async (request) => {
    if (standing.waitingFor && request.url.startsWith('/api/'))
      throw BaseError('busy', { detail: '平台正在启动，请稍后再试', retryAfterSeconds: 2 })
  })
  apiDocs(app, deps.limiter.defaultPerMinute)
  operationRoutes(app, database.pool, engines.meters, { waitingFor: () => standing.waitingFor }, version)
  if (config.LINLI_ROLE === 'worker') return app
  telemetryRoute(app, engines.signals, engines.signals.book, engines.signals.ingest)
  if (config.LINLI_ROLE === 'ingest') return app
  const hub = createHub({
    ...transaction,
    topics: [caseTopic, exportTopic, importTopic, episodeTopic, residentAlarmTopic(engines.signals)],
    wakeLine: engines.wakeLine,
    log,
  })
  stops.push(() => hub.stop())
  engines.wakes.push(hub.wake)
  accessRoutes(app, {
    ...deps,
    anchors: engines.anchors,
    areas: engines.areas,
    mapTiles: config.LINLI_MAP_TILES,
    participants: [caseHandover(engines.cases), peopleHandover, deviceHandover, alarmHandover],
  })
  residentRoutes(app, { ...deps, residents: residentSlots(deps.vault, engines.templates) })
  uploadRoute(app, deps, engines.files)
  registryRoutes(app, engines.registry)
  visitFileRoutes(app, engines.registry, engines.files)
  residentFileRoutes(app, engines.registry)
  caseRoutes(app, engines.cases)
  caseFileRoutes(app, engines.cases, engines.files)
  deviceRoutes(app, engines.signals, engines.signals.alarms)
  episodeRoutes(app, engines.signals)
  residentAlarmRoutes(app, engines.signals, engines.signals.ingest)
  exchangeRoutes(app, engines.exchange)
  sceneRoutes(app, deps, engines.scenes)
  serveMessages(app, { ...deps, templates: engines.templates, terms: engines.scenes.labels, channels: engines.channels, hub })
  const deskBridge = config.LINLI_DESK_BRIDGE
  infoRoute(app, deps, { demo: () => standing.isDemo, phones: () => standing.phonesUrl, version, deskBridge })
  const stage = new StoryStage({ demoFile: join(config.DATA_DIR, 'demo.json'), clock: engines.clock, log })
  stops.push(() => stage.stop())
  storyRoutes(app, deps, { isDemo: () => standing.isDemo, phones: () => standing.phonesUrl, stage })
  await servePortals(app, { demo: () => standing.isDemo, version, deskBridge, mapTiles: config.LINLI_MAP_TILES ?? [] })
  return app
}

/** Opens the door for a moment: a start that must fail for it fails before a database was set up. */
export async function tryPort(config: Config, name: 'PORT' | 'MQTT_PORT' | 'MQTT_TLS_PORT' = 'PORT'): Promise<void> {
  const door = createServer().listen({ host: config.HOST, port: config[name] })
  await once(door, 'listening').catch((error) => Promise.reject(doorFault(error, config, name)))
  door.close()
  await once(door, 'close')
}

function doorFault(
  error: NodeJS.ErrnoException,
  { HOST, ...config }: Config,
  name: 'PORT' | 'MQTT_PORT' | 'MQTT_TLS_PORT' = 'PORT',
): Error {
  const { code } = error
  const port = `${name}=${config[name]}`
  if (code === 'EADDRINUSE') return new StartError(2, `${port} is in use. Stop what listens there or set ${name} to another.`)
  if (code === 'EACCES') return new StartError(2, `${port} may not be opened by this user. Choose one above 1023.`)
  if (code === 'EADDRNOTAVAIL') return new StartError(2, `HOST=${HOST} is not an address of this machine.`)
  return error
}

/** Listens, and answers the address that people use. */
export async function listen(app: FastifyInstance, config: Config): Promise<string> {
  await app.listen({ host: config.HOST, port: config.PORT }).catch((error) => Promise.reject(doorFault(error, config)))
  const { port } = app.server.address() as AddressInfo
  return config.LINLI_PUBLIC_URL ?? `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`
}
