import { sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aTown, type Town } from '../testing/index.ts'
import { type AreaChange, changeAreas, listPredecessors } from './change-area-codes.ts'
import { findArea } from './find-area.ts'
import { addBuilding } from './place-areas.ts'

let db: TestDatabase
let town: Town
beforeEach(async () => {
  db = await testDatabase({ through: 'access' })
  town = await db.system((ctx) => aTown(ctx))
})
afterEach(() => db.close())

const day = '2026-01-01'
let line = 1
const change = (kind: AreaChange['kind'], oldCode: string, newCode: string, more: Partial<AreaChange> = {}): AreaChange => ({
  line: ++line,
  kind,
  oldCode,
  newCode,
  newName: null,
  validFrom: day,
  share: null,
  ...more,
})
const apply = (...changes: AreaChange[]) => db.system((ctx) => changeAreas(ctx, changes, 'changes-2026.csv'))
const messages = async (...changes: AreaChange[]): Promise<string[]> => {
  const refusal = await apply(...changes).catch((error) => error)
  return refusal.problems.map(({ message }: { message: string }) => message)
}
const find = (code: string) => db.system((ctx) => findArea(ctx, code))
const history = (code: string) =>
  db.superuser(sql`SELECT code, name, valid_from, valid_to FROM access.area_code
    WHERE area_id = (SELECT area_id FROM access.area_code WHERE code = ${code} LIMIT 1) ORDER BY valid_from`)

test('a new code and a new name are the same place: id and path stay, the history says what it was, both codes find it', async () => {
  const { liulin } = town.areas
  const renames = [
    change('recode', '239999100200', '239999100207', { newName: '柳河村' }),
    change('rename', '239999100', '239999100', { newName: '柳河镇' }),
  ]
  expect(await apply(...renames)).toEqual({ applied: 2, there: 0 })
  const now = { areaId: liulin.areaId, areaPath: liulin.areaPath, code: '239999100207', name: '柳河村', kind: 'village' }
  expect(await find('239999100207')).toMatchObject(now)
  expect(await find('239999100200')).toMatchObject(now)
  expect(await history('239999100207')).toEqual([
    { code: '239999100200', name: '柳林村', valid_from: '2020-01-01', valid_to: day },
    { code: '239999100207', name: null, valid_from: day, valid_to: null },
  ])
  expect(await history('239999100')).toMatchObject([
    { name: '柳林镇', valid_to: day },
    { code: '239999100', valid_to: null },
  ])
  expect(await apply(...renames)).toEqual({ applied: 0, there: 2 })
})

test('two areas become one: they are closed, the old codes find the new area, and it names what it came from', async () => {
  const { xingfu, xiangyang, xingfuCell1, xingfuCell2, xiangyangCell1, xiangyangCell2 } = town.areas
  await db.system((ctx) => addBuilding(ctx, { cell: xingfuCell1.areaId, name: '幸福苑1号楼', lon: 128.5, lat: 46.5 }))
  const below = () => db.superuser(`SELECT *, xmin FROM access.building UNION ALL SELECT *, xmin FROM access.building`)
  const posts = () => db.superuser(`SELECT *, xmin FROM access.post ORDER BY post_id`)
  const [buildings, postsBefore] = [await below(), await posts()]
  const merges = [
    change('merge', '239999001001', '239999001005', { newName: '福阳社区' }),
    change('merge', '239999001002', '239999001005', { newName: '福阳社区' }),
    ...[xingfuCell1, xingfuCell2, xiangyangCell1, xiangyangCell2].map(({ code, name }, i) =>
      change('move', code, `23999900100500${i + 1}`, { newName: name }),
    ),
  ]
  expect(await apply(...merges.toReversed())).toEqual({ applied: 6, there: 0 })
  const next = await find('239999001005')
  expect(next).toMatchObject({ name: '福阳社区', level: 'community', townshipId: town.areas.subdistrict.areaId })
  expect(await find('239999001001')).toEqual(next)
  expect(await find(xiangyangCell2.code)).toMatchObject({ communityId: next?.areaId, name: xiangyangCell2.name })
  expect(await find(xingfu.areaId)).toMatchObject({ areaId: xingfu.areaId, areaPath: xingfu.areaPath, name: xingfu.name })
  expect(await db.system((ctx) => listPredecessors(ctx, next!.areaId))).toEqual(
    [xingfu, xiangyang].map(({ areaId, code, name }) => ({ areaId, code, name, share: null, validFrom: day, source: 'changes-2026.csv' })),
  )
  expect([await below(), await posts()]).toEqual([buildings, postsBefore])
  expect(await apply(...merges)).toEqual({ applied: 0, there: 6 })
  const audits = await db.superuser<{ detail: unknown }>(
    `SELECT detail FROM base.audit_entry WHERE action = 'access.areas_changed' ORDER BY at`,
  )
  expect(audits[0]?.detail).toMatchObject({ source: 'changes-2026.csv', applied: 6, there: 0, merge: 2, move: 4 })
})

