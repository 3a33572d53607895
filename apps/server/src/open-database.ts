import { seedRoles } from '@linli/access/server'
import type { WorkingCalendar } from '@linli/base/define'
import {
  calendarWarning,
  loadCalendar,
  migrate,
  openPool,
  StartError,
  seedCalendar,
  sql,
  startEmbedded,
  systemActor,
  systemClock,
  transact,
} from '@linli/base/server'
import pg from 'pg'
import type { Config } from './config.ts'
import { migrationSources } from './migrations.ts'

export interface OpenDatabase {
  pool: pg.Pool
  servingUrl: string
  ownerUrl: string | undefined
  isDemo: boolean
  isTest: boolean
  /** How far the test clock was moved before, in milliseconds. */
  testOffset: number
  calendar(): WorkingCalendar
  reloadCalendar(): Promise<void>
  stop(): Promise<void>
}

/** The database, migrated and seeded with calendar and roles: an embedded one unless DATABASE_URL names another. */
export async function openDatabase(config: Config, log: (line: string) => void): Promise<OpenDatabase> {
  const embedded = config.DATABASE_URL ? undefined : await startEmbedded({ dataDir: config.DATA_DIR, log })
  const servingUrl = config.DATABASE_URL ?? embedded!.servingUrl
  const ownerUrl = config.DATABASE_OWNER_URL ?? embedded?.ownerUrl
  try {
    const fresh = ownerUrl ? await prepare(ownerUrl, log) : false
    const pool = openPool({ url: servingUrl, max: 16, name: config.LINLI_ROLE })
    const marks = await settle(pool, config, fresh)
    let calendar = await readCalendar(pool)
    const warning = calendarWarning(calendar, new Date(Date.now() + marks.testOffset))
    if (warning) log(`WARNING: ${warning}`)
    const reloadCalendar = async (): Promise<void> => {
      calendar = await readCalendar(pool)
    }
    // Another process, or an administrator, may import a year while this one runs.
    const reloads = setInterval(() => void reloadCalendar().catch(() => {}), 600_000).unref()
    return {
      pool,
      servingUrl,
      ownerUrl,
      ...marks,
      calendar: () => calendar,
      reloadCalendar,
      stop: async () => {
        clearInterval(reloads)
        await pool.end()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw explain(error)
  }
}

/** Migrates and brings in the published calendar years; answers whether the database was just made. */
async function prepare(ownerUrl: string, log: (line: string) => void): Promise<boolean> {
  const { applied, fresh } = await migrate(ownerUrl, migrationSources)
  if (applied.length > 0) log(`Migrated: ${applied.length} step(s).`)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await seedCalendar(async (statement) => (await client.query(statement.text, statement.values)).rows)
    return fresh
  } finally {
    await client.end()
  }
}

interface Marks {
  isDemo: boolean
  isTest: boolean
  testOffset: number
}

/** Roles as the definitions have them, and in test mode the mark of a database made in it. Refuses test mode for any other. */
async function settle(pool: pg.Pool, config: Config, fresh: boolean): Promise<Marks> {
  await transact({ pool, clock: systemClock }, systemActor, async (ctx) => {
    await seedRoles(ctx)
    if (fresh && config.LINLI_TEST) await ctx.run(sql`INSERT INTO base.database_mark (name, value) VALUES ('test', 'yes')`)
  })
  const marks = await readMarks(pool)
  if (config.LINLI_TEST && !marks.isTest)
    throw new StartError(2, 'LINLI_TEST=1: this database was not created in test mode. Use an empty DATA_DIR or database.')
  return marks
}

/** What kind of database this is. */
export async function readMarks(pool: pg.Pool): Promise<Marks> {
  const rows = await transact({ pool, clock: systemClock }, systemActor, (ctx) =>
    ctx.rows(sql<{ name: string; value: string }>`SELECT name, value FROM base.database_mark`),
  )
  const marks = new Map(rows.map((row) => [row.name, row.value]))
  return { isDemo: marks.has('demo'), isTest: marks.has('test'), testOffset: Number(marks.get('test_clock') ?? 0) }
}

async function readCalendar(pool: pg.Pool): Promise<WorkingCalendar> {
  return transact({ pool, clock: systemClock }, systemActor, (ctx) => loadCalendar((statement) => ctx.rows(statement)))
}

/** A database that cannot be reached or entered is one line and exit code 3, not a stack. */
function explain(error: unknown): unknown {
  const {
    code,
    message,
    errors,
    cause: inner,
  } = error as { code?: string; message?: string; errors?: { code?: string }[]; cause?: { code?: string } }
  const cause = code ?? errors?.[0]?.code ?? inner?.code
  if (cause === '53100')
    return new StartError(3, 'The disk that holds the database is full. Free some space and start again; nothing is lost.')
  if (cause === 'ECONNREFUSED' || cause === 'ENOTFOUND' || cause === 'ETIMEDOUT' || cause === 'EAI_AGAIN') {
    return new StartError(3, `DATABASE_URL: no PostgreSQL answers there (${cause}).`)
  }
  if (cause === '28P01' || cause === '28000') return new StartError(3, 'DATABASE_URL: PostgreSQL refuses this user or password.')
  if (cause === '3D000') return new StartError(3, 'DATABASE_URL: there is no such database. See deploy/roles.sql.')
  if (cause === '42704' || /role .* does not exist/.test(message ?? ''))
    return new StartError(3, 'The roles linli_owner, linli_app and linli_system are missing. Run deploy/roles.sql once.')
  return error
}
