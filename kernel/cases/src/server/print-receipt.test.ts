import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases', max: 16 })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

const taken = { channel: 'counter' as const, detail: '楼下的路灯不亮了。晚上看不见路。', areaCode: '239999001001' }
const takeIn = async (contact?: contract.OpenedAtCounter['contact'], by: By = 'communityWorker') =>
  (await lamps.send(contract.openCase, by, { body: { requestId: newId(), ...taken, ...(contact && { contact }) } })).result
const print = (caseId: string, by: By = 'communityWorker', body: { requestId?: string; reason?: string } = {}) =>
  lamps.send(contract.printReceipt, by, { params: { caseId }, body: { requestId: newId(), ...body } })

test('the receipt of someone without a phone says how to ask, where and until when, and nobody’s name', async () => {
  const { caseId, number, code } = await takeIn({ name: '欧阳小明' })
  const receipt = (await print(caseId)).result
  expect(receipt).toMatchObject({
    number,
    code,
    askBy: 'code',
    title: '楼下的路灯不亮了',
    place: null,
    copy: 0,
    office: { name: '幸福社区居民委员会' },
    promise: { provisional: false },
  })
  const progress = (await lamps.send(contract.getPublicCase, null, { params: { number }, query: { tail: code.slice(-4) } })).result
  expect(receipt.promise?.dueAt).toBe(progress.dueAt)
  expect(JSON.stringify(receipt)).not.toContain('欧阳')
  expect((await print((await takeIn({ phone: '19999990042' })).caseId)).result.askBy).toBe('phone')
})

test('every further paper is a numbered copy, with who printed it and why on the audit trail; the same request is the same paper', async () => {
  const { caseId } = await takeIn()
  const requestId = newId()
  expect((await print(caseId, 'communityWorker', { requestId })).result.copy).toBe(0)
  expect((await print(caseId, 'communityWorker', { requestId })).result.copy).toBe(0)
  expect((await print(caseId, 'communityWorker', { reason: '居民丢了原件' })).result.copy).toBe(1)
  expect((await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })).result.receipts).toBe(2)
  expect(
    await db.superuser(
      `SELECT account_id, purpose, detail FROM base.audit_entry WHERE action = 'cases.print_receipt' AND subject_id = '${caseId}' ORDER BY audit_id`,
    ),
  ).toMatchObject([
    { account_id: lamps.town.posts.communityWorker.accountId, purpose: null, detail: { copy: 0 } },
    { account_id: lamps.town.posts.communityWorker.accountId, purpose: '居民丢了原件', detail: { copy: 1 } },
  ])
})

test('ten papers asked for at once are ten different ones, and one of them is the receipt', async () => {
  const { caseId } = await takeIn()
  const answers = await Promise.all(Array.from({ length: 10 }, () => print(caseId)))
  expect(answers.map(({ result }) => result.copy).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('what a resident filed, or another office took in, is printed by nobody else: its code rates', async () => {
  const { caseId } = await lamps.openOne()
  expect((await print(caseId)).problem).toMatchObject({ status: 403, code: 'case.receipt_unavailable' })
  const own = await takeIn()
  expect((await print(own.caseId, 'dispatcher')).problem.code).toBe('case.receipt_unavailable')
  expect((await print(own.caseId, 'siblingWorker')).problem.code).toBe('case.not_found')
  expect((await lamps.send(contract.getCase, 'dispatcher', { params: { caseId: own.caseId } })).result.receipts).toBeNull()
})
