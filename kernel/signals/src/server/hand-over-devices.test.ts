import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EpisodeRow } from '../contract/episode.ts'
import { type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterAll(async () => {
  await app.close()
  await db.close()
})

/** A box around the town's center, in thousandths of a degree. */
const box = (left: number, right: number) => {
  const [west, east, south, north] = [128.5 + left / 1000, 128.5 + right / 1000, 46.496, 46.504]
  const ring = [west, east, east, west, west].map((lon, i) => [lon, i === 2 || i === 3 ? north : south])
  return { type: 'Polygon' as const, coordinates: [ring] }
}
const smoke = (device: { code: string; secret: string }) =>
  app.post(device, JSON.stringify({ id: newId(), ts: db.clock.now().getTime(), values: { smoke: 1 } }))
const ringing = async (by: Parameters<SignalsApp['send']>[0]) =>
  (await app.send(by, 'GET', '/episodes?state=open')).json<{ items: EpisodeRow[] }>().items.length

test('when a cell is redrawn its devices and open alarms go along, on the handover list; a settled alarm stays, and what rings next rings in the new cell [GRID-01] (devices handed over with the cell)', async () => {
  const { xingfu, xingfuCell1, xingfuCell2 } = app.town.areas
  const cells = [
    [xingfu, box(5, 11)],
    [xingfuCell1, box(5, 8)],
    [xingfuCell2, box(8, 11)],
  ] as const
  for (const [area, boundary] of cells)
    await db.superuser(sql`UPDATE access.area SET boundary = ${JSON.stringify(boundary)}::jsonb WHERE area_id = ${area.areaId}`)
  const buildingId = app.town.buildings.xingfuCell1!
  const hung = await app.aDevice('smoke', { buildingId, place: '3层楼道' })
  const settled = await app.aDevice('smoke', { place: '小广场' })
  const later = await app.aDevice('smoke', { buildingId, place: '4层楼道', subject: undefined })
  await smoke(settled)
  const [over] = (await app.send('gridWorker', 'GET', '/episodes?state=open')).json<{ items: EpisodeRow[] }>().items
  const end = { requestId: newId(), outcome: 'TEST', text: '演练' }
  expect((await app.send('gridWorker', 'POST', `/episodes/${over!.episodeId}/moves/settle`, end)).status).toBe(200)
  await smoke(hung)
  expect([await ringing('gridWorker'), await ringing('otherGridWorker')]).toEqual([1, 0])

  const path = `/communities/${xingfu.areaId}/cell`
  const plan = (await app.send('communityWorker', 'GET', `${path}s`)).json<{ version: number; buildings: { buildingId: string }[] }>()
  const change = {
    expectedVersion: plan.version,
    reason: '两个网格重新划分',
    cells: [
      { cellId: xingfuCell1.areaId, name: xingfuCell1.name, boundary: box(5, 6) },
      { cellId: xingfuCell2.areaId, name: xingfuCell2.name, boundary: box(6, 11) },
    ],
    ended: [],
    buildings: plan.buildings.map((one) => ({ buildingId: one.buildingId, cellId: xingfuCell2.areaId })),
  }
  const kindsOf = ({ items }: { items: { kind: string }[] }) => items.map(({ kind }) => kind).filter((kind) => kind !== 'building')
  const preview = await app.send('communityWorker', 'POST', `${path}-changes/preview`, change)
  expect(kindsOf(preview.json())).toEqual(['device', 'device', 'episode'])
  const made = await app.send('communityWorker', 'POST', `${path}-changes`, { requestId: newId(), ...change })
  expect(made.status).toBe(201)
  const list = await app.send('communityWorker', 'GET', `/handovers/${made.json<{ handoverId: string }>().handoverId}`)
  expect(kindsOf(list.json())).toEqual(['device', 'device', 'episode'])

  expect([await ringing('gridWorker'), await ringing('otherGridWorker')]).toEqual([0, 1])
  const sees = async (by: Parameters<SignalsApp['send']>[0], deviceId: string) =>
    (await app.send(by, 'GET', `/devices/${deviceId}`)).status === 200
  expect([await sees('gridWorker', hung.deviceId), await sees('otherGridWorker', hung.deviceId)]).toEqual([false, true])
  expect([await sees('gridWorker', settled.deviceId), await sees('gridWorker', later.deviceId)]).toEqual([true, false])
  expect((await app.send('gridWorker', 'GET', `/episodes/${over!.episodeId}`)).status).toBe(200)

  await app.send('otherGridWorker', 'POST', `/episodes/${(await open('otherGridWorker')).episodeId}/moves/settle`, {
    ...end,
    requestId: newId(),
  })
  await smoke(later)
  expect([await ringing('gridWorker'), await ringing('otherGridWorker')]).toEqual([0, 1])
})

const open = async (by: Parameters<SignalsApp['send']>[0]): Promise<EpisodeRow> =>
  (await app.send(by, 'GET', '/episodes?state=open')).json<{ items: EpisodeRow[] }>().items[0]!
