import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { type Actor, systemActor } from '../server/actor.ts'
import { createVault } from '../server/crypto.ts'
import { openPool } from '../server/database.ts'
import { cloneTemplate } from '../server/embedded/test-database.ts'
import { createHttp } from '../server/http.ts'
import { type MigrationSource, migrate } from '../server/migrate.ts'
import { createRateLimiter } from '../server/rate-limit.ts'
import type { ServeDeps } from '../server/serve.ts'
import type { Statement } from '../server/sql.ts'
import { type Ctx, type TransactionOptions, transact } from '../server/transaction.ts'
import { aClock, type TestClock } from './a-clock.ts'
import { TestSessions } from './test-sessions.ts'

const KERNEL = new URL('../../../', import.meta.url)

/** In the order in which engines may build on each other. */
const engines = ['base', 'access', 'messages', 'registry', 'forms', 'cases', 'signals', 'reports', 'exchange', 'scene'] as const
export type EngineName = (typeof engines)[number]

export interface TestDatabaseOptions {
  /** Migrates this engine and those it may build on; all of them when absent. */
  through?: EngineName
  clock?: TestClock
  /** Rows that every clone of this template has; `name` tells such templates apart. */
  seed?: { name: string; run(ownerUrl: string): Promise<unknown> }
  /** Connections of the pool. */
  max?: number
}

export interface TestDatabase {
  readonly pool: pg.Pool
  readonly clock: TestClock
  readonly sessions: TestSessions
  readonly deps: ServeDeps
  readonly ownerUrl: string
  readonly servingUrl: string
  readonly superuserUrl: string
  /** One transaction of this actor, under its scope, as a request would have it. */
  as<T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, options?: TransactionOptions): Promise<T>
  system<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Past all policies: to look at what really is there, or to tamper with it. */
  superuser<R>(statement: Statement<R> | string): Promise<R[]>
  close(): Promise<void>
}

/** A database of one's own on real PostgreSQL: a clone of a template that this run migrated once. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const through = options.through ?? engines.at(-1)!
  const database = await cloneTemplate(
    {
      label: `${through} ${options.seed?.name ?? ''}`,
      migrate: async (ownerUrl) => {
        await migrate(ownerUrl, migrationsThrough(through))
        await options.seed?.run(ownerUrl)
      },
    },
    through,
  )
  const clock = options.clock ?? aClock()
  const pool = openPool({ url: database.servingUrl, max: options.max ?? 6, name: 'test' })
  const superuser = new pg.Pool({ connectionString: database.superuserUrl, max: 2 })
  superuser.on('error', () => {})
  const sessions = new TestSessions()
  const vault = createVault(Buffer.alloc(32, 7))
  const deps: ServeDeps = { pool, clock, vault, sessions, limiter: createRateLimiter(1_000_000) }
  return {
    pool,
    clock,
    sessions,
    deps,
    ownerUrl: database.ownerUrl,
    servingUrl: database.servingUrl,
    superuserUrl: database.superuserUrl,
    as: (actor, work, transaction) => transact(deps, actor, work, transaction),
    system: (work) => transact(deps, systemActor, work),
    superuser: async (statement) =>
      (await superuser.query(typeof statement === 'string' ? statement : { text: statement.text, values: statement.values })).rows,
    close: async () => {
      await Promise.all([pool.end(), superuser.end()])
      await database.drop()
    },
  }
}

/** Migration folders of the engines up to this one, as far as they have any. */
export function migrationsThrough(engine: EngineName): MigrationSource[] {
  return engines
    .slice(0, engines.indexOf(engine) + 1)
    .map((name) => ({ engine: name, folder: fileURLToPath(new URL(`${name}/migrations`, KERNEL)) }))
    .filter(({ folder }) => existsSync(folder))
}

/** The routes of one engine on fastify, every answer checked against its contract; use `inject`, or listen on port 0. */
export async function testHttp(
  mount: (app: FastifyInstance) => unknown,
  options: { trustProxy?: number | string[] } = {},
): Promise<FastifyInstance> {
  const app = await createHttp({ version: 'test', checkAnswers: true, log: false, ...options })
  await mount(app)
  await app.ready()
  return app
}
