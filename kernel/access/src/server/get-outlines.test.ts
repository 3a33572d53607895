import { type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outlines } from '../contract/outlines.ts'
import { aTown, type Town, type TownPost } from '../testing/index.ts'
import { routes } from './routes.ts'
import { createSessions } from './sessions.ts'

let db: TestDatabase
let town: Town
let app: FastifyInstance
const tiles = ['https://tiles.example/{z}/{x}/{y}.png']
beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  town = await db.system((system) => aTown(system))
  const sessions = createSessions({ pool: db.pool, clock: db.clock, publicUrl: 'http://127.0.0.1' })
  app = await testHttp((http) => routes(http, { ...db.deps, sessions, participants: [], mapTiles: tiles }))
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [118, 32],
        [118.1, 32],
        [118.1, 32.1],
        [118, 32],
      ],
    ],
  }
  await db.superuser(`UPDATE access.area SET boundary = '${JSON.stringify(square)}' WHERE area_id = '${town.areas.xingfu.areaId}'`)
})
afterAll(async () => {
  await app?.close()
  await db?.close()
})

const ask = (by: TownPost | undefined, area?: string, tag?: string) =>
  app.inject({
    method: 'GET',
    url: `/api/v1/areas/outlines${area ? `?area=${area}` : ''}`,
    headers: { ...(by && { authorization: `Bearer ${town.posts[by].token}` }), ...(tag && { 'if-none-match': tag }) },
  })
const read = async (by: TownPost, area?: string): Promise<Outlines> => (await ask(by, area)).json()

test('a township gets its own outline and those of its communities; what nobody drew is null, not invented', async () => {
  const { area, areas, above, buildings, tiles: lent } = await read('dispatcher')
  expect(area.name).toBe(town.areas.subdistrict.name)
  expect(above).toEqual([])
  expect(buildings).toEqual([])
  expect(lent).toEqual(tiles)
  const drawn = new Map(areas.map((one) => [one.areaId, one.outline]))
  expect(drawn.get(town.areas.xingfu.areaId)).toMatchObject({ type: 'Polygon' })
  expect([...drawn.values()].filter((outline) => outline === null).length).toBe(areas.length - 1)
})

test('a community comes with its cells and buildings, and with the way back up to the own area of whoever asks', async () => {
  const { area, areas, above, buildings } = await read('countyLead', town.areas.xingfu.areaId)
  expect(area.level).toBe('community')
  expect(above.map(({ name }) => name)).toEqual([town.areas.county.name, town.areas.subdistrict.name])
  expect(areas.every(({ level }) => level === 'cell')).toBe(true)
  expect(buildings.map(({ buildingId }) => buildingId)).toContain(town.buildings.xingfuCell1)
})

test('an area outside of the own one, or one that is none, is refused by name; nobody is nobody', async () => {
  for (const area of [town.areas.xiangyang.areaId, town.areas.county.areaId, '019b0000-0000-7000-8000-000000000000']) {
    const answer = await ask('communityWorker', area)
    expect(answer.statusCode).toBe(403)
    expect(answer.json()).toMatchObject({ code: 'access.area_forbidden', fields: [{ path: 'area' }] })
  }
  expect((await ask('communityWorker', 'xingfu')).statusCode).toBe(400)
  expect((await ask(undefined)).statusCode).toBe(401)
})

test('whoever holds the outlines is told so instead of being sent them again, until somebody draws', async () => {
  const first = await ask('dispatcher')
  const tag = String(first.headers.etag)
  expect(first.headers['cache-control']).toBe('private, no-cache')
  const second = await ask('dispatcher', undefined, tag)
  expect([second.statusCode, second.body]).toEqual([304, ''])
  await db.superuser(`UPDATE access.area SET center_lon = 118.05, center_lat = 32.05 WHERE area_id = '${town.areas.xingfu.areaId}'`)
  expect((await ask('dispatcher', undefined, tag)).statusCode).toBe(200)
})
