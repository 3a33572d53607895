import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint, Sent } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { type By, type CasesApp, casesApp, type OpenedCase } from '../testing/cases-app.ts'

let db: TestDatabase
let lamps: CasesApp
let listed: OpenedCase
let done: OpenedCase
let taken: { caseId: string }
let fileId: string
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  fileId = await lamps.upload()
  listed = await lamps.moveTo('listed', { appeal: { attachments: [fileId] } })
  done = await lamps.moveTo('done')
  const body = { requestId: newId(), channel: 'counter' as const, detail: '路灯不亮', areaCode: '239999001001' }
  taken = (await lamps.send(contract.openCase, 'communityWorker', { body })).result
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type AnySent = { params?: Record<string, string>; query?: Record<string, string>; body?: Record<string, unknown> }
const send = (endpoint: Endpoint, by: By, sent: AnySent) => lamps.send(endpoint, by, sent as Partial<Sent<Endpoint>>)
const nothing = '018f0000-0000-7000-8000-000000000000'

/** Of each endpoint of staff: who may, who may not, how it is asked for, and what is wrong input. */
interface StaffCase {
  endpoint: Endpoint
  by: Exclude<By, null>
  /** Signed in, in scope, but without the permission. */
  mayNot?: Exclude<By, null>
  /** Has the permission, in another area. */
  elsewhere?: Exclude<By, null>
  ask: () => AnySent
  wrong: [field: string, change: AnySent][]
}

