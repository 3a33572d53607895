import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type CasesApp, casesApp, type OpenedCase } from '../../testing/cases-app.ts'

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

const rate = ({ code }: OpenedCase, score: unknown, text?: string) =>
  lamps.send(contract.rateByCode, null, { params: { code }, body: { requestId: newId(), score: score as number, text } })
const published = async (days?: number) => (await lamps.send(contract.listRatings, null, { query: days ? { days } : {} })).result.items

test('a rating is given, never assumed: without a score there is none', async () => {
  const done = await lamps.moveTo('done')
  for (const score of [undefined, null, 0, 6, 4.5, '5']) {
    expect((await rate(done, score)).problem).toMatchObject({ status: 400, fields: [{ path: 'score' }] })
  }
  expect(await db.superuser(`SELECT score FROM cases.case_file WHERE case_id = '${done.caseId}'`)).toEqual([{ score: null }])
})

test('only a finished matter is rated: too early is a 409, and so is one that nobody was charged with', async () => {
  for (const stage of ['reported', 'sent', 'mended'] as const)
    expect((await rate(await lamps.moveTo(stage), 5)).problem).toMatchObject({ status: 409, code: 'case.rating_early' })
  const dismissed = await lamps.moveTo('reported')
  await lamps.move(dismissed.caseId, 'dismiss', 'communityWorker', { reason: '这盏灯是邻县的' })
  expect((await rate(dismissed, 1)).problem).toMatchObject({ status: 409, code: 'case.rating_early' })
})

test.each([
  [1, true],
  [2, true],
  [3, false],
  [4, false],
  [5, false],
])('a %i opens a rectification: %s', async (score, rectification) => {
  const done = await lamps.moveTo('done')
  expect((await rate(done, score)).result).toEqual({ number: done.number, score, rectification })
  const view = (await lamps.send(contract.getCase, 'dispatcher', { params: { caseId: done.caseId } })).result
  expect([view.stage, view.score]).toEqual([rectification ? 'remending' : 'done', score])
})

test('a matter that was reopened is rated anew; the first rating stays on record', async () => {
  const done = await lamps.moveTo('done')
  await rate(done, 5)
  await lamps.send(contract.reopenPublicCase, null, {
    params: { number: done.number },
    body: { requestId: newId(), tail: done.tail, reason: '又不亮了' },
  })
  expect((await rate(done, 1)).problem.code).toBe('case.rating_early')
  await lamps.move(done.caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.urbanManagement })
  await lamps.move(done.caseId, 'take', 'otherClerk')
  await lamps.move(done.caseId, 'mend', 'otherClerk', { words: '换了整根灯杆' })
  await lamps.move(done.caseId, 'call', 'dispatcher', { contactedAt: db.clock.now().toISOString(), resolved: true })
  expect((await rate(done, 4)).status).toBe(201)
  const { housing, urbanManagement } = lamps.town.orgs
  expect(await db.superuser(`SELECT org_id, score FROM cases.case_rating WHERE case_id = '${done.caseId}' ORDER BY seq`)).toEqual([
    { org_id: housing, score: 5 },
    { org_id: urbanManagement, score: 4 },
  ])
})

test('results are published per unit, with volume and distribution, from five ratings on; never fewer, never a person [SERV-14]', async () => {
  await db.superuser('DELETE FROM cases.case_rating')
  expect(await published()).toEqual([])
  const rated: OpenedCase[] = []
  for (const score of [5, 5, 3, 1]) {
    rated.push(await lamps.moveTo('done'))
    await rate(rated.at(-1)!, score, '灯很亮')
  }
  expect(await published()).toEqual([])
  const bad = rated.at(-1)!
  await lamps.move(bad.caseId, 'showRemend', 'departmentClerk', { words: '又换了' })
  await lamps.move(bad.caseId, 'checkRemend', 'dispatcher', { contactedAt: db.clock.now().toISOString(), resolved: true })
  await rate(await lamps.moveTo('done'), 4)
  expect(await published()).toEqual([{ orgName: '清河县住房和城乡建设局', rated: 5, scores: [1, 0, 1, 1, 2], rectified: 1 }])
  // A later dispatch to another unit does not move what the first was given.
  await lamps.send(contract.reopenPublicCase, null, {
    params: { number: rated[0]!.number },
    body: { requestId: newId(), tail: rated[0]!.tail, reason: '又不亮了' },
  })
  await lamps.move(rated[0]!.caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.urbanManagement })
  expect(await published()).toMatchObject([{ rated: 5 }])
  db.clock.advance(31 * 86_400_000)
  expect(await published(30)).toEqual([])
  expect(await published(60)).toHaveLength(1)
})
