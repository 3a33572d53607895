import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type CasesApp, casesApp, lampPost } from '../../testing/cases-app.ts'

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

const file = (subjects: contract.SubjectRef[]) =>
  lamps.send(contract.openCase, 'communityWorker', {
    body: {
      requestId: newId(),
      kind: 'appeal',
      channel: 'counter',
      detail: '路灯不亮了。',
      areaCode: lamps.town.areas.xingfu.code,
      subjects,
    },
  })

test('a matter keeps what it is about, once each, and names it to whoever sees the matter', async () => {
  const opened = await file([
    { kind: 'device', code: lampPost.code },
    { kind: 'device', id: lampPost.id },
  ])
  expect(opened.status).toBe(201)
  const { caseId } = opened.result
  const seen = await lamps.send(contract.getCase, 'communityWorker', { params: { caseId } })
  expect(seen.result.subjects).toEqual([{ kind: 'device', id: lampPost.id, name: `路灯 ${lampPost.code}` }])
})

test('what the reporter does not see cannot be linked, and then nothing is opened', async () => {
  const count = async () => (await db.superuser<{ n: number }>('SELECT count(*)::int AS n FROM cases.case_file'))[0]!.n
  const before = await count()
  const refused = await file([
    { kind: 'device', code: lampPost.code },
    { kind: 'person', id: newId() },
  ])
  expect(refused.status).toBe(422)
  expect(JSON.stringify(refused.problem)).toContain('subjects.1')
  expect(await count()).toBe(before)
})