const staffCases: StaffCase[] = [
  {
    endpoint: contract.listCases,
    by: 'communityWorker',
    mayNot: 'systemAdmin',
    ask: () => ({ query: { queue: 'all' } }),
    wrong: [
      ['queue', { query: { queue: 'everything' } }],
      ['limit', { query: { limit: '0' } }],
      ['cursor', { query: { cursor: 'bm8' } }],
      ['stage', { query: { stage: 'a\u0000b' } }],
      ['q', { query: { q: '\u0000' } }],
      ['category', { query: { category: "'" } }],
    ],
  },
  {
    endpoint: contract.findTotal,
    by: 'communityWorker',
    mayNot: 'systemAdmin',
    ask: () => ({ query: { status: 'open' } }),
    wrong: [
      ['from', { query: { from: '2026-02-30' } }],
      ['area', { query: { area: 'x' } }],
      ['rated', { query: { rated: 'mine' } }],
    ],
  },
  {
    endpoint: contract.listTerms,
    by: 'communityWorker',
    mayNot: 'auditAdmin',
    ask: () => ({}),
    wrong: [['org', { query: { org: 'housing' } }]],
  },
  {
    endpoint: contract.countCases,
    by: 'communityWorker',
    mayNot: 'auditAdmin',
    ask: () => ({}),
    wrong: [['kind', { query: { kind: ' ' } }]],
  },
  {
    endpoint: contract.getAreaStatistics,
    by: 'countyLead',
    mayNot: 'systemAdmin',
    ask: () => ({ query: { kind: 'callOut' } }),
    wrong: [
      ['kind', { query: { kind: 'everything' } }],
      ['days', { query: { days: '0' } }],
    ],
  },
  {
    endpoint: contract.listFigure,
    by: 'countyLead',
    mayNot: 'systemAdmin',
    ask: () => ({ query: { kind: 'appeal', figure: 'cases' } }),
    wrong: [
      ['figure', { query: { figure: 'cases; DROP' } }],
      ['figure', { query: { figure: 'rework.numerator' } }],
      ['week', { query: { week: 'now' } }],
      ['cursor', { query: { cursor: 'page two' } }],
    ],
  },
  {
    endpoint: contract.listFirstTimes,
    by: 'countyLead',
    mayNot: 'systemAdmin',
    ask: () => ({}),
    wrong: [
      ['days', { query: { days: '0' } }],
      ['cursor', { query: { cursor: 'page two' } }],
    ],
  },
  {
    endpoint: contract.getAppealStatistics,
    by: 'countyLead',
    mayNot: 'systemAdmin',
    ask: () => ({}),
    wrong: [
      ['days', { query: { days: '0' } }],
      ['days', { query: { days: 'many' } }],
    ],
  },
  {
    endpoint: contract.getEventStatistics,
    by: 'countyLead',
    mayNot: 'systemAdmin',
    ask: () => ({}),
    wrong: [
      ['days', { query: { days: '367' } }],
      ['area', { query: { area: 'x' } }],
    ],
  },
  {
    endpoint: contract.countAreas,
    by: 'countyLead',
    mayNot: 'systemAdmin',
    ask: () => ({}),
    wrong: [
      ['area', { query: { area: 'x' } }],
      ['kind', { query: { kind: ' ' } }],
    ],
  },
  {
    endpoint: contract.listOverview,
    by: 'countyLead',
    mayNot: 'auditAdmin',
    ask: () => ({ query: { figure: 'open' } }),
    wrong: [
      ['figure', { query: { figure: 'best' as never } }],
      ['limit', { query: { figure: 'open', limit: '51' } }],
      ['cursor', { query: { figure: 'received', cursor: 'x' } }],
    ],
  },
  {
    endpoint: contract.getCase,
    by: 'communityWorker',
    mayNot: 'systemAdmin',
    elsewhere: 'siblingWorker',
    ask: () => ({ params: { caseId: listed.caseId } }),
    wrong: [['caseId', { params: { caseId: 'the-lamp' } }]],
  },
  {
    endpoint: contract.listEntries,
    by: 'gridWorker',
    mayNot: 'systemAdmin',
    elsewhere: 'otherGridWorker',
    ask: () => ({ params: { caseId: listed.caseId } }),
    wrong: [['caseId', { params: { caseId: '1' } }]],
  },
  {
    endpoint: contract.suggestRoute,
    by: 'dispatcher',
    mayNot: 'communityWorker',
    elsewhere: 'otherDispatcher',
    ask: () => ({ params: { caseId: listed.caseId } }),
    wrong: [['caseId', { params: { caseId: '1' } }]],
  },
  {
    endpoint: contract.moveCase,
    by: 'dispatcher',
    mayNot: 'systemAdmin',
    elsewhere: 'otherDispatcher',
    ask: () => ({ params: { caseId: listed.caseId, key: 'note' }, body: { requestId: newId(), expectedSeq: 2, data: { note: '看过了' } } }),
    wrong: [
      ['requestId', { body: { requestId: 'once' } }],
      ['expectedSeq', { body: { expectedSeq: 0 } }],
      ['expectedSeq', { body: { expectedSeq: 1.5 } }],
      ['data', { body: { data: 'x' } }],
      ['data.note', { body: { expectedSeq: 3, data: {} } }],
      ['data.note', { body: { expectedSeq: 3, data: { note: '\ud800半个字' } } }],
      ['data.mood', { body: { expectedSeq: 3, data: { note: '看过了', mood: 1 } } }],
      ['data.constructor', { body: { expectedSeq: 3, data: { note: '看过了', constructor: 1 } } }],
    ],
  },
  {
    endpoint: contract.revealContact,
    by: 'communityWorker',
    mayNot: 'townshipLead',
    elsewhere: 'siblingWorker',
    ask: () => ({ params: { caseId: listed.caseId }, body: { reason: '核对地址', fields: ['phone'] } }),
    wrong: [
      ['reason', { body: { reason: ' ' } }],
      ['fields', { body: { fields: [] } }],
      ['fields.0', { body: { fields: ['address'] } }],
    ],
  },
  {
    endpoint: contract.openCase,
    by: 'communityWorker',
    mayNot: 'departmentClerk',
    ask: () => ({ body: { requestId: newId(), channel: 'counter', detail: '路灯不亮', areaCode: '239999001001' } }),
    wrong: [
      ['channel', { body: { channel: 'pigeon' } }],
      ['detail', { body: { detail: '' } }],
      ['detail', { body: { detail: '亮\u0000' } }],
      ['areaCode', { body: { areaCode: '239999001002' } }],
      ['areaCode', { body: { areaCode: '23999900100' } }],
      ['areaCode', { body: { areaCode: '999999001001' } }],
      ['contact.phone', { body: { contact: { phone: '12345' } } }],
      ['category', { body: { category: 'moons' } }],
      ['attachments', { body: { attachments: [nothing] } }],
    ],
  },
  {
    endpoint: contract.printReceipt,
    by: 'communityWorker',
    mayNot: 'departmentClerk',
    elsewhere: 'siblingWorker',
    ask: () => ({ params: { caseId: taken.caseId }, body: { requestId: newId() } }),
    wrong: [['reason', { body: { reason: '丢' } }]],
  },
  {
    endpoint: contract.readCaseFile,
    by: 'communityWorker',
    mayNot: 'systemAdmin',
    elsewhere: 'siblingWorker',
    ask: () => ({ params: { caseId: listed.caseId, fileId } }),
    wrong: [
      ['fileId', { params: { fileId: 'x' } }],
      ['size', { query: { size: 'huge' } }],
    ],
  },
]

