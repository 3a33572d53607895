import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as contract from '../contract/index.ts'
import { type CasesApp, casesApp } from '../testing/cases-app.ts'
import { numberOf, titleOf } from './open-case.ts'

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

test.each([
  ['路灯不亮了。晚上看不见路。', '路灯不亮了'],
  ['能不能修？已经三天了', '能不能修？'],
  ['一\n二', '一'],
  ['。', '。'],
  ['  空格  ', '空格'],
  ['没有句号', '没有句号'],
  ['灯'.repeat(200), '灯'.repeat(80)],
  ['😀'.repeat(100), '😀'.repeat(80)],
  ['Broken lamp; please fix', 'Broken lamp;'],
])('the title of %j is its first sentence, cut at eighty without halving a character', (detail, title) => {
  expect(titleOf(detail)).toBe(title)
})

test('a number is the day in Shanghai and a serial, and the database makes the same one', async () => {
  expect(numberOf(new Date('2026-03-01T16:00:00Z'), 7)).toBe('20260302-000007')
  expect(numberOf(new Date('2026-03-01T15:59:59Z'), 1_234_567)).toBe('20260301-1234567')
  db.clock.moveTo('2026-03-01T16:30:00Z')
  const { number } = await lamps.openOne()
  expect(number).toBe(numberOf(db.clock.now(), Number(number.split('-')[1])))
  await db.superuser("SELECT setval('cases.case_number', 5000000)")
  const beyond = await Promise.all(Array.from({ length: 12 }, () => lamps.openOne()))
  expect(beyond.map((one) => one.number).filter((one) => /^20260302-5\d{6}$/.test(one)).length).toBeGreaterThan(0)
})

test('an appeal waits at the desk of its place, with the clock of acceptance running [GRID-07] (intake)', async () => {
  const { caseId, number } = await lamps.openOne({ position: { lon: 128.507, lat: 46.501 }, place: '幸福里 3 号楼下', category: 'lights' })
  const view = (await lamps.send(contract.getCase, 'gridWorker', { params: { caseId } })).result
  expect(view).toMatchObject({
    number,
    title: '楼下的路灯不亮了',
    detail: '楼下的路灯不亮了。晚上看不见路。',
    stage: 'reported',
    status: 'open',
    holder: '河东街道受理台',
    channel: 'app',
    category: 'lights',
    place: '幸福里 3 号楼下',
    position: { lon: 128.507, lat: 46.501 },
    communityName: '幸福社区',
    cellName: '幸福第一网格',
    seq: 1,
    clock: { key: 'accept', state: 'onTime' },
  })
})

test('one that names a community or a township is taken in there; nobody takes in one for a county', async () => {
  const file = (areaCode: string) => lamps.send(contract.fileAppeal, null, { body: { requestId: newId(), detail: '路灯不亮', areaCode } })
  const rows = async (number: string) =>
    db.superuser(
      `SELECT township_id IS NOT NULL AS township, community_id IS NOT NULL AS community, cell_id IS NOT NULL AS cell FROM cases.case_file WHERE number = '${number}'`,
    )
  expect(await rows((await file('239999001001')).result.number)).toEqual([{ township: true, community: true, cell: false }])
  const atTownship = (await file('239999001')).result.number
  expect(await rows(atTownship)).toEqual([{ township: true, community: false, cell: false }])
  expect((await file('239999')).problem).toMatchObject({ status: 422, code: 'access.area_unknown' })
  const { items } = (await lamps.send(contract.listCases, 'dispatcher', { query: { q: atTownship } })).result
  expect(items).toMatchObject([{ communityName: '河东街道' }])
  const view = (await lamps.send(contract.getCase, 'dispatcher', { params: { caseId: items[0]!.caseId } })).result
  expect(view.communityId).toBe(lamps.town.areas.subdistrict.areaId)
})

test('staff take a case in for somebody else: it counts the same, and the log says who wrote it down', async () => {
  const body = {
    requestId: newId(),
    channel: 'counter' as const,
    detail: '路灯不亮',
    areaCode: '239999001001',
    contact: { phone: '0451-88123456', name: '孙桂兰' },
  }
  const { caseId, number } = (await lamps.send(contract.openCase, 'communityWorker', { body })).result
  const page = (await lamps.send(contract.getPublicCase, null, { params: { number }, query: { tail: '3456' } })).result
  expect(page.steps[0]).toMatchObject({ text: '您报了这件事', by: '幸福社区居民委员会' })
  const { items } = (await lamps.send(contract.listEntries, 'dispatcher', { params: { caseId } })).result
  expect(items).toMatchObject([{ move: 'open', byName: '王小燕', data: { channel: 'counter' } }])
  expect(JSON.stringify(items)).not.toContain('88123456')
})

test('filing an appeal is five statements, and one more for the key of whoever left a contact', async () => {
  const client = await db.pool.connect()
  const query = vi.spyOn(Object.getPrototypeOf(client) as typeof client, 'query')
  client.release()
  const statementsOf = async (contact: { phone: string } | undefined) => {
    const body = { requestId: newId(), detail: '路灯不亮', areaCode: '239999001001001', contact }
    query.mockClear()
    await lamps.send(contract.fileAppeal, null, { body })
    const texts = query.mock.calls.map(([statement]) =>
      typeof statement === 'object' ? (statement as { text: string }).text : String(statement),
    )
    return texts.map((text) => /^BEGIN|^COMMIT|INTO [a-z.]+_key|FROM base\.[a-z_]+|case_number|INTO base\.outbox/.exec(text)?.[0] ?? text)
  }
  // The area of this code is known from before.
  await lamps.openOne()
  const plain = ['BEGIN', 'FROM base.idempotent_request', 'case_number', 'INTO base.outbox', 'COMMIT']
  expect(await statementsOf(undefined)).toEqual(plain)
  expect(await statementsOf({ phone: '19999990042' })).toEqual([...plain.slice(0, 2), 'INTO base.person_key', ...plain.slice(2)])
  query.mockRestore()
})
