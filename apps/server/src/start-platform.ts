import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { createAreaBook, createSessions, routes as accessRoutes } from '@linli/access/server'
import {
  createDispatcher,
  createHttp,
  createPersonKey,
  createRateLimiter,
  createSealer,
  createWaker,
  erasePerson,
  loadPersonKey,
  MovableClock,
  openAnchorBook,
  openFileStore,
  openVault,
  serveUpload,
  StartError,
  systemActor,
  systemClock,
  transact,
} from '@linli/base/server'
import { type CasesDeps, caseRoutes, sweepNotices, tellSubscriber, visibleCases } from '@linli/cases/server'
import { createLivePush, messageRoutes } from '@linli/messages/server'
import { loadScenes, sceneRoutes } from '@linli/scene/server'
import { appealsScene } from '@linli/scene-appeals/pack'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { seedDemo } from './demo/seed-demo.ts'
import { startJobsOf } from './jobs.ts'
import { openDatabase } from './open-database.ts'
import { createMeters, operationRoutes } from './operations.ts'
import { guardHeaders, servePortals } from './portals.ts'
import { testClockRoute } from './test-clock.ts'
import { version } from './version.ts'
import { startWorkers } from './workers.ts'

export interface Platform {
  url: string
  app: FastifyInstance
  stop(): Promise<void>
}
