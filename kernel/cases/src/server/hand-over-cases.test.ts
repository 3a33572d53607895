import * as access from '@linli/access/contract'
import type { Boundary } from '@linli/access/define'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { collectTemplates, handoverTemplates } from '@linli/messages/define'
import { handoverSubscriber } from '@linli/messages/server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'
import { checkEveryProjection, rebuildCase } from './rebuild.ts'

let db: TestDatabase
let lamps: CasesApp
let communityId: string
let cells: Record<'one' | 'two', string>
/** Of the first cell: three in a row from west to east. */
let buildings: string[]

const box = (left: number, right: number): Boundary => {
  const [west, east, south, north] = [128.5 + left / 1000, 128.5 + right / 1000, 46.498, 46.502]
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

beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  const { xingfu, xingfuCell1, xingfuCell2 } = lamps.town.areas
  communityId = xingfu.areaId
  cells = { one: xingfuCell1.areaId, two: xingfuCell2.areaId }
  buildings = [newId(), newId(), newId()]
  const rows = buildings.map(
    (id, i) => `('${id}', '${cells.one}', '${communityId}', '幸福里 ${i + 1} 号楼', ${128.5062 + i * 0.0008}, 46.5, '/')`,
  )
  await db.superuser(`INSERT INTO access.building (building_id, cell_id, community_id, name, lon, lat, area_path) VALUES ${rows.join()}`)
  await db.superuser(`UPDATE access.building SET lon = 128.50605 WHERE building_id = '${lamps.town.buildings.xingfuCell1}'`)
  for (const [id, boundary] of [
    [communityId, box(6, 10)],
    [cells.one, box(6, 8)],
    [cells.two, box(8, 10)],
  ] as const)
    await db.superuser(`UPDATE access.area SET boundary = '${JSON.stringify(boundary)}' WHERE area_id = '${id}'`)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type Change = Omit<access.CellChange, 'expectedVersion' | 'reason' | 'ended' | 'buildings'> & Partial<access.CellChange>
const params = () => ({ communityId })
const plan = async () => (await lamps.send(access.getCells, 'communityWorker', { params: params() })).result
const bodyOf = async (change: Change) => ({
  requestId: newId(),
  expectedVersion: (await plan()).version,
  reason: '小区拆并，网格跟着调整',
  ended: [],
  buildings: [],
  ...change,
})
const changeAs = async (by: By, change: Change) => lamps.send(access.changeCells, by, { params: params(), body: await bodyOf(change) })
/** The line between the two cells goes here. */
const lineAt = (east: number): Change['cells'] => [
  { cellId: cells.one, name: '幸福第一网格', boundary: box(6, east) as Change['cells'][number]['boundary'] },
  { cellId: cells.two, name: '幸福第二网格', boundary: box(east, 10) as Change['cells'][number]['boundary'] },
]
/** The last so many of the three buildings belong to the second cell. */
const homes = (second: number) => buildings.map((buildingId, i) => ({ buildingId, cellId: i >= 3 - second ? cells.two : cells.one }))
const status = async (by: By, caseId: string) => (await lamps.send(contract.getCase, by, { params: { caseId } })).status
const cellOf = async (caseId: string) =>
  (await db.superuser<{ cell_id: string }>(`SELECT cell_id FROM cases.case_file WHERE case_id = '${caseId}'`))[0]!.cell_id
const at = (building: number) => ({ areaCode: '239999001001001' as const, place: `幸福里 ${building} 号楼 2 单元` })
const openAt = async (building: number) => {
  const opened = await lamps.openOne()
  await db.superuser(`UPDATE cases.case_file SET place = '${at(building).place}' WHERE case_id = '${opened.caseId}'`)
  return opened.caseId
}
const restore = async () => {
  await changeAs('communityWorker', { cells: lineAt(8), buildings: homes(0) })
}
const tell = async (handoverId: string) => {
  const subscriber = handoverSubscriber(collectTemplates(handoverTemplates))
  await db.system((system) =>
    subscriber.apply(system, { id: 1, event: 'access.handed_over', payload: { handoverId }, madeAt: system.now } as never),
  )
}

test('a redrawn cell takes its open work along with history; the one loses sight of it, the other gains it [GRID-01] (hand-over keeps history)', async () => {
  const moved = await openAt(3)
  const stays = await openAt(1)
  const before = (await lamps.send(contract.getCase, 'dispatcher', { params: { caseId: moved } })).result
  expect([await status('gridWorker', moved), await status('otherGridWorker', moved)]).toEqual([200, 404])

  const asked = await bodyOf({ cells: lineAt(7.4), buildings: homes(1) })
  const { requestId: _, ...wanted } = asked
  const preview = (await lamps.send(access.previewCellChange, 'communityWorker', { params: params(), body: wanted })).result
  expect(preview.items.map(({ kind, label, fromArea, toArea }) => ({ kind, label, fromArea, toArea }))).toEqual([
    { kind: 'building', label: '幸福里 3 号楼', fromArea: '幸福第一网格', toArea: '幸福第二网格' },
    { kind: 'case', label: before.number, fromArea: '幸福第一网格', toArea: '幸福第二网格' },
  ])
  expect(preview.parties.map(({ side, name }) => `${side} ${name}`)).toEqual(['gives 周倩', 'takes 孙磊', 'knows 王小燕'])
  expect(await cellOf(moved)).toBe(cells.one)

  const { handoverId, version } = (await lamps.send(access.changeCells, 'communityWorker', { params: params(), body: asked })).result
  expect(version).toBe(asked.expectedVersion + 1)
  expect([await status('gridWorker', moved), await status('otherGridWorker', moved)]).toEqual([404, 200])
  expect([await status('gridWorker', stays), await status('otherGridWorker', stays)]).toEqual([200, 404])
  const after = (await lamps.send(contract.getCase, 'otherGridWorker', { params: { caseId: moved } })).result
  expect({ stage: after.stage, dueAt: after.dueAt, clocks: after.clocks }).toEqual({
    stage: before.stage,
    dueAt: before.dueAt,
    clocks: before.clocks,
  })
  const entries = (await lamps.send(contract.listEntries, 'otherGridWorker', { params: { caseId: moved } })).result.items
  expect(entries.at(-1)).toMatchObject({
    move: 'changeHands',
    moveName: '工作交接',
    byName: '王小燕',
    isPublic: false,
    data: { note: '幸福第一网格 → 幸福第二网格' },
  })

  for (const by of ['gridWorker', 'otherGridWorker', 'communityWorker', 'dispatcher'] as const) {
    const list = (await lamps.send(access.getHandover, by, { params: { handoverId: handoverId! } })).result
    expect(list).toMatchObject({ cause: 'cells', areaName: '幸福社区', byName: '王小燕', cases: 1, buildings: 1, reason: asked.reason })
    expect(list.items.map(({ label }) => label)).toEqual(['幸福里 3 号楼', before.number])
  }
  expect((await lamps.send(access.getHandover, 'siblingWorker', { params: { handoverId: handoverId! } })).status).toBe(404)
  expect((await lamps.send(access.listHandovers, 'siblingWorker', {})).result.items).toEqual([])
  await tell(handoverId!)
  await tell(handoverId!)
  const told = await db.superuser<{ template: string; name: string }>(
    `SELECT m.template, a.display_name AS name FROM messages.message m JOIN access.account a USING (account_id) ORDER BY 1`,
  )
  expect(told).toEqual([
    { template: 'handover.gives', name: '周倩' },
    { template: 'handover.knows', name: '王小燕' },
    { template: 'handover.takes', name: '孙磊' },
  ])
  await db.system((system) => rebuildCase(system, lamps.deps, moved))
  expect(await cellOf(moved)).toBe(cells.two)
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])

  const again = await lamps.send(access.changeCells, 'communityWorker', { params: params(), body: asked })
  expect([again.status, again.result]).toEqual([201, { changeId: expect.any(String), version, handoverId }])
  const late = await lamps.send(access.changeCells, 'dispatcher', { params: params(), body: { ...asked, requestId: newId() } })
  expect([late.status, late.problem.code, late.problem.current]).toEqual([409, 'access.cells_changed', { version }])
  await restore()
  expect(await cellOf(moved)).toBe(cells.one)
})

