import { newId } from '@linli/base/define'
import { systemActor, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp, type OpenedCase } from '../../testing/cases-app.ts'
import { checkEveryProjection } from '../rebuild.ts'
import { followersSubscriber } from '../telling/tell-followers.ts'

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

const view = async (by: By, caseId: string) => (await lamps.send(contract.getCase, by, { params: { caseId } })).result
const merge = async (from: OpenedCase, into: string, by: By = 'communityWorker') => {
  const { seq } = await view(by, from.caseId)
  return lamps.send(contract.moveCase, by, {
    params: { caseId: from.caseId, key: 'isSame' },
    body: { requestId: newId(), expectedSeq: seq, data: { into } },
  })
}
const progress = async ({ number, tail }: OpenedCase) =>
  (await lamps.send(contract.getPublicCase, null, { params: { number }, query: { tail } })).result
/** What the outbox would bring to the subscriber. */
const pass = async (caseId: string) => {
  const { seq } = await view('dispatcher', caseId)
  await transact(lamps.deps, systemActor, (system) => followersSubscriber(lamps.deps).apply(system, { payload: { caseId, seq } } as never))
}
const faults = async (...cases: OpenedCase[]) =>
  (await checkEveryProjection(lamps.deps)).faults.filter((fault) => cases.some((one) => one.caseId === fault.caseId))

test('a second report of the same matter ends in the first, its reporter keeps the number and is told what comes of it', async () => {
  const first = await lamps.moveTo('mending')
  const second = await lamps.openOne({ contact: { phone: '19999990043' } })
  const merged = (await merge(second, first.number)).result
  expect(merged).toMatchObject({ stage: 'same', status: 'closed', mergedInto: { caseId: first.caseId, number: first.number } })
  expect((await view('dispatcher', first.caseId)).merged).toMatchObject([{ caseId: second.caseId, number: second.number }])
  expect((await progress(second)).replies).toEqual([])

  await lamps.move(first.caseId, 'mend', 'departmentClerk', { words: '换了灯泡，亮了' })
  await pass(first.caseId)
  expect((await progress(second)).replies.map((reply) => reply.text)).toEqual(['换了灯泡，亮了'])
  expect(await faults(first, second)).toEqual([])
})

test('whoever reported the same is told of the end, rates it under the unit that handled it, and a bad rating is put right', async () => {
  const first = await lamps.moveTo('mended')
  const second = await lamps.openOne({ contact: { phone: '19999990044' } })
  await merge(second, first.number)
  await pass(second.caseId)
  // The reply was given before: who comes late hears of it at once.
  expect((await progress(second)).replies.map((reply) => reply.text)).toEqual(['换了灯泡'])
  await lamps.move(first.caseId, 'call', 'dispatcher', {
    contactedAt: db.clock.now().toISOString(),
    resolved: true,
    satisfied: true,
  })
  await pass(first.caseId)
  expect(await progress(second)).toMatchObject({ stage: 'done', canRate: true, canReopen: true })
  const rated = await lamps.send(contract.rateByCode, null, { params: { code: second.code }, body: { requestId: newId(), score: 1 } })
  expect(rated.result).toMatchObject({ rectification: true })
  expect(await view('departmentClerk', second.caseId)).toMatchObject({ stage: 'remending' })
  expect((await progress(first)).rating).toBeNull()
  expect(await faults(first, second)).toEqual([])
})

test('whoever says that it is another matter after all has it handled by itself', async () => {
  const [first, second] = [await lamps.moveTo('mending'), await lamps.openOne({ contact: { phone: '19999990045' } })]
  await merge(second, first.number)
  const body = { requestId: newId(), tail: second.tail, reason: '我说的是另一盏' }
  const again = await lamps.send(contract.reopenPublicCase, null, { params: { number: second.number }, body })
  expect(again.result).toMatchObject({ status: 'open' })
  expect(await view('dispatcher', second.caseId)).toMatchObject({ mergedInto: null })
  expect((await view('dispatcher', first.caseId)).reporters).toBe(1)
  expect(await faults(first, second)).toEqual([])
})

