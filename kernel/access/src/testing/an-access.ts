import { type TestDatabase, type TestDatabaseOptions, testDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance } from 'fastify'
import type { HandoverParticipant } from '../server/handover-slot.ts'
import { routes } from '../server/routes.ts'
import { createSessions, type Sessions } from '../server/sessions.ts'
import { aTown, type Town } from './a-town.ts'

export interface AccessUnderTest {
  db: TestDatabase
  town: Town
  app: FastifyInstance
  sessions: Sessions
  /** A second server process on the same database: shares no memory with the first. */
  another(): Promise<FastifyInstance>
  close(): Promise<void>
}

/** The routes of this engine over a town, with real sessions. */
export async function anAccess(
  options: TestDatabaseOptions & { publicUrl?: string; participants?: readonly HandoverParticipant[] } = {},
): Promise<AccessUnderTest> {
  const db = await testDatabase({ through: 'access', ...options })
  const town = await db.system((ctx) => aTown(ctx))
  const serving = () => createSessions({ pool: db.pool, clock: db.clock, publicUrl: options.publicUrl ?? 'http://127.0.0.1:8080' })
  const start = (sessions: Sessions) => testHttp((app) => routes(app, { ...db.deps, sessions, participants: options.participants ?? [] }))
  const sessions = serving()
  const apps = [await start(sessions)]
  return {
    db,
    town,
    sessions,
    app: apps[0]!,
    another: async () => {
      const app = await start(serving())
      apps.push(app)
      return app
    },
    close: async () => {
      await Promise.all(apps.map((app) => app.close()))
      await db.close()
    },
  }
}
