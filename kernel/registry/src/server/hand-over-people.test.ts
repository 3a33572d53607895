import type { CellChange } from '@linli/access/contract'
import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await aRegistry()
})
afterAll(() => registry?.close())

type By = Parameters<RegistryUnderTest['send']>[0]
type Boundary = NonNullable<CellChange['cells'][number]['boundary']>

/** A box around the town's center, in thousandths of a degree. */
const box = (left: number, right: number): Boundary => {
  const [west, east, south, north] = [128.5 + left / 1000, 128.5 + right / 1000, 46.496, 46.504]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  }
}
const sees = async (by: By, personId: string) => (await registry.send(by, 'GET', `/persons/${personId}`)).status === 200
const finds = async (by: By, q: string) =>
  (await registry.send(by, 'GET', `/persons?q=${encodeURIComponent(q)}`)).json<{ items: { personId: string }[] }>().items.length

test('when a cell is redrawn its dwellings and their people go along, masked on the handover list [GRID-01] (people handed over with the cell)', async () => {
  const { db, town, send } = registry
  const { xingfu, xingfuCell1, xingfuCell2 } = town.areas
  for (const [area, boundary] of [
    [xingfu, box(5, 11)],
    [xingfuCell1, box(5, 8)],
    [xingfuCell2, box(8, 11)],
  ] as const)
    await db.superuser(sql`UPDATE access.area SET boundary = ${JSON.stringify(boundary)}::jsonb WHERE area_id = ${area.areaId}`)
  const addressId = await registry.aDwelling('gridWorker', 'xingfuCell1')
  const body = {
    values: { name: '吴桂兰', phone: '19999990021' },
    communityCode: xingfu.code,
    source: 'visit',
    home: { addressId, residence: 'owner', on: '2026-01-05' },
  }
  const { personId } = (await send('gridWorker', 'POST', '/persons', { requestId: newId(), ...body })).json<{ personId: string }>()
  expect([await sees('gridWorker', personId), await sees('otherGridWorker', personId)]).toEqual([true, false])

  const plan = (await send('communityWorker', 'GET', `/communities/${xingfu.areaId}/cells`)).json<{
    version: number
    buildings: { buildingId: string }[]
  }>()
  const change = {
    expectedVersion: plan.version,
    reason: '两个网格重新划分',
    cells: [
      { cellId: xingfuCell1.areaId, name: xingfuCell1.name, boundary: box(5, 6) },
      { cellId: xingfuCell2.areaId, name: xingfuCell2.name, boundary: box(6, 11) },
    ],
    ended: [],
    buildings: plan.buildings.map(({ buildingId }) => ({ buildingId, cellId: xingfuCell2.areaId })),
  }
  const made = await send('communityWorker', 'POST', `/communities/${xingfu.areaId}/cell-changes`, { requestId: newId(), ...change })
  expect([made.status, made.json()]).toEqual([201, expect.objectContaining({})])
  expect([await sees('gridWorker', personId), await sees('otherGridWorker', personId)]).toEqual([false, true])
  expect([await finds('gridWorker', '桂兰'), await finds('otherGridWorker', '桂兰'), await finds('communityWorker', '桂兰')]).toEqual([
    0, 1, 1,
  ])
  const items = await db.superuser<{ kind: string; label: string }>("SELECT kind, label FROM access.handover_item WHERE kind = 'person'")
  expect(items).toEqual([{ kind: 'person', label: '吴*兰' }])
})