test('a matter says how many reported it, and shows who, masked', async () => {
  const [first, second] = [await lamps.moveTo('mending'), await lamps.openOne({ contact: { phone: '19999990046', name: '赵有福' } })]
  await merge(second, first.number)
  const seen = await view('dispatcher', first.caseId)
  expect(seen.reporters).toBe(2)
  expect(seen.merged).toMatchObject([{ number: second.number, channel: 'app', reporter: { name: '赵*福', phone: '199****0046' } }])
  const { items } = (await lamps.send(contract.listCases, 'departmentClerk', { query: { q: first.number } })).result
  expect(items.map(({ reporters }) => reporters)).toEqual([2])
})

test('what turned out to be another matter goes its own way again', async () => {
  const [first, second] = [await lamps.moveTo('mending'), await lamps.openOne()]
  await merge(second, first.number)
  await lamps.move(second.caseId, 'isOther', 'communityWorker')
  expect(await view('dispatcher', second.caseId)).toMatchObject({ stage: 'reported', status: 'open', mergedInto: null })
  expect((await view('dispatcher', first.caseId)).merged).toEqual([])
  await lamps.move(first.caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })
  await pass(first.caseId)
  expect((await progress(second)).replies).toEqual([])
  expect(await faults(first, second)).toEqual([])
})

test('nothing is merged into itself, an ended, a merged, a foreign, a sealed or a not yet accepted matter or one that the post does not see, nor one that others were merged into', async () => {
  const [first, second, third] = [await lamps.moveTo('mending'), await lamps.openOne(), await lamps.moveTo('listed')]
  const fresh = await lamps.openOne()
  const sibling = await lamps.openOne({ areaCode: '239999001002001' })
  await lamps.move(sibling.caseId, 'list', 'siblingWorker', { appealType: 'help', category: 'lights' })
  const done = await lamps.moveTo('done')
  const sealed = await lamps.moveTo('listed', { appealType: 'report' })
  const foreign = await lamps.openOne({ areaCode: '239999100200001' })
  await merge(second, first.number)
  const refusals = await Promise.all(
    [third.number, done.number, second.number, foreign.number, sealed.number, fresh.number, sibling.number, '20990101-000001'].map(
      async (into) => (await merge(third, into)).problem,
    ),
  )
  for (const problem of refusals) expect(problem).toMatchObject({ code: 'case.data_invalid', fields: [{ path: 'data.into' }] })
  const fourth = await lamps.openOne()
  await merge(fourth, third.number)
  expect((await merge(third, first.number)).problem.fields?.[0]?.message).toContain('反过来')
})

test('of two that are merged into each other at once one goes on', async () => {
  for (let i = 0; i < 5; i++) {
    const [left, right] = [await lamps.moveTo('listed'), await lamps.moveTo('listed')]
    const answers = await Promise.all([merge(left, right.number), merge(right, left.number)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
  }
})

test('who sees both communities merges across them', async () => {
  const first = await lamps.openOne({ areaCode: '239999001002001' })
  await lamps.move(first.caseId, 'list', 'siblingWorker', { appealType: 'help', category: 'lights' })
  expect((await merge(await lamps.openOne(), first.number, 'dispatcher')).status).toBe(200)
})

test('a step that is no reply and concerns all who reported it is passed on in its own words; others are not', async () => {
  const [first, second] = [await lamps.moveTo('sent'), await lamps.openOne()]
  await merge(second, first.number)
  await lamps.move(first.caseId, 'take', 'departmentClerk')
  await pass(first.caseId)
  expect((await progress(second)).replies).toEqual([])
  await lamps.move(first.caseId, 'pause', 'departmentClerk', {
    reason: '等配件',
    until: new Date(db.clock.now().getTime() + 86_400_000).toISOString(),
  })
  await pass(first.caseId)
  expect((await progress(second)).replies.map((reply) => reply.text)).toEqual(['暂停：等配件'])
})
