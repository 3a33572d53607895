import { sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DivisionLevel } from '../define/division-codes.ts'
import { aTown, type Town } from '../testing/index.ts'
import { findArea } from './find-area.ts'
import { importAreas, lastShortId } from './import-areas.ts'
import { addArea } from './place-areas.ts'

let db: TestDatabase
let town: Town
beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  town = await db.system((ctx) => aTown(ctx))
})
afterAll(() => db.close())

const division = (code: string, name: string, parent: string | null) => ({ code, name, parent, kind: 'x' })
const bring = (level: DivisionLevel, rows: ReturnType<typeof division>[]) =>
  db.system(async (ctx) => importAreas(ctx, level, rows, { since: await lastShortId(ctx), validFrom: '2021-01-01' }))

/** Everything of an area that follows from its parent, with the ids of the areas above by their code. */
const placesBelow = (code: string) =>
  db.superuser<Record<string, unknown>>(sql`
    SELECT a.code, a.level, array_length(string_to_array(a.area_path, '/'), 1) AS depth, a.area_path = coalesce(p.area_path, '/') || a.short_id || '/' AS follows,
      p.code AS parent, county.code AS county, township.code AS township, community.code AS community, cell.code AS cell
    FROM access.area a LEFT JOIN access.area p ON p.area_id = a.parent_id LEFT JOIN access.area county ON county.area_id = a.county_id
    LEFT JOIN access.area township ON township.area_id = a.township_id LEFT JOIN access.area community ON community.area_id = a.community_id
    LEFT JOIN access.area cell ON cell.area_id = a.cell_id WHERE starts_with(a.code, ${code}) ORDER BY a.code`)

const list: [DivisionLevel, string, string | null][] = [
  ['province', '', null],
  ['prefecture', '01', ''],
  ['county', '0121', '01'],
  ['township', '0121001', '0121'],
  ['community', '0121001001', '0121001'],
  ['community', '0121001002', '0121001'],
]

test('five levels of a list lie where areas set up one by one lie, with the same paths and level columns [PLAT-01]', async () => {
  for (const [level, code, parent] of list) {
    await db.system((ctx) =>
      addArea(ctx, { level, kind: 'x', code: `98${code}`, name: '一处', ...(parent !== null && { parent: `98${parent}` }) }),
    )
    expect(await bring(level, [division(`97${code}`, '一处', parent === null ? null : `97${parent}`)])).toMatchObject({
      added: 1,
      refused: [],
    })
  }
  const [oneByOne, asList] = [await placesBelow('98'), await placesBelow('97')]
  expect(asList).toHaveLength(list.length)
  expect(asList.every(({ follows }) => follows)).toBe(true)
  expect(JSON.parse(JSON.stringify(asList).replaceAll('"97', '"98'))).toEqual(oneByOne)
})

test('what is there stays as it is, under an earlier code too; what is missing is added', async () => {
  const { liulin } = town.areas
  await db.superuser(
    sql`INSERT INTO access.area_code (area_id, code, valid_from, valid_to) VALUES (${liulin.areaId}, '239998100200', '2015-01-01', '2020-01-01')`,
  )
  const before = await db.superuser(`SELECT *, xmin FROM access.area ORDER BY area_id`)
  const rows = [
    division('239999100200', '柳林新村', '239999100'),
    division('239998100200', '柳林村', '239999100'),
    division('239999100201', '上河村', '239999100'),
  ]
  expect(await bring('community', rows)).toEqual({ added: 1, there: 2, renamed: 1, refused: [] })
  expect(await bring('community', rows)).toEqual({ added: 0, there: 3, renamed: 1, refused: [] })
  expect(await db.superuser(`SELECT *, xmin FROM access.area WHERE code <> '239999100201' ORDER BY area_id`)).toEqual(before)
  expect(
    await db.superuser(`SELECT count(*) AS n FROM access.area_code WHERE code = '239999100201' AND valid_from = '2021-01-01'`),
  ).toEqual([{ n: 1 }])
})

test('a code that stands twice and a code above that nobody bears are left out by their place, the rest is added', async () => {
  const since = await db.system(lastShortId)
  const add = (rows: ReturnType<typeof division>[]) =>
    db.system((ctx) => importAreas(ctx, 'community', rows, { since, validFrom: '2021-01-01' }))
  const first = await add([
    division('239999100211', '甲村', '239999100'),
    division('239999100211', '乙村', '239999100'),
    division('239999777212', '丙村', '239999777'),
    division('239999100213', '丁村', '239999'),
    division('239999100214', '戊村', '239999100200'),
  ])
  expect(first).toEqual({
    added: 2,
    there: 0,
    renamed: 0,
    refused: [
      { place: 1, reason: 'code_twice' },
      { place: 2, reason: 'parent_unknown' },
      { place: 4, reason: 'parent_unknown' },
    ],
  })
  expect((await add([division('239999100211', '甲村', '239999100')])).refused).toEqual([{ place: 0, reason: 'code_twice' }])
  expect(await db.system((ctx) => findArea(ctx, '239999100211'))).toMatchObject({ name: '甲村', townshipId: town.areas.town.areaId })
})

test.each([
  ['area_path', "'/1/2/990001/'"],
  ['area_path', "'/' || 990001 || '/'"],
  ['county_id', 'gen_random_uuid()'],
  ['township_id', 'NULL'],
  ['community_id', 'NULL'],
  ['cell_id', 'gen_random_uuid()'],
])('a place that does not follow from the parent is refused, whoever gives it: %s = %s', async (column, value) => {
  const right: Record<string, string> = {
    area_path: `'${town.areas.town.areaPath}990001/'`,
    county_id: `'${town.areas.county.areaId}'`,
    township_id: `'${town.areas.town.areaId}'`,
    community_id: "'00000000-0000-7000-8000-000000000001'",
    cell_id: 'NULL',
  }
  const insert = (given: Record<string, string>) =>
    db.superuser(`INSERT INTO access.area (area_id, short_id, parent_id, level, kind, code, name, valid_from, ${Object.keys(given).join(', ')})
      OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-7000-8000-000000000001', 990001, '${town.areas.town.areaId}', 'community', 'x', '239999100299',
        '一处', '2020-01-01', ${Object.values(given).join(', ')})`)
  await expect(insert({ ...right, [column]: value })).rejects.toMatchObject({ constraint: 'area_place_of_parent' })
})

test('a set with its path given cannot lie upside down either', async () => {
  const upsideDown =
    db.superuser(`INSERT INTO access.area (area_id, short_id, parent_id, level, kind, code, name, valid_from, area_path, county_id, community_id, township_id)
    OVERRIDING SYSTEM VALUE VALUES ('00000000-0000-7000-8000-000000000002', 990002, '${town.areas.xingfu.areaId}', 'township', 'x', '239999199',
      '倒置镇', '2020-01-01', '${town.areas.xingfu.areaPath}990002/', '${town.areas.county.areaId}', '${town.areas.xingfu.areaId}', '00000000-0000-7000-8000-000000000002')`)
  await expect(upsideDown).rejects.toMatchObject({ constraint: 'area_below_parent' })
})