test('of two editors at the same time one wins', async () => {
  const [a, b] = [await bodyOf({ cells: lineAt(7.4), buildings: homes(1) }), await bodyOf({ cells: lineAt(7.2), buildings: homes(1) })]
  const answers = await Promise.all([
    lamps.send(access.changeCells, 'communityWorker', { params: params(), body: a }),
    lamps.send(access.changeCells, 'dispatcher', { params: params(), body: b }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  await restore()
})

test('whoever had it in hand in the old cell has it no more; who works in both keeps it', async () => {
  const { dispatcher: _, ...town } = lamps.town.posts
  const caseId = await openAt(3)
  await lamps.move(caseId, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
  await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.xingfuCommittee })
  await lamps.move(caseId, 'take', 'gridWorker')
  const handler = async () =>
    (await db.superuser<{ id: string }>(`SELECT handler_id AS id FROM cases.case_file WHERE case_id = '${caseId}'`))[0]!.id
  expect(await handler()).toBe(town.gridWorker.accountId)
  await changeAs('communityWorker', { cells: lineAt(7.4), buildings: homes(1) })
  expect([await handler(), await status('gridWorker', caseId), await status('otherGridWorker', caseId)]).toEqual([null, 404, 200])
  await lamps.move(caseId, 'mend', 'otherGridWorker', { words: '换了灯泡' })
  await restore()
})

test('what cannot be is refused by name, before and as it is done, and nothing is written', async () => {
  const { xiangyang, xiangyangCell1 } = lamps.town.areas
  const first = (boundary: Boundary | null, name = '幸福第一网格') => ({ cellId: cells.one, name, boundary }) as Change['cells'][number]
  const bow: Boundary = {
    type: 'Polygon',
    coordinates: [
      [
        [128.506, 46.498],
        [128.508, 46.502],
        [128.508, 46.498],
        [128.506, 46.502],
        [128.506, 46.498],
      ],
    ],
  }
  const refusals: [Change, string, string][] = [
    [{ cells: [first(box(6, 9))] }, '与另一个网格重叠', cells.one],
    [{ cells: [first(box(5, 8))] }, '画到社区外面去了', cells.one],
    [{ cells: [first(bow)] }, '边界线自己交叉了', cells.one],
    [{ cells: [first(box(6, 7))] }, '这栋楼没有画在它所属的一个网格里', buildings[1]!],
    [{ cells: [first(box(6, 8), '幸福第二网格')] }, '另一个网格也叫这个名称', cells.one],
    [{ cells: [{ ...first(box(6, 8)), cellId: xiangyangCell1.areaId }] }, '这不是这个社区在用的网格', xiangyangCell1.areaId],
    [{ cells: [], ended: [{ cellId: cells.one, restTo: cells.one }] }, '剩下的要交给一个还在的网格', cells.one],
    [{ cells: [], ended: [{ cellId: xiangyangCell1.areaId, restTo: cells.one }] }, '这不是这个社区在用的网格', xiangyangCell1.areaId],
    [
      { cells: [], buildings: [{ buildingId: lamps.town.buildings.xiangyangCell1!, cellId: cells.one }] },
      '这栋楼不在这个社区',
      lamps.town.buildings.xiangyangCell1!,
    ],
    [{ cells: [], buildings: [{ buildingId: buildings[0]!, cellId: xiangyangCell1.areaId }] }, '要交给的网格不在这个社区', buildings[0]!],
    [{ cells: [], buildings: [{ buildingId: buildings[0]!, cellId: cells.two }] }, '这栋楼没有画在它所属的一个网格里', buildings[0]!],
  ]
  for (const [change, message, id] of refusals) {
    const { requestId, ...body } = await bodyOf(change)
    for (const answer of [
      await lamps.send(access.previewCellChange, 'communityWorker', { params: params(), body }),
      await lamps.send(access.changeCells, 'communityWorker', { params: params(), body: { ...body, requestId } }),
    ]) {
      expect([message, answer.status, answer.problem.code]).toEqual([message, 422, 'access.cells_invalid'])
      expect(answer.problem.fields).toContainEqual({ path: expect.stringContaining(id), message })
    }
  }
  expect((await changeAs('communityWorker', { cells: [] })).problem.code).toBe('access.cells_same')
  expect((await changeAs('siblingWorker', { cells: lineAt(8) })).problem.code).toBe('access.area_forbidden')
  expect((await changeAs('gridWorker', { cells: lineAt(8) })).problem.code).toBe('access.forbidden')
  const foreign = await lamps.send(access.changeCells, 'communityWorker', {
    params: { communityId: xiangyang.areaId },
    body: await bodyOf({ cells: [] }),
  })
  expect([foreign.status, foreign.problem.code]).toEqual([403, 'access.area_forbidden'])
  const noCommunity = await lamps.send(access.getCells, 'dispatcher', { params: { communityId: cells.one } })
  expect([noCommunity.status, noCommunity.problem.code]).toEqual([422, 'access.area_unknown'])
  expect((await lamps.send(access.getCells, 'siblingWorker', { params: params() })).status).toBe(403)
  expect((await lamps.send(access.getCells, 'gridWorker', { params: params() })).result.mayDraw).toBe(false)
  expect((await lamps.send(access.getCells, 'departmentClerk', { params: params() })).status).toBe(403)
})

test('any run of changes loses no open case and doubles none, and every column is what its log says [GRID-01] (hand-over keeps history)', async () => {
  const files = await Promise.all([1, 2, 3, 1, 2, 3].map(openAt))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }), async (lines) => {
      for (const second of lines) {
        const answer = await changeAs('communityWorker', { cells: lineAt([8, 7.4, 6.6, 6.1][second]!), buildings: homes(second) })
        expect([201, 422]).toContain(answer.status)
        if (answer.status === 422) expect(answer.problem.code).toBe('access.cells_same')
      }
      const second = lines.at(-1)!
      expect(await Promise.all(files.map(cellOf))).toEqual([1, 2, 3, 1, 2, 3].map((n) => (n > 3 - second ? cells.two : cells.one)))
      const seen = async (by: By) => {
        const ids: string[] = []
        for (let cursor: string | undefined; ; ) {
          const { items, next } = (await lamps.send(contract.listCases, by, { query: { ...(cursor ? { cursor } : {}) } })).result
          ids.push(...items.map(({ caseId }) => caseId))
          if (!next) return ids.filter((id) => files.includes(id))
          cursor = next
        }
      }
      const [first, other] = [await seen('gridWorker'), await seen('otherGridWorker')]
      expect([...first, ...other].sort()).toEqual([...files].sort())
    }),
    { numRuns: 8 },
  )
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
  await restore()
})

