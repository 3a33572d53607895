import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { checkEveryProjection } from '../rebuild.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

const areaCode = '239999001001001'
const dark = { detail: '晚上路灯不亮了。孙家门口。', category: 'lights', areaCode }
const ask = async (body: Partial<Parameters<typeof lamps.send<typeof contract.findPublicSimilar>>[2] & object>['body'] = {} as never) =>
  (await lamps.send(contract.findPublicSimilar, null, { body: { ...dark, ...(body as object) } })).result.items

test('fewer than five reports of a category in a community are told to nobody', async () => {
  for (let i = 0; i < 4; i++) await lamps.moveTo('listed', { appeal: dark })
  expect(await ask()).toEqual([])
  await lamps.openOne(dark)
  expect((await ask()).length).toBeGreaterThan(0)
})

test('a neighbor is told a common saying, the community, the day and how far it is, and nothing that the other wrote [GRID-10] (duplicate warning)', async () => {
  const [item] = await ask()
  expect(Object.keys(item!).sort()).toEqual(
    ['category', 'isSameBuilding', 'openedOn', 'placeName', 'saying', 'stage', 'stageName', 'ticket'].sort(),
  )
  expect(item).toMatchObject({ saying: '路灯不亮', isSameBuilding: false })
  expect(JSON.stringify(item)).not.toMatch(/孙|\d{8}-\d{6}/)
  expect(item!.ticket).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
})

test('words that are no common saying find nothing, however exactly somebody wrote them', async () => {
  expect(await ask({ detail: '孙家门口' } as never)).toEqual([])
  expect(await ask({ detail: '灯杆歪了' } as never)).toEqual([])
  expect(await ask({ category: 'roads' } as never)).toEqual([])
})

test('the same building is named only to whoever names it', async () => {
  await lamps.moveTo('listed', { appeal: { ...dark, place: '老院 3 号楼 501 室' } })
  const [first] = await ask({ place: '老院 3 号楼 101' } as never)
  expect(first).toMatchObject({ isSameBuilding: true })
  expect(first!.placeName).toContain('老院3号楼')
  expect(first!.placeName).not.toContain('501')
  for (const other of await ask()) expect(other.placeName).not.toContain('老院')
})

test('who says “me too” has a number, a code and a rating of their own, and is told what comes of the one matter', async () => {
  const target = await lamps.moveTo('listed', { appeal: { ...dark, place: '新院 8 栋' } })
  const [found] = await ask({ place: '新院 8 栋' } as never)
  const body = { requestId: newId(), ...dark, contact: { phone: '19999990051' }, sameAs: found!.ticket }
  const filed = await lamps.send(contract.fileAppeal, null, { body })
  expect(filed.result.joined).toBe(true)
  expect((await lamps.send(contract.fileAppeal, null, { body })).result).toEqual(filed.result)
  const { number } = filed.result
  const own = (await lamps.send(contract.getPublicCase, null, { params: { number }, query: { tail: '0051' } })).result
  expect(own).toMatchObject({ number, status: 'closed', canReopen: true })
  expect(own.steps.map(({ key }) => key)).toEqual(['open', 'join'])
  const seen = (await lamps.send(contract.getCase, 'dispatcher', { params: { caseId: target.caseId } })).result
  expect(seen).toMatchObject({ reporters: 2, merged: [{ number }] })
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
})

test('a ticket that is stale, foreign or made up loses no report: it goes its own way', async () => {
  const [found] = await ask()
  const file = (sameAs: string) =>
    lamps.send(contract.fileAppeal, null, { body: { requestId: newId(), ...dark, sameAs } }).then(({ result }) => result)
  expect(await file('made-up')).toMatchObject({ joined: false })
  db.clock.advance(2 * 3_600_000)
  const late = await file(found!.ticket)
  expect(late).toMatchObject({ joined: false })
  expect(late.number).toMatch(/^\d{8}-\d{6}$/)
})
