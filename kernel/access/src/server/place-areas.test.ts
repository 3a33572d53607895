import { sql, systemActor } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTown, type Town } from '../testing/index.ts'
import { createAreaBook, findArea, placeOf } from './find-area.ts'
import { addArea, addBuilding } from './place-areas.ts'

let db: TestDatabase
let town: Town
beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  town = await db.system((ctx) => aTown(ctx))
})
afterAll(() => db.close())

test('the path of an area is the path of its parent and its own short id, and ends with a slash', () => {
  const { county, subdistrict, xingfu, xingfuCell1 } = town.areas
  expect(xingfuCell1.areaPath).toMatch(/^\/(\d+\/){6}$/)
  expect(xingfuCell1.areaPath.startsWith(xingfu.areaPath)).toBe(true)
  expect(xingfuCell1).toMatchObject({
    countyId: county.areaId,
    townshipId: subdistrict.areaId,
    communityId: xingfu.areaId,
    cellId: xingfuCell1.areaId,
  })
  expect(county).toMatchObject({ countyId: county.areaId, townshipId: null, communityId: null, cellId: null })
})

test('a micro cell counts to the cell above it', async () => {
  const { xingfu, xingfuCell2 } = town.areas
  const micro = await db.system((ctx) =>
    addArea(ctx, { parent: xingfuCell2.areaId, level: 'cell', kind: 'micro_cell', code: '23999900100100201', name: '幸福苑3号楼微网格' }),
  )
  expect(await db.system((ctx) => placeOf(ctx, micro.areaId))).toMatchObject({ communityId: xingfu.areaId, cellId: xingfuCell2.areaId })
})

test('an area cannot lie in one of its own level or below', async () => {
  const upsideDown = db.system((ctx) =>
    addArea(ctx, { parent: town.areas.xingfu.areaId, level: 'township', kind: 'town', code: '239999101', name: '倒置镇' }),
  )
  await expect(upsideDown).rejects.toMatchObject({ constraint: 'area_below_parent' })
})

test.each(['parent_id = NULL', "area_path = '/1/'", "level = 'county'", 'community_id = NULL', 'area_id = gen_random_uuid()'])(
  'not even the owner of the tables can change the place of an area: %s',
  async (change) => {
    await expect(db.superuser(`UPDATE access.area SET ${change} WHERE code = '239999001001'`)).rejects.toThrow(/never change/)
  },
)

test('a code is borne by one area at a time', async () => {
  const twin = db.system((ctx) =>
    addArea(ctx, { parent: town.areas.town.areaId, level: 'community', kind: 'village', code: '239999001001', name: '冒名村' }),
  )
  await expect(twin).rejects.toMatchObject({ constraint: 'area_code_now' })
})

test('an area is found by its id, by its code, and by a code it no longer bears', async () => {
  const { liulin } = town.areas
  await db.superuser(
    sql`INSERT INTO access.area_code (area_id, code, valid_from, valid_to) VALUES (${liulin.areaId}, '239998100200', '2015-01-01', '2020-01-01')`,
  )
  const found = await db.system(async (ctx) => [
    await findArea(ctx, liulin.areaId),
    await findArea(ctx, '239999100200'),
    await findArea(ctx, '239998100200'),
  ])
  expect(found.map((area) => area?.name)).toEqual(['柳林村', '柳林村', '柳林村'])
  expect(await db.system((ctx) => findArea(ctx, '110101'))).toBeUndefined()
})

test('the area book remembers for a minute and then sees a new name', async () => {
  const book = createAreaBook(db.clock)
  const { areaId } = town.areas.liulinCell2
  const nameNow = () => db.system(async (ctx) => (await book.find(ctx, areaId))?.name)
  expect(await nameNow()).toBe('柳林第二网格')
  await db.system((ctx) => ctx.run(sql`UPDATE access.area SET name = '柳林河北网格' WHERE area_id = ${areaId}`))
  expect(await nameNow()).toBe('柳林第二网格')
  db.clock.advance(61_000)
  expect(await nameNow()).toBe('柳林河北网格')
  expect(await db.system((ctx) => book.place(ctx, areaId))).toMatchObject({ cellId: areaId, communityId: town.areas.liulin.areaId })
})

test('a building lies in a cell, follows it, and stays in its community', async () => {
  const { xingfu, xingfuCell1, xingfuCell2, xiangyangCell1 } = town.areas
  await expect(db.system((ctx) => addBuilding(ctx, { cell: xingfu.areaId, name: '无格楼', lon: 128.5, lat: 46.5 }))).rejects.toMatchObject({
    constraint: 'building_in_cell',
  })
  const id = await db.system((ctx) => addBuilding(ctx, { cell: xingfuCell1.areaId, name: '幸福苑9号楼', lon: 128.5, lat: 46.5 }))
  const moveTo = (cellId: string) =>
    db.system((ctx) => ctx.run(sql`UPDATE access.building SET cell_id = ${cellId} WHERE building_id = ${id}`))
  await moveTo(xingfuCell2.areaId)
  expect(await db.superuser(sql`SELECT area_path FROM access.building WHERE building_id = ${id}`)).toEqual([
    { area_path: xingfuCell2.areaPath },
  ])
  await expect(moveTo(xiangyangCell1.areaId)).rejects.toMatchObject({ constraint: 'building_stays_in_community' })
})

test('without an acting post even the names of areas stay hidden', async () => {
  const count = () => sql<{ n: number }>`SELECT count(*) AS n FROM access.area`
  expect(await db.as({ ...systemActor, databaseRole: 'linli_app', reach: '' as 'none' }, (ctx) => ctx.get(count()))).toEqual({ n: 0 })
  expect((await db.as(town.posts.gridWorker.actor, (ctx) => ctx.get(count()))).n).toBeGreaterThan(13)
})
