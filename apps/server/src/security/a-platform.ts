import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openVault, type Vault } from '@linli/base/server'
import { readConfig } from '../config.ts'
import { type Platform, startPlatform } from '../start-platform.ts'

/** The platform as it is composed for people, answering over HTTP only, on a database that a test made and filled. Every answer is checked against its contract. */
export async function aPlatform(database: {
  servingUrl: string
  ownerUrl: string
  superuser(statement: string): Promise<unknown>
}): Promise<Platform & { vault: Vault }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linli-security-'))
  await database.superuser("INSERT INTO base.database_mark (name, value) VALUES ('test', 'yes')")
  const config = readConfig({
    DATABASE_URL: database.servingUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: dataDir,
    PORT: '0',
    LINLI_ROLE: 'http',
    LINLI_TEST: '1',
  })
  const platform = await startPlatform(config, () => {})
  return {
    ...platform,
    vault: await openVault(dataDir),
    stop: async () => {
      await platform.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
