import { attachEmbedded, makeDataDir } from '@linli/base/server'
import { type Config, readConfig } from '@linli/server/config'
import { type OpenDatabase, openDatabase } from '@linli/server/database'
import { note } from './import-command.ts'

/**
 * The database that a command works on, migrated: DATABASE_URL when it is set, otherwise that of DATA_DIR. A platform that runs there
 * goes on running and the command works beside it; without one the command starts the database and stops it again. Throws StartError.
 */
async function openTarget(config: Config): Promise<OpenDatabase> {
  if (config.DATABASE_URL) return openDatabase(config, note)
  makeDataDir(config.DATA_DIR)
  const running = await attachEmbedded(config.DATA_DIR)
  return openDatabase(running ? { ...config, DATABASE_URL: running.servingUrl, DATABASE_OWNER_URL: running.ownerUrl } : config, note)
}

/** The database for as long as the work takes. Ctrl-C ends it after what is on its way; a second one ends it at once. */
export async function withTarget(work: (database: OpenDatabase, signal: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130)
      note(`${signal}: stopping after what is on its way.`)
      stop.abort()
    })
  }
  const database = await openTarget(readConfig(process.env))
  try {
    return await work(database, stop.signal)
  } finally {
    await database.stop()
  }
}
