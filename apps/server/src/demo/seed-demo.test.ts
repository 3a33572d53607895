import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishedCalendar, sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { createCatalogue } from '@linli/cases/server'
import { appeals } from '@linli/scene-appeals/pack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoFile } from './demo-file.ts'
import { seedDemo } from './seed-demo.ts'

let database: TestDatabase
let dataDir: string
const lines: string[] = []
const calendar = publishedCalendar()

const seed = () =>
  seedDemo({
    ...database.deps,
    catalogue: createCatalogue(
      appeals.caseTypes,
      appeals.categories.map((category) => ({ ...category, examples: [...category.examples] })),
      () => true,
    ),
    calendar: () => calendar,
    dataDir,
    baseUrl: 'http://127.0.0.1:8080',
    log: (line) => lines.push(line),
  })

beforeAll(async () => {
  database = await testDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'linli-demo-'))
  await seed()
})

afterAll(async () => {
  await database?.close()
  if (dataDir) await rm(dataDir, { recursive: true })
})

test('the demo file has a login for every role and belongs to its owner alone', async () => {
  const path = join(dataDir, 'demo.json')
  const demo = JSON.parse(await readFile(path, 'utf8')) as DemoFile
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const roles = await database.superuser(sql<{ role_key: string }>`SELECT role_key FROM access.role`)
  expect(new Set(demo.logins.map(({ role }) => role))).toEqual(new Set(roles.map(({ role_key }) => role_key)))
})