test('a code applied before is known again after the new area got yet another code', async () => {
  const move = change('move', '239999100200001', '239999100200008')
  await apply(move)
  await apply(change('recode', '239999100200008', '239999100200009', { validFrom: '2026-02-01' }))
  expect(await apply(move)).toEqual({ applied: 0, there: 1 })
  expect(await find('239999100200001')).toMatchObject({ code: '239999100200009' })
})

test('what is split stays what its code finds, unless a part keeps the code', async () => {
  const { liulinCell1, liulinCell2 } = town.areas
  await apply(
    change('split', liulinCell1.code, '239999100200011', { newName: '东', share: 0.6 }),
    change('split', liulinCell1.code, '239999100200012', { newName: '西', share: 0.4 }),
    change('split', liulinCell2.code, liulinCell2.code),
    change('split', liulinCell2.code, '239999100200013', { newName: '南' }),
  )
  expect(await find(liulinCell1.code)).toMatchObject({ areaId: liulinCell1.areaId })
  expect(await find(liulinCell2.code)).toMatchObject({ areaId: liulinCell2.areaId })
  const closed = await db.superuser(`SELECT code FROM access.area WHERE valid_to IS NOT NULL`)
  expect(closed).toEqual([{ code: liulinCell1.code }])
  const south = await find('239999100200013')
  expect(await db.system((ctx) => listPredecessors(ctx, south!.areaId))).toMatchObject([{ areaId: liulinCell2.areaId }])
})

test('codes that change places are applied in the order in which they come free', async () => {
  const { liulinCell1, liulinCell2 } = town.areas
  await apply(change('recode', liulinCell1.code, liulinCell2.code), change('recode', liulinCell2.code, '239999100200003'))
  expect(await find('239999100200003')).toMatchObject({ areaId: liulinCell2.areaId })
  expect(await find(liulinCell2.code)).toMatchObject({ areaId: liulinCell1.areaId })
})

test('a list with a line that cannot be applied changes nothing and every such line is named', async () => {
  const before = await db.superuser(`SELECT *, xmin FROM access.area ORDER BY area_id`)
  const lines = [
    change('rename', '239999001', '239999001', { newName: '新河街道' }),
    change('rename', '239999777', '239999777', { newName: '无此街道' }),
    change('recode', '239999001001', '239999100201'),
    change('recode', '239999001001', '239999001002'),
    change('recode', '239999001001', '239999001'),
    change('recode', '239999001001', '239999001003', { validFrom: '2019-01-01' }),
    change('merge', '239999001001', '239999001001'),
    change('merge', '239999001001', '239999001009'),
    change('merge', '239999001001', '239999001002', { newName: '太阳社区' }),
    change('merge', '239999001001', '239999100'),
    change('move', '239999001001', '239999888001'),
    change('move', '239999001001', '239999100200'),
  ]
  expect(await messages(...lines)).toEqual([
    'no area in force bears 239999777',
    '239999100201 lies in 柳林镇, 239999001001 does not: that is a move',
    '239999001002 is borne by 向阳社区',
    '239999001 is not the code of a community',
    '239999001001 is the code of 幸福社区 only since 2020-01-01, which is not before 2019-01-01',
    '239999001001 cannot become itself',
    '239999001009 is not there yet and has no new_name',
    '239999001002 is 向阳社区, not 太阳社区: rename it in a line of its own',
    '239999100 is a township, 239999001001 a community',
    'no area in force bears 239999888, in which 239999888001 would lie',
    '239999100200 is borne by 柳林村',
  ])
  expect(await messages(change('merge', '239999001001', '239999001002'))).toEqual([
    '2 area(s) in 239999001001 are still in force (239999001001001, 239999001001002): list them too',
  ])
  expect(
    await messages(
      change('split', '239999001001001', '239999001001011', { newName: '东', share: 0.8 }),
      change('split', '239999001001001', '239999001001012', { newName: '西', share: 0.4 }),
    ),
  ).toEqual(['the shares of 239999001001001 are more than the whole'])
  expect(await db.superuser(`SELECT *, xmin FROM access.area ORDER BY area_id`)).toEqual(before)
})

test('the code of an area and its history cannot come apart', async () => {
  const alone = db.system((ctx) => ctx.run(sql`UPDATE access.area SET code = '239999001099' WHERE code = '239999001001'`))
  await expect(alone).rejects.toMatchObject({ constraint: 'area_code_in_history' })
})
