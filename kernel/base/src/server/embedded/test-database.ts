import { createHash, randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { TestCluster } from './test-cluster.ts'

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))
const ROLES_SQL = fileURLToPath(new URL('../../../../../deploy/roles.sql', import.meta.url))

export interface TestDatabase {
  name: string
  ownerUrl: string
  servingUrl: string
  superuserUrl: string
  drop(): Promise<void>
}

export interface Template {
  /** Fills an empty database; runs once for each state of the migration files, and its result is cloned. */
  migrate(ownerUrl: string): Promise<unknown>
  /** Part of the template's identity beside the migration files: which engines, which seed. */
  label?: string
}

/** The server this vitest run shares; `globalSetup` of vitest.config.ts starts it. */
export function testCluster(): TestCluster {
  return inject('testCluster')
}

/**
 * A database of one's own, in some ten milliseconds: a clone of a migrated template. A seed that tests share can be part of
 * the template (`label` tells such templates apart). Drop it when done; what a killed run leaves, the next one clears away.
 */
export async function cloneTemplate(template: Template, name = 'db'): Promise<TestDatabase> {
  const source = templateName(template.label ?? '')
  const database = `test_${name.replace(/[^a-z0-9]/g, '_').slice(0, 30)}_${randomBytes(4).toString('hex')}`
  await asSuperuser('postgres', async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [source])
    if (rowCount === 0) await buildTemplate(client, source, template)
    await client.query(`CREATE DATABASE ${database} TEMPLATE ${source} OWNER linli_owner STRATEGY file_copy`)
  })
  return {
    name: database,
    ownerUrl: urlTo('ownerUrl', database),
    servingUrl: urlTo('servingUrl', database),
    superuserUrl: urlTo('superuserUrl', database),
    drop: () => asSuperuser('postgres', async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`))),
  }
}

/** Under a lock, since test files run side by side; under another name until complete, since a run may be killed. */
async function buildTemplate(client: Client, source: string, template: Template): Promise<void> {
  await client.query("SELECT pg_advisory_lock(hashtext('linli.test-template'))")
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [source])
    if (rowCount !== 0) return
    const building = source.replace('template_', 'building_')
    await client.query(`DROP DATABASE IF EXISTS ${building} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${building}`)
    await asSuperuser(building, (inside) => inside.query(readFileSync(ROLES_SQL, 'utf8')))
    await template.migrate(urlTo('ownerUrl', building))
    await client.query(`ALTER DATABASE ${building} ALLOW_CONNECTIONS false`)
    await client.query(`ALTER DATABASE ${building} RENAME TO ${source}`)
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtext('linli.test-template'))")
  }
}

/** Changes with any migration file, so that nobody tests against yesterday's tables. */
function templateName(label: string): string {
  const hash = createHash('sha256').update(label).update(readFileSync(ROLES_SQL))
  for (const file of globSync('{kernel,scenes}/*/migrations/*.sql', { cwd: ROOT }).sort()) {
    hash.update(file).update(readFileSync(`${ROOT}${file}`))
  }
  return `template_${hash.digest('hex').slice(0, 16)}`
}

function urlTo(role: keyof TestCluster, database: string): string {
  const url = new URL(testCluster()[role])
  url.pathname = `/${database}`
  return url.href
}

async function asSuperuser<T>(database: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: urlTo('superuserUrl', database) })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