describe.each(staffCases.map((one) => [`${one.endpoint.method} ${one.endpoint.path}`, one] as const))('%s', (_, one) => {
  const asked = (change: AnySent = {}): AnySent => {
    const plain = one.ask()
    const { query, body } = { query: { ...plain.query, ...change.query }, body: { ...plain.body, ...change.body } }
    return { params: { ...plain.params, ...change.params }, ...(Object.keys(query).length > 0 && { query }), ...(plain.body && { body }) }
  }

  test('asks who is there', async () => {
    expect((await send(one.endpoint, null, asked())).problem).toMatchObject({ status: 401, code: 'access.unauthenticated' })
  })

  test.runIf(one.mayNot)('refuses a post without the permission, and notes it', async () => {
    const answer = await send(one.endpoint, one.mayNot!, asked())
    expect(answer.problem).toMatchObject({ status: 403, code: 'access.forbidden' })
    expect(
      await db.superuser(`SELECT 1 FROM base.audit_entry WHERE action = 'access.refused' AND trace_id = '${answer.problem.traceId}'`),
    ).toHaveLength(1)
  })

  test('answers who may', async () => {
    const answer = await send(one.endpoint, one.by, asked())
    expect([answer.status, answer.status < 300 || answer.bytes.toString()]).toEqual([one.endpoint.status ?? 200, true])
  })

  test.runIf(one.elsewhere)('knows nothing of the case in another area, and notes who asked', async () => {
    const answer = await send(one.endpoint, one.elsewhere!, asked())
    expect(answer.problem).toMatchObject({ status: 404, code: 'case.not_found' })
    const { accountId } = lamps.town.posts[one.elsewhere!]
    expect(
      await db.superuser(
        `SELECT account_id, subject_id FROM base.audit_entry WHERE action = 'cases.read_refused' AND trace_id = '${answer.problem.traceId}'`,
      ),
    ).toEqual([{ account_id: accountId, subject_id: one.ask().params?.caseId }])
    const unknown = await send(one.endpoint, one.elsewhere!, asked({ params: { caseId: nothing } }))
    const { traceId: _, ...rest } = unknown.problem
    expect(answer.problem).toMatchObject(rest)
  })

  test.each(one.wrong)('names the field that is wrong: %s', async (field, change) => {
    const { problem } = await send(one.endpoint, one.by, asked(change))
    expect([400, 403, 422]).toContain(problem.status)
    expect(problem.fields?.map((wrong) => wrong.path)).toContain(field)
  })
})

describe('what the public may ask', () => {
  const publicCases: [Endpoint, AnySent, number, [string, AnySent][]][] = [
    [contract.listCategories, { query: {} }, 200, [['areaCode', { query: { areaCode: 'here' } }]]],
    [contract.listRatings, {}, 200, [['days', { query: { days: '400' } }]]],
    [
      contract.fileAppeal,
      { body: { requestId: newId(), detail: '路灯不亮', areaCode: '239999001001' } },
      201,
      [
        ['detail', { body: { detail: '  ' } }],
        ['detail', { body: { detail: '灯'.repeat(20_001) } }],
        ['areaCode', { body: { areaCode: 'here' } }],
        ['areaCode', { body: { areaCode: '23' } }],
        ['areaCode', { body: { areaCode: '239999' } }],
        ['position.lat', { body: { position: { lon: 128, lat: 91 } } }],
        ['contact.phone', { body: { contact: { phone: '1999999' } } }],
        ['title', { body: { title: '' } }],
        ['attachments.0', { body: { attachments: ['x'] } }],
        ['attachments', { body: { attachments: [nothing] } }],
        ['category', { body: { category: 'moons' } }],
        ['appealType', { body: { appealType: 'wish' } }],
        ['requestId', { body: { requestId: '1' } }],
      ],
    ],
  ]

  test.each(publicCases.map((one) => [`${one[0].method} ${one[0].path}`, ...one] as const))(
    '%s',
    async (_, endpoint, sent, status, wrong) => {
      expect((await send(endpoint, null, sent)).status).toBe(status)
      for (const [field, change] of wrong) {
        const body = sent.body && { ...sent.body, requestId: newId(), ...change.body }
        const { problem } = await send(endpoint, null, { ...sent, ...change, ...(body && { body }) })
        expect([field, problem.status < 500, problem.fields?.map((one) => one.path)]).toEqual([
          field,
          true,
          expect.arrayContaining([field]),
        ])
      }
    },
  )

  test('nothing of a refused appeal stays behind', async () => {
    const files = () => db.superuser('SELECT count(*) FROM cases.case_file')
    const keys = () => db.superuser('SELECT count(*) FROM base.person_key')
    const before = [await files(), await keys()]
    const body = {
      requestId: newId(),
      detail: '路灯不亮',
      areaCode: '239999001001',
      contact: { phone: '19999990042' },
      attachments: [nothing],
    }
    expect((await send(contract.fileAppeal, null, { body })).problem.code).toBe('case.attachment_unknown')
    expect([await files(), await keys()]).toEqual(before)
  })

  test('an upload that became part of one case is not taken into another', async () => {
    const body = { requestId: newId(), detail: '路灯不亮', areaCode: '239999001001', attachments: [fileId] }
    expect((await send(contract.fileAppeal, null, { body })).problem.code).toBe('case.attachment_unknown')
  })
})

