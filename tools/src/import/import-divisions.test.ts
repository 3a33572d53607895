import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listIn } from './division-files.ts'
import { type ImportOptions, importDivisions } from './import-divisions.ts'

let db: TestDatabase
let folder: string
beforeEach(async () => {
  db = await testDatabase({ through: 'access' })
  folder = await mkdtemp(join(tmpdir(), 'linli-divisions-'))
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

/** Two counties of an invented prefecture, with 40 communities each. */
const counties = ['239921', '239922']
const communities = counties.flatMap((county) =>
  Array.from({ length: 40 }, (_, i) => [`${county}100${201 + i}`, `第${i}村村委会`, `${county}100`].join(',')),
)
async function writeList(more: Partial<Record<string, string[]>> = {}): Promise<void> {
  const files: Record<string, string[]> = {
    'provinces.csv': ['23,"北江省"'],
    'cities.csv': ['2399,"安和市",23'],
    'areas.csv': counties.map((code) => `${code},"${code}县",2399,23`),
    'streets.csv': counties.map((code) => `${code}100,"${code}镇",${code},23,2399`),
    'villages.csv': communities,
  }
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(join(folder, name), ['code,name,above', ...lines, ...(more[name] ?? [])].join('\n'))
  }
}

const refused: string[] = []
const bring = (options: Partial<ImportOptions> = {}) => {
  refused.length = 0
  return importDivisions({ pool: db.pool, clock: db.clock }, listIn(folder, 'a list'), {
    counties: [],
    validFrom: '2020-01-01',
    refuse: (line) => refused.push(line),
    ...options,
  })
}
const everything = () => db.superuser<{ code: string }>(`SELECT *, xmin FROM access.area ORDER BY code`)

test('five levels come in by one list, each line that cannot be used is named, the rest is there [PLAT-01]', async () => {
  await writeList({
    'streets.csv': ['23992110,"短镇",239921'],
    'villages.csv': ['239921100201,"又一村村委会",239921100', '239921777201,"孤村村委会",239921777', '239921100299,"",239921100'],
  })
  expect(await bring()).toEqual({ read: 90, added: 86, there: 0, renamed: 0, refused: 4, stopped: false })
  expect(refused.sort()).toEqual([
    'streets.csv:4: "23992110" is not the code of a township',
    'villages.csv:82: 239921100201 stands in this list twice',
    'villages.csv:83: 239921777201 lies in 239921777, which is not there',
    'villages.csv:84: 239921100299 has no name of 1 to 100 characters',
  ])
  const levels = await db.superuser(`SELECT level, count(*) AS n, min(name) AS name FROM access.area GROUP BY 1 ORDER BY 2, 1`)
  expect(levels).toMatchObject([
    { level: 'prefecture', n: 1 },
    { level: 'province', n: 1 },
    { level: 'county', n: 2 },
    { level: 'township', n: 2 },
    { level: 'community', n: 80, name: '第0村' },
  ])
  const audits = await db.superuser(`SELECT action, detail FROM base.audit_entry ORDER BY audit_id`)
  expect(audits).toMatchObject([
    { action: 'access.area_import_started', detail: { source: 'a list' } },
    { action: 'access.areas_imported', detail: { source: 'a list', added: 86, refused: 4, stopped: false } },
  ])
})

test('an import that was stopped goes on where it was: run again it adds what is missing and changes nothing that is there', async () => {
  await writeList()
  const stop = new AbortController()
  const first = await bring({ batchSize: 8, signal: stop.signal, committed: (rows) => rows === 8 && stop.abort() })
  expect(first).toMatchObject({ stopped: true })
  expect(first.added).toBeLessThan(86)
  const half = await everything()
  expect(half).toHaveLength(first.added)

  const dying = bring({
    batchSize: 8,
    committed: () => {
      throw new Error('the process died')
    },
  })
  await expect(dying).rejects.toThrow('the process died')

  const last = await bring({ batchSize: 8 })
  expect(last).toMatchObject({ refused: 0, stopped: false })
  expect(last.there + last.added).toBe(86)
  const whole = await everything()
  expect(whole).toHaveLength(86)
  const codes = new Set(half.map(({ code }) => code))
  expect(whole.filter(({ code }) => codes.has(code))).toEqual(half)
  expect(await bring()).toMatchObject({ added: 0, there: 86, renamed: 0 })
  expect(await everything()).toEqual(whole)
})

test('the counties asked for come in with what they lie in, and no other', async () => {
  await writeList()
  expect(await bring({ counties: ['239922'] })).toMatchObject({ read: 44, added: 44 })
  expect(await db.superuser(`SELECT code FROM access.area WHERE starts_with(code, '239921')`)).toEqual([])
})

test('a second import waits for the first', async () => {
  await writeList()
  const reports = await Promise.all([bring(), bring()])
  expect(reports.map(({ added, there }) => added + there)).toEqual([86, 86])
  expect(reports.map(({ added }) => added).sort()).toEqual([0, 86])
})
