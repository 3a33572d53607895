import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccessUnderTest, anAccess, type TownPost } from '../testing/index.ts'
import { addBuilding, addOrganization } from './place-areas.ts'

let house: AccessUnderTest
beforeAll(async () => {
  house = await anAccess()
})
afterAll(() => house.close())

const names = async (path: string, who?: TownPost): Promise<string[]> => {
  const answer = await house.app.inject({ url: `/api/v1${path}`, headers: who ? house.town.signIn(who) : {} })
  expect(answer.statusCode).toBe(200)
  return answer.json().items.map((item: { name: string }) => item.name)
}

test('anybody picks a place from the top of the tree down, or by its code', async () => {
  const { county, subdistrict, xingfu } = house.town.areas
  expect(await names('/public/areas')).toEqual(['北江省'])
  expect(await names(`/public/areas?parent=${county.areaId}`)).toEqual(['河东街道', '柳林镇'])
  expect(await names(`/public/areas?parent=${subdistrict.areaId}&level=cell`)).toEqual([
    '幸福第一网格',
    '幸福第二网格',
    '向阳第一网格',
    '向阳第二网格',
  ])
  expect(await names('/public/areas?level=community')).toEqual(['幸福社区', '向阳社区', '柳林村'])
  expect(await names(`/public/areas?code=${xingfu.code}`)).toEqual(['幸福社区'])
  expect(await names(`/public/areas?parent=${newId()}`)).toEqual([])
})

test('an area that is no longer in force is not offered', async () => {
  await house.db.superuser(`UPDATE access.area SET valid_to = '2026-01-01' WHERE code = '239999100200002'`)
  expect(await names(`/public/areas?parent=${house.town.areas.liulin.areaId}`)).toEqual(['柳林第一网格'])
})

test('buildings are in the order a person looks for them', async () => {
  const { liulin, liulinCell1 } = house.town.areas
  await house.db.system(async (ctx) => {
    for (const name of ['10号楼', '2号楼', '1号楼']) await addBuilding(ctx, { cell: liulinCell1.areaId, name, lon: 128.46, lat: 46.52 })
  })
  expect((await names(`/public/buildings?communityId=${liulin.areaId}`)).slice(0, 3)).toEqual(['1号楼', '2号楼', '10号楼'])
})

test('colleagues are those with a live post in the acting organization, and nobody else', async () => {
  const { departmentClerk, departmentLead } = house.town.posts
  const colleagues = await names('/colleagues', 'departmentClerk')
  expect(colleagues.toSorted()).toEqual([departmentClerk.name, departmentLead.name].toSorted())
  expect(await names(`/colleagues?q=${encodeURIComponent(departmentLead.name.slice(-1))}`, 'departmentClerk')).toContain(
    departmentLead.name,
  )
  expect(await names('/colleagues?q=%25', 'departmentClerk')).toEqual([])
  await house.db.superuser(sql`UPDATE access.post SET ended_at = now() WHERE post_id = ${departmentLead.postId}`)
  expect(await names('/colleagues', 'departmentClerk')).toEqual([departmentClerk.name])
  expect((await house.app.inject({ url: '/api/v1/colleagues' })).statusCode).toBe(401)
})

test('organizations are found by kind and by part of their name, by anyone signed in', async () => {
  expect((await names('/organizations', 'gridWorker')).length).toBe(14)
  expect(await names('/organizations?kind=residentsCommittee', 'propertyClerk')).toHaveLength(3)
  expect(await names(`/organizations?q=${encodeURIComponent('住房')}`, 'dispatcher')).toEqual(['清河县住房和城乡建设局'])
  expect((await house.app.inject({ url: '/api/v1/organizations' })).statusCode).toBe(401)
})

test('anybody finds whom to call about a place: its own office first, then those above it, and only those with a number', async () => {
  const { xingfu, subdistrict, xiangyang } = house.town.areas
  await house.db.system(async (ctx) => {
    await addOrganization(ctx, { kind: 'residentsCommittee', name: '幸福社区服务站', area: xingfu.areaId, phone: '19999990401' })
    await addOrganization(ctx, { kind: 'subdistrictOffice', name: '河东街道便民中心', area: subdistrict.areaId, phone: '19999990402' })
  })
  expect(await names(`/public/offices?areaCode=${xingfu.code}`)).toEqual(['幸福社区服务站', '河东街道便民中心'])
  expect(await names(`/public/offices?areaCode=${xiangyang.code}`)).toEqual(['河东街道便民中心'])
  const unknown = await house.app.inject({ url: '/api/v1/public/offices?areaCode=239999999999' })
  expect([unknown.statusCode, unknown.json().code]).toEqual([422, 'access.area_unknown'])
})
