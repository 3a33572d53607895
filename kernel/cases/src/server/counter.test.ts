import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type CasesApp, casesApp } from '../testing/cases-app.ts'

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
const takeIn = (body: Partial<contract.OpenedAtCounter> = {}) =>
  lamps.send(contract.openCase, 'communityWorker', {
    body: { requestId: newId(), channel: 'counter', detail: '楼下的路灯不亮了。', areaCode, ...body },
  })

test('a matter taken in at the counter has the number, the clocks, the steps and the statistics of one filed on line [ACC-04] (same number and SLA)', async () => {
  const online = await lamps.openOne({ contact: undefined })
  const counter = (await takeIn()).result
  expect(counter.number).toMatch(/^\d{8}-\d{6,}$/)
  expect(Number(counter.number.slice(9)) - Number(online.number.slice(9))).toBe(1)
  const before = (await lamps.send(contract.getAppealStatistics, 'countyLead', { query: {} })).result.appeals
  for (const { caseId } of [online, counter]) {
    await lamps.move(caseId, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
    await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.housing })
  }
  const [one, other] = await Promise.all(
    [online, counter].map(async ({ caseId }) => (await lamps.send(contract.getCase, 'dispatcher', { params: { caseId } })).result),
  )
  const clocksOf = ({ clocks }: contract.CaseView) =>
    clocks.map(({ key, startedAt, dueAt, provisional }) => ({ key, startedAt, dueAt, provisional }))
  expect(clocksOf(other!)).toEqual(clocksOf(one!))
  expect([one!.channel, other!.channel]).toEqual(['app', 'counter'])
  expect(other!.moves.map(({ key }) => key)).toEqual(one!.moves.map(({ key }) => key))
  expect(before).toBe(2)
  const progress = await lamps.send(contract.getPublicCase, null, {
    params: { number: counter.number },
    query: { tail: counter.code.slice(-4) },
  })
  expect(progress.result).toMatchObject({ number: counter.number, dueAt: other!.outerDueAt ?? other!.dueAt, hasContact: false })
})

test('everything that is offered on line is taken in at the counter [ACC-04] (an offline way for every item)', async () => {
  const { items } = (await lamps.send(contract.listCategories, null, { query: {} })).result
  expect(items.length).toBeGreaterThan(1)
  for (const { key } of items) expect((await takeIn({ category: key })).status).toBe(201)
})

test('who came for whom is kept sealed and masked, and a scan of the paper comes along [ACC-04] (entry on behalf, with paper scan)', async () => {
  const scan = await lamps.upload()
  const contact = { name: '孙桂兰', phone: '19999990042', agent: { name: '李建国', relation: 'child' as const } }
  const { caseId } = (await takeIn({ contact, attachments: [scan] })).result
  const view = (await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })).result
  expect(view.reporter).toEqual({ name: '孙*兰', phone: '199****0042', agent: { name: '李*国', relation: 'child' }, sealed: false })
  expect(view.attachments.map(({ fileId }) => fileId)).toEqual([scan])
  const [opening] = await db.superuser<{ data: unknown }>(`SELECT data FROM cases.case_entry WHERE case_id = '${caseId}' AND seq = 1`)
  expect(JSON.stringify(opening)).not.toMatch(/李建国|孙桂兰|19999990042/)
  const body = { reason: '核对代办人', fields: ['agent' as const] }
  expect((await lamps.send(contract.revealContact, 'communityWorker', { params: { caseId }, body })).result.values).toEqual({
    agent: '李建国',
  })
})

test('an agent for nobody is asked for whom', async () => {
  const { problem } = await takeIn({ contact: { agent: { name: '李建国', relation: 'child' } } })
  expect(problem).toMatchObject({ code: 'case.data_invalid', fields: [{ path: 'contact.name', message: '代办请写明替谁办' }] })
})