test('a cell that ends gives all it has to another; its code finds that one, and what is closed stays until it is taken up again', async () => {
  const fresh = newId()
  const west = { cellId: fresh, name: '幸福新网格', boundary: box(6, 7.1) as Change['cells'][number]['boundary'] }
  const east = { cellId: cells.one, name: '幸福第一网格', boundary: box(7.1, 8) as Change['cells'][number]['boundary'] }
  const open = await openAt(1)
  const closed = await lamps.moveTo('done')
  await db.superuser(`UPDATE cases.case_file SET place = '${at(1).place}' WHERE case_id = '${closed.caseId}'`)
  const own = { buildingId: lamps.town.buildings.xingfuCell1!, cellId: fresh }
  const made = await changeAs('dispatcher', {
    cells: [west, east],
    buildings: [own, ...homes(0)].map((one, i) => (i < 3 ? { ...one, cellId: fresh } : one)),
  })
  expect(made.status).toBe(201)
  const { cells: now } = await plan()
  expect(now.find(({ cellId }) => cellId === fresh)).toMatchObject({ code: '239999001001003', workers: [] })
  expect([await cellOf(open), await cellOf(closed.caseId)]).toEqual([fresh, cells.one])
  await lamps.send(contract.reopenPublicCase, null, {
    params: { number: closed.number },
    body: { requestId: newId(), tail: closed.tail, reason: '又不亮了' },
  })
  expect(await cellOf(closed.caseId)).toBe(fresh)

  const ended = await changeAs('dispatcher', { cells: lineAt(8).slice(0, 1), ended: [{ cellId: fresh, restTo: cells.one }], buildings: [] })
  expect(ended.status).toBe(201)
  expect([await cellOf(open), await cellOf(closed.caseId)]).toEqual([cells.one, cells.one])
  const list = (await lamps.send(access.getHandover, 'gridWorker', { params: { handoverId: ended.result.handoverId! } })).result
  expect(list.parties.map(({ side, name }) => `${side} ${name}`)).toEqual(['takes 周倩', 'knows 王小燕'])
  const [heir] = await db.superuser<{ id: string }>(`SELECT new_area_id AS id FROM access.area_successor WHERE old_area_id = '${fresh}'`)
  expect(heir!.id).toBe(cells.one)
  const filed = await lamps.openOne({ areaCode: '239999001001003' })
  expect(await cellOf(filed.caseId)).toBe(cells.one)
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
})

