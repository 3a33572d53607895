import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'

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

const similar = async (by: By, caseId: string) => (await lamps.send(contract.listSimilar, by, { params: { caseId } })).result.items
const about = (detail: string, place?: string) => ({ appeal: { detail, ...(place && { place }) } })

test('another report of the same matter is found by place, time and words, each said; another matter of the same house is not [PLAT-20] (duplicates by place, time and words, merged by a person)', async () => {
  const first = await lamps.moveTo('listed', about('三号楼门洞的灯不亮', '老院 3 号楼'))
  await lamps.openOne({ detail: '排水沟臭得很', place: '老院 3 号楼' })
  db.clock.advance(2 * 86_400_000)
  const second = await lamps.openOne({ detail: '门洞的灯坏了', place: '老院3号楼 2 单元' })
  const found = await similar('communityWorker', second.caseId)
  expect(found.map((one) => one.case.number)).toEqual([first.number])
  expect(found[0]?.likeness).toMatchObject({ place: 'sameBuilding', building: '老院3号楼', days: 2, words: ['门洞'] })

  const { merge } = found[0]!
  expect(merge).toMatchObject({ caseId: second.caseId, into: first.number })
  const made = await lamps.send(contract.moveCase, 'communityWorker', {
    params: { caseId: merge!.caseId, key: merge!.move },
    body: { requestId: newId(), expectedSeq: merge!.expectedSeq, data: merge!.data },
  })
  expect(made.result.mergedInto).toMatchObject({ number: first.number })
  // What is one matter by now is not suggested again, from neither side.
  expect(await similar('communityWorker', second.caseId)).toEqual([])
  expect(await similar('communityWorker', first.caseId)).toEqual([])
})

test('an accepted matter takes one in that nobody has accepted yet; for two that are under way there is no step', async () => {
  const [waiting, accepted] = [await lamps.openOne({ detail: '桥头的灯罩掉了' }), await lamps.moveTo('listed', about('桥头灯罩掉下来'))]
  expect(await similar('communityWorker', accepted.caseId)).toMatchObject([{ merge: { caseId: waiting.caseId, into: accepted.number } }])
  const [one, other] = [await lamps.moveTo('mending', about('球场灯杆歪了')), await lamps.moveTo('sent', about('球场灯杆歪了，怕倒'))]
  expect(await similar('dispatcher', one.caseId)).toMatchObject([{ case: { number: other.number }, merge: null }])
})

test('nothing is suggested of another area, of a tip-off, or to whoever does not see the matter', async () => {
  const own = await lamps.moveTo('listed', about('祠堂前的灯闪个不停'))
  await lamps.openOne({ detail: '祠堂前的灯闪个不停', areaCode: '239999001002001' })
  await lamps.moveTo('listed', { ...about('祠堂前的灯闪个不停'), appealType: 'report' })
  expect(await similar('communityWorker', own.caseId)).toEqual([])
  expect((await lamps.send(contract.listSimilar, 'siblingWorker', { params: { caseId: own.caseId } })).status).toBe(404)
})

test('what is closed is suggested for a fortnight, and never as the one to merge into', async () => {
  const done = await lamps.moveTo('done', about('戏台边的灯灭了'))
  const again = await lamps.openOne({ detail: '戏台边的灯又灭了' })
  expect(await similar('communityWorker', again.caseId)).toMatchObject([{ case: { number: done.number, status: 'closed' }, merge: null }])
  db.clock.advance(15 * 86_400_000)
  expect(await similar('communityWorker', again.caseId)).toEqual([])
})

test('while a matter is typed in the ones that are known are shown, and a reporter is added to one in one step', async () => {
  const known = await lamps.moveTo('listed', about('水塔下的灯柱倒了', '河沿 9 号院'))
  const typed = { detail: '灯柱倒了，横在路上', areaCode: '239999001001001', place: '河沿9号院' }
  const found = (await lamps.send(contract.findSimilar, 'communityWorker', { body: { ...typed, kind: 'appeal' } })).result
  expect(found).toMatchObject({ from: 55, openDays: 60, items: [{ case: { number: known.number }, merge: null }] })

  const body = { ...typed, requestId: newId(), kind: 'appeal' as const, channel: 'phone' as const, sameAs: known.caseId }
  const added = await lamps.send(contract.openCase, 'communityWorker', { body: { ...body, contact: { phone: '19999990048' } } })
  expect(added.status).toBe(201)
  const seen = (await lamps.send(contract.getCase, 'communityWorker', { params: { caseId: known.caseId } })).result
  expect(seen).toMatchObject({ reporters: 2, merged: [{ number: added.result.number, channel: 'phone' }] })
})

test('a reporter is added to nothing that is unknown, foreign or not accepted: then nothing is opened at all', async () => {
  const [waiting, foreign] = [await lamps.openOne(), await lamps.openOne({ areaCode: '239999100200001' })]
  const before = (await lamps.send(contract.countCases, 'communityWorker', { query: { kind: 'appeal' } })).result.queues.all
  for (const [sameAs, code] of [
    [newId(), 'case.not_found'],
    [foreign.caseId, 'case.not_found'],
    [waiting.caseId, 'case.data_invalid'],
  ] as const) {
    const body = {
      requestId: newId(),
      kind: 'appeal' as const,
      channel: 'phone' as const,
      detail: '也是灯',
      areaCode: '239999001001001',
      sameAs,
    }
    expect((await lamps.send(contract.openCase, 'communityWorker', { body })).problem.code).toBe(code)
  }
  const after = (await lamps.send(contract.countCases, 'communityWorker', { query: { kind: 'appeal' } })).result.queues.all
  expect(after).toEqual(before)
})

test('a clerk looks for what is similar in the own area only', async () => {
  const body = { kind: 'appeal' as const, detail: '灯', areaCode: '239999001002001' }
  const { problem } = await lamps.send(contract.findSimilar, 'communityWorker', { body })
  expect(problem).toMatchObject({ code: 'access.area_forbidden', fields: [{ path: 'areaCode' }] })
})

test('nobody asks without signing in or without the permission, and wrong input is named', async () => {
  const { caseId } = await lamps.openOne()
  const body = { kind: 'appeal' as const, detail: '灯', areaCode: '239999001001001' }
  const asked = async (by: By) => [
    (await lamps.send(contract.listSimilar, by, { params: { caseId } })).status,
    (await lamps.send(contract.findSimilar, by, { body })).status,
  ]
  expect(await asked(null)).toEqual([401, 401])
  expect(await asked('systemAdmin')).toEqual([403, 403])
  const wrong = await lamps.send(contract.findSimilar, 'communityWorker', { body: { ...body, detail: ' ', areaCode: 'here' } })
  expect(wrong.problem.fields?.map(({ path }) => path)).toEqual(['detail', 'areaCode'])
})
