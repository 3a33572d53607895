import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dwelling } from '../contract/dwelling.ts'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'

let registry: RegistryUnderTest
let home: string
let other: string
beforeAll(async () => {
  registry = await aRegistry()
  home = await registry.aDwelling('gridWorker', 'xingfuCell1', '601室')
  other = await registry.aDwelling('gridWorker', 'xingfuCell1', '602室')
})
afterAll(() => registry?.close())

const at = (addressId: string, on = '2026-01-05') => ({ home: { addressId, residence: 'family', on } })
const dwelling = async (addressId: string, by: Parameters<RegistryUnderTest['send']>[0] = 'communityWorker') =>
  (await registry.send(by, 'GET', `/addresses/${addressId}`)).json<Dwelling>()
const well = async (personId: string, one: object) => expect((await registry.change(personId, one)).status, JSON.stringify(one)).toBe(200)
const wrong = async (personId: string, one: object, path: string) => {
  const answer = await registry.change(personId, one)
  expect([answer.status, answer.json<Problem>().fields?.[0]?.path]).toEqual([422, path])
}

test('a household keeps house in a dwelling, a birth joins it, moving out and death end it, and the dwelling says who lived there when [DATA-03] (households; moved in, moved out, born, died)', async () => {
  const head = await registry.aPerson({ name: '吴国强' }, at(home))
  const wife = await registry.aPerson({ name: '林小红' }, at(home))
  await well(head, { change: 'joinedHousehold', role: 'head', on: '2026-01-05' })
  const { householdId } = (await registry.file(head)).households[0]!
  await well(wife, { change: 'joinedHousehold', householdId, role: 'spouse', on: '2026-01-05' })
  const child = await registry.aPerson({ name: '吴小宝' }, { birth: { parentId: wife, on: '2026-02-02' } })
  const born = await registry.file(child)
  expect(born).toMatchObject({ home: { addressId: home }, households: [{ householdId, role: 'child', from: '2026-02-02' }] })
  expect(born.households[0]!.members.map(({ role }) => role)).toEqual(['head', 'spouse'])
  expect(born.relations).toMatchObject([{ kind: 'parent', isOthers: false, other: { personId: wife, name: '林*红' } }])
  expect((await registry.file(wife)).relations).toMatchObject([{ kind: 'parent', isOthers: true, other: { personId: child } }])

  const ofBaby = { values: { name: '吴又宝' }, communityCode: registry.town.areas.xingfu.code, source: 'visit' }
  const young = await registry.send('communityWorker', 'POST', '/persons', {
    requestId: newId(),
    ...ofBaby,
    birth: { parentId: child, on: '2026-02-03' },
  })
  expect([young.status, young.json<Problem>().fields?.[0]?.path]).toEqual([422, 'birth.parentId'])

  const now = await dwelling(home)
  expect(now.households).toMatchObject([{ householdId, members: [{ role: 'head' }, { role: 'spouse' }, { role: 'child' }] }])
  expect(now.now.map(({ personId }) => personId).sort()).toEqual([head, wife, child].sort())

  await well(head, { change: 'died', on: '2026-02-10' })
  await well(wife, { change: 'movedIn', addressId: other, residence: 'tenant', on: '2026-02-20' })
  const later = await dwelling(home)
  expect(later.now.map(({ personId }) => personId)).toEqual([child])
  expect(later.before).toMatchObject([
    { personId: wife, from: '2026-01-05', to: '2026-02-20' },
    { personId: head, status: 'died', to: '2026-02-10' },
  ])
  expect(later.households).toMatchObject([{ members: [{ personId: child }] }])
  const { stays, households } = await registry.file(wife)
  expect(stays).toMatchObject([
    { addressId: other, to: null },
    { addressId: home, to: '2026-02-20', source: 'visit' },
  ])
  expect(households).toMatchObject([{ to: '2026-02-20' }])
})

test('who lives elsewhere joins no household here, a household has one head, and nobody leaves before he came', async () => {
  const first = await registry.aPerson({ name: '郑一飞' }, at(other))
  const second = await registry.aPerson({ name: '郑二飞' }, at(home))
  await well(first, { change: 'joinedHousehold', role: 'head', on: '2026-01-06' })
  const { householdId } = (await registry.file(first)).households[0]!
  await wrong(second, { change: 'joinedHousehold', householdId, role: 'other', on: '2026-01-06' }, 'change.householdId')
  await wrong(first, { change: 'joinedHousehold', role: 'other', on: '2026-01-06' }, 'change.householdId')
  await wrong(second, { change: 'joinedHousehold', role: 'head', on: '2026-01-01' }, 'change.on')
  await wrong(second, { change: 'movedOut', on: '2026-01-01' }, 'change.on')
  await well(second, { change: 'movedIn', addressId: other, residence: 'tenant', on: '2026-01-08' })
  await wrong(second, { change: 'joinedHousehold', householdId, role: 'head', on: '2026-01-08' }, 'change.role')
  await wrong(second, { change: 'leftHousehold', householdId, on: '2026-01-08' }, 'change.householdId')
  const unsettled = await registry.aPerson({ name: '郑三飞' })
  await wrong(unsettled, { change: 'joinedHousehold', role: 'head', on: '2026-01-08' }, 'change.change')
})

test('relations are dated, said once, seen from both sides, and name nobody whom the post does not see [DATA-01] (dated links)', async () => {
  const elder = await registry.aPerson({ name: '钱桂英' }, at(home))
  const son = await registry.aPerson({ name: '钱大海' }, at(other))
  await well(elder, { change: 'related', otherId: son, kind: 'child', from: '2026-01-01' })
  await wrong(elder, { change: 'related', otherId: son, kind: 'child', from: '2026-01-01' }, 'change.otherId')
  await wrong(elder, { change: 'related', otherId: elder, kind: 'child', from: '2026-01-01' }, 'change.otherId')
  await wrong(elder, { change: 'related', otherId: newId(), kind: 'child', from: '2026-01-01' }, 'change.otherId')
  const { relationId } = (await registry.file(elder)).relations[0]!
  expect((await registry.file(son)).relations).toMatchObject([{ relationId, kind: 'child', isOthers: true, other: { personId: elder } }])

  // The son moves to the next community: his file is there, and his name no longer shown here.
  const there = await registry.aDwelling('siblingWorker', 'xiangyangCell1', '701室')
  await well(son, { change: 'movedOut', on: '2026-02-01' })
  await registry.db.superuser(`UPDATE registry.person SET (area_path, community_id, cell_id) =
    (SELECT area_path, community_id, cell_id FROM registry.address WHERE address_id = '${there}') WHERE person_id = '${son}'`)
  expect((await registry.file(elder)).relations).toMatchObject([{ relationId, other: null }])
  expect(await dwelling(other)).toMatchObject({ elsewhere: 1 })

  await wrong(elder, { change: 'unrelated', relationId, on: '2025-12-31', reason: '登记错了' }, 'change.on')
  await well(elder, { change: 'unrelated', relationId, on: '2026-02-02', reason: '登记错了' })
  expect((await registry.file(elder)).relations).toMatchObject([{ to: '2026-02-02' }])
})

test('a dwelling of another area is not there', async () => {
  const there = await registry.aDwelling('siblingWorker', 'xiangyangCell1', '702室')
  for (const by of ['communityWorker', 'otherGridWorker'] as const) {
    const answer = await registry.send(by, 'GET', `/addresses/${there}`)
    expect([answer.status, answer.json<Problem>().code]).toEqual([404, 'registry.dwelling_unknown'])
  }
  expect((await registry.send('otherDispatcher', 'GET', `/addresses/${home}`)).status).toBe(403)
})
