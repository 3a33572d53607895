import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StartError, sql, systemActor, systemClock, transact } from '@linli/base/server'
import type { Config } from './config.ts'
import { type Engines, wireEngines } from './engines.ts'
import type { OpenDatabase } from './open-database.ts'
import { Stops } from './stops.ts'

/** The engines for a command that works beside the platform or without it: wired the same way, serving nobody. */
export async function withEngines<T>(
  config: Config,
  database: OpenDatabase,
  say: (line: string) => void,
  work: (engines: Engines) => Promise<T>,
): Promise<T> {
  await refuseOtherKey(config, database)
  const stops = new Stops()
  try {
    return await work(await wireEngines(config, database, stops, say))
  } finally {
    await stops.all(say)
  }
}

/** What is sealed with a new key cannot be opened by the platform that has the old one. */
async function refuseOtherKey({ DATA_DIR }: Config, { pool }: OpenDatabase): Promise<void> {
  if (existsSync(join(DATA_DIR, 'keys', 'master.key'))) return
  const sealed = await transact({ pool, clock: systemClock }, systemActor, (system) =>
    system.find(sql`SELECT 1 FROM cases.case_file LIMIT 1`),
  )
  if (sealed)
    throw new StartError(2, `DATA_DIR has no keys/master.key, but this database is sealed with one: set DATA_DIR to the platform's.`)
}
