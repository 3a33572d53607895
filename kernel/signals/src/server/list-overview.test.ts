import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OverviewEpisode } from '../contract/episode-overview.ts'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let signals: SignalsApp
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  signals = await signalsApp(db)
})
afterAll(async () => {
  await signals?.close()
  await db?.close()
})
beforeEach(async () => {
  await db.superuser('UPDATE access.area SET center_lon = 118.5, center_lat = 32.5')
})
afterEach(async () => {
  await db.superuser('TRUNCATE signals.episode CASCADE')
})

interface Overview {
  items: OverviewEpisode[]
  open: number
  settledToday: { outcome: string; count: number }[]
}

const overview = async (by: Parameters<SignalsApp['send']>[0] = 'communityWorker', area?: string): Promise<Overview> =>
  (await signals.send(by, 'GET', `/episodes/overview${area ? `?area=${area}` : ''}`)).json()
const raise = async (device: ADevice): Promise<void> => {
  expect((await signals.post(device, JSON.stringify({ values: { sos: 1 } }))).status).toBe(200)
}
const inBuilding = () => ({ buildingId: signals.town.buildings.xingfuCell1 })

test('an alarm stands at the building of its device, down to the building and no further', async () => {
  const device = await signals.aDevice('wristband', inBuilding())
  await raise(device)
  const { items, open } = await overview()
  expect(open).toBe(1)
  const [building] = await db.superuser<{ lon: number; lat: number; name: string }>(
    `SELECT lon, lat, name FROM access.building WHERE building_id = '${signals.town.buildings.xingfuCell1}'`,
  )
  expect(items[0]).toMatchObject({
    stage: 'raised',
    buildingName: building?.name,
    spot: { lon: building?.lon, lat: building?.lat, by: 'building' },
    rung: { nth: 1 },
  })
  expect(Object.keys(items[0]!)).not.toContain('place')
})

test('without a building it is somewhere in its cell; without a middle of the cell in its community; without either it is not drawn', async () => {
  await raise(await signals.aDevice('wristband'))
  expect((await overview()).items[0]?.spot).toEqual({ lon: 118.5, lat: 32.5, by: 'cell' })
  await db.superuser("UPDATE access.area SET center_lon = NULL, center_lat = NULL WHERE level = 'cell'")
  expect((await overview()).items[0]?.spot).toMatchObject({ by: 'community' })
  await db.superuser('UPDATE access.area SET center_lon = NULL, center_lat = NULL')
  expect((await overview()).items[0]?.spot).toBeNull()
})

test('a phone that called is drawn about where it was, to a hundred meters, and not at the home it belongs to', async () => {
  await raise(await signals.aDevice('wristband', inBuilding()))
  await db.superuser(`UPDATE signals.episode SET caller_position = '{"lon": 118.123456, "lat": 32.654321}'`)
  expect((await overview()).items[0]?.spot).toEqual({ lon: 118.123, lat: 32.654, by: 'caller' })
})

test('each post sees its own area, a narrower one on request, and no other', async () => {
  await raise(await signals.aDevice('wristband'))
  const { xingfu, xingfuCell2, xiangyang } = signals.town.areas
  expect((await overview('countyLead')).open).toBe(1)
  expect((await overview('countyLead', xingfu.areaId)).open).toBe(1)
  expect((await overview('countyLead', xingfuCell2.areaId)).items).toEqual([])
  expect((await overview('countyLead', xiangyang.areaId)).items).toEqual([])
  expect((await overview('siblingWorker')).items).toEqual([])
  expect((await signals.send('siblingWorker', 'GET', `/episodes/overview?area=${xingfu.areaId}`)).status).toBe(403)
})

test('what ended today is counted by outcome, and gone from the map', async () => {
  await raise(await signals.aDevice('wristband'))
  const [{ episodeId } = { episodeId: '' }] = (await overview()).items
  const body = { requestId: crypto.randomUUID(), outcome: 'TEST', text: '检修' }
  expect((await signals.send('communityWorker', 'POST', `/episodes/${episodeId}/moves/settle`, body)).status).toBe(200)
  expect(await overview()).toMatchObject({ items: [], open: 0, settledToday: [{ outcome: 'TEST', count: 1 }] })
})
