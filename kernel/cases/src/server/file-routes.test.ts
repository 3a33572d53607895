import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp, type OpenedCase } from '../testing/cases-app.ts'

let db: TestDatabase
let lamps: CasesApp
let opened: OpenedCase
let sent: string
let answered: string
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  sent = await lamps.upload()
  answered = await lamps.upload()
  opened = await lamps.moveTo('mending', { appeal: { attachments: [sent] } })
  await lamps.move(opened.caseId, 'mend', 'departmentClerk', { words: '换了灯泡', photos: [answered] })
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

const staff = (by: By, fileId: string, size?: 'thumb') =>
  lamps.send(contract.readCaseFile, by, { params: { caseId: opened.caseId, fileId }, query: size && { size } })
const resident = (fileId: string, query: { tail: string; size?: 'thumb' } = { tail: opened.tail }) =>
  lamps.send(contract.readPublicCaseFile, null, { params: { number: opened.number, fileId }, query })

test('a picture comes as what it is, for this reader alone, and the browser is told not to guess', async () => {
  const answer = await staff('departmentClerk', sent)
  expect(answer.status).toBe(200)
  expect(answer.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    'content-length': String(answer.bytes.length),
  })
  expect(answer.headers['cache-control']).toMatch(/^private/)
})

test('a small one is a WebP', async () => {
  for (const answer of [await staff('communityWorker', sent, 'thumb'), await resident(answered, { tail: opened.tail, size: 'thumb' })]) {
    expect(answer.headers['content-type']).toBe('image/webp')
    expect(answer.bytes.subarray(8, 12).toString()).toBe('WEBP')
  }
})

test('number and tail open what the resident sent and what was answered, in any case of letters', async () => {
  for (const fileId of [sent, answered, sent.toUpperCase()]) expect((await resident(fileId)).status).toBe(200)
})

test('a wrong tail opens nothing, and is a try like any other', async () => {
  const tail = opened.tail === '1234' ? '4321' : '1234'
  expect((await resident(sent, { tail })).problem.code).toBe('case.not_found')
  expect(await db.superuser('SELECT failures FROM cases.look_up_failure')).toEqual([{ failures: 1 }])
})

test('a file of another case, one that nobody took, and one that never was are not there', async () => {
  const loose = await lamps.upload()
  const foreign = await lamps.upload()
  await lamps.openOne({ attachments: [foreign] })
  for (const fileId of [loose, foreign, '018f0000-0000-7000-8000-000000000000']) {
    expect((await staff('communityWorker', fileId)).problem).toMatchObject({ status: 404, code: 'file.not_found' })
    expect((await resident(fileId)).problem).toMatchObject({ status: 404, code: 'file.not_found' })
  }
})

test('a file of the case that no public step mentions is for staff alone', async () => {
  const inner = await lamps.upload()
  await lamps.move(opened.caseId, 'note', 'communityWorker', { note: '灯杆号', photos: [inner] })
  expect((await staff('communityWorker', inner)).status).toBe(200)
  expect((await resident(inner)).problem.code).toBe('file.not_found')
  const page = (await lamps.send(contract.getPublicCase, null, { params: { number: opened.number }, query: { tail: opened.tail } })).result
  expect(page.attachments.map((file) => file.fileId)).toEqual([sent, answered])
})

test('whose bytes are lost is not there either, rather than half there', async () => {
  const lost = await lamps.upload()
  await lamps.store.remove(lost)
  await db.superuser(`UPDATE base.file SET owner_kind = 'case', owner_id = '${opened.caseId}' WHERE file_id = '${lost}'`)
  expect((await staff('communityWorker', lost)).problem.code).toBe('file.not_found')
})