describe('sent again', () => {
  const idempotent: [string, Endpoint, By, () => AnySent, string, unknown][] = [
    [
      'an appeal',
      contract.fileAppeal,
      null,
      () => ({ body: { requestId: newId(), detail: '路灯不亮', areaCode: '239999001001' } }),
      'detail',
      '路灯又不亮',
    ],
    [
      'a case taken in by staff',
      contract.openCase,
      'communityWorker',
      () => ({ body: { requestId: newId(), channel: 'phone', detail: '路灯不亮', areaCode: '239999001001' } }),
      'detail',
      '路灯又不亮',
    ],
    ['a rating', contract.rateByCode, null, () => ({ params: { code: done.code }, body: { requestId: newId(), score: 4 } }), 'score', 5],
    [
      'a reopening',
      contract.reopenPublicCase,
      null,
      () => ({ params: { number: done.number }, body: { requestId: newId(), tail: done.tail, reason: '又不亮了' } }),
      'reason',
      '还是不亮',
    ],
    [
      'an addition',
      contract.addToPublicCase,
      null,
      () => ({ params: { number: done.number }, body: { requestId: newId(), tail: done.tail, detail: '两盏' } }),
      'detail',
      '三盏',
    ],
  ]

  test.each(idempotent)('%s is answered as the first time, and with another content 409', async (_, endpoint, by, ask, field, other) => {
    const sent = ask()
    const first = await send(endpoint, by, sent)
    const second = await send(endpoint, by, sent)
    expect([first.status, second.status]).toEqual([201, endpoint.replayStatus ?? 201])
    expect(second.result).toEqual(first.result)
    const reused = await send(endpoint, by, { ...sent, body: { ...sent.body, [field]: other } })
    expect(reused.problem).toMatchObject({ status: 409, code: 'base.request_reused' })
  })

  test('a step is one step, also long after others followed', async () => {
    const { caseId } = await lamps.moveTo('reported')
    const sent = { params: { caseId, key: 'list' }, body: { requestId: newId(), expectedSeq: 1, data: { appealType: 'help' } } }
    const first = await lamps.send(contract.moveCase, 'communityWorker', sent)
    await lamps.move(caseId, 'note', 'communityWorker', { note: '看过了' })
    db.clock.advance(86_400_000)
    const again = await lamps.send(contract.moveCase, 'communityWorker', sent)
    expect(again.result).toEqual(first.result)
    expect(await db.superuser(`SELECT count(*)::int FROM cases.case_entry WHERE case_id = '${caseId}' AND move = 'list'`)).toEqual([
      { count: 1 },
    ])
  })
})

test('every endpoint of the contract is asked in this file, in one beside it or in a folder', () => {
  const folder = import.meta.dirname
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'))
  const asked = tests.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  const all = Object.entries(contract as Record<string, unknown>).filter(
    ([, value]) => typeof value === 'object' && value !== null && 'method' in value,
  )
  // Asked over the whole platform: what waits for a decision in its tests of foreign ids, a form without ids in those of the API pages.
  const elsewhere = new Set(['listDutyChanges', 'getRequestForm'])
  expect(
    all
      .map(([name]) => name)
      .filter((name) => !elsewhere.has(name))
      .filter((name) => !new RegExp(`\\b${name}\\b`).test(asked)),
  ).toEqual([])
})