test('when a post ends, the open work of its cell is listed for whoever is left, and what its holder had in hand is in nobody’s', async () => {
  db.clock.advance(60_000)
  const caseId = await openAt(1)
  await lamps.move(caseId, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
  await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.xingfuCommittee })
  await lamps.move(caseId, 'take', 'gridWorker')
  const { postId } = lamps.town.posts.gridWorker
  expect((await lamps.send(access.endPost, 'systemAdmin', { params: { postId } })).status).toBe(204)
  const [row] = await db.superuser<{ id: string | null }>(`SELECT handler_id AS id FROM cases.case_file WHERE case_id = '${caseId}'`)
  expect(row!.id).toBeNull()
  const [newest] = (await lamps.send(access.listHandovers, 'communityWorker', { query: { communityId } })).result.items
  const list = (await lamps.send(access.getHandover, 'communityWorker', { params: { handoverId: newest!.handoverId } })).result
  expect(list).toMatchObject({ cause: 'post', areaName: '幸福社区', byName: '许诺' })
  expect(list.parties.map(({ side, name }) => `${side} ${name}`)).toEqual(['gives 周倩', 'takes 王小燕', 'knows 王小燕'])
  expect(list.items.map(({ itemId }) => itemId)).toContain(caseId)
  const [open] = await db.superuser<{ n: number }>(
    `SELECT count(*)::int AS n FROM cases.case_file WHERE cell_id = '${cells.one}' AND status = 'open'`,
  )
  expect(list.items).toHaveLength(open!.n)
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
})
