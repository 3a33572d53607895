import { addArea, addOrganization } from '@linli/access/server'
import { aMember, aTown, type Town, type TownMember, type TownPost } from '@linli/access/testing'
import type { Endpoint } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Platform } from '../start-platform.ts'
import { aPlatform } from './a-platform.ts'
import { endpoints, nameOf } from './endpoints.ts'

let db: TestDatabase
let platform: Platform
let town: Town
/** Administrators of the county next door. */
let otherSystemAdmin: TownMember
let otherSecurityAdmin: TownMember
let filed: { caseId: string; number: string; code: string }
let foreignFile: string

beforeAll(async () => {
  db = await testDatabase({ clock: aClock(new Date()) })
  town = await db.system((ctx) => aTown(ctx))
  await db.system(async (ctx) => {
    const county = await addArea(ctx, {
      parent: town.areas.prefecture.areaId,
      level: 'county',
      kind: 'county',
      code: '239998',
      name: '白河县',
    })
    const bureau = await addOrganization(ctx, { kind: 'dataBureau', name: '白河县数据局', area: county.areaId })
    const next = { ...town, areas: { ...town.areas, county }, orgs: { ...town.orgs, dataBureau: bureau } }
    otherSystemAdmin = await aMember(ctx, next, { role: 'systemAdmin', org: 'dataBureau', area: 'county' })
    otherSecurityAdmin = await aMember(ctx, next, { role: 'securityAdmin', org: 'dataBureau', area: 'county' })
  })
  platform = await aPlatform(db)
  filed = await file('xingfuCell1')
  const other = await file('xiangyangCell1')
  foreignFile = newId()
  await db.superuser(`INSERT INTO base.file (file_id, sha256, media_type, bytes, owner_kind, owner_id, area_path, made_by, made_at)
    VALUES ('${foreignFile}', '\\x07', 'image/jpeg', 3, 'case', '${other.caseId}', '${town.areas.xiangyangCell1.areaPath}', 'public', now())`)
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

async function file(area: keyof Town['areas']): Promise<typeof filed> {
  const payload = { requestId: newId(), detail: '楼道的灯坏了', areaCode: town.areas[area].code, contact: { phone: '19999990001' } }
  const answer = await platform.app.inject({ method: 'POST', url: '/api/v1/public/appeals', payload })
  expect(answer.statusCode).toBe(201)
  const { number, code } = answer.json() as { number: string; code: string }
  const [row] = await db.superuser<{ case_id: string }>(`SELECT case_id FROM cases.case_file WHERE number = '${number}'`)
  return { caseId: row!.case_id, number, code }
}

const send = (
  name: string,
  member: TownMember | undefined,
  params: Record<string, string>,
  input: { query?: string; body?: object } = {},
) => {
  const { method, path } = endpoints.get(name) as Endpoint
  const url = `/api/v1${path.replace(/:(\w+)/g, (_, key) => params[key] ?? '')}${input.query ?? ''}`
  const headers = member ? { authorization: `Bearer ${member.token}` } : {}
  return platform.app.inject({ method, url, headers, ...(input.body && { payload: input.body }) })
}

const requestId = () => newId()

/** What would be right to send, were the case one's own. */
const onCase: Record<string, () => { params?: Record<string, string>; body?: object }> = {
  'GET /cases/:caseId': () => ({}),
  'GET /cases/:caseId/entries': () => ({}),
  'GET /cases/:caseId/route': () => ({}),
  'POST /cases/:caseId/receipts': () => ({ body: { requestId: requestId(), reason: '没带走' } }),
  'GET /cases/:caseId/similar': () => ({}),
  'GET /cases/:caseId/files/:fileId': () => ({ params: { fileId: foreignFile } }),
  'POST /cases/:caseId/reveal': () => ({ body: { reason: '核对地址', fields: ['phone'] } }),
  'POST /cases/:caseId/moves/:key': () => ({
    params: { key: 'note' },
    body: { requestId: requestId(), expectedSeq: 1, data: { text: '看一下' } },
  }),
}

/** Endpoints that name something else by its id, each with its own test below. */
const onOthers = [
  'GET /addresses/:addressId',
  'POST /addresses/:addressId/aliases',
  'POST /addresses/:addressId/aliases/:aliasId/end',
  'POST /accounts/:accountId/posts',
  'POST /accounts/:accountId/state',
  'DELETE /posts/:postId',
  'POST /scenes/:key/switches',
  'GET /backlog/:backlogId',
  'POST /backlog/:backlogId/decision',
  'GET /exports/:exportId',
  'GET /exports/:exportId/file',
  'POST /exports/:exportId/cancel',
  'POST /exports/:exportId/renew',
  'POST /exports/:exportId/decision',
  'DELETE /views/:viewId',
  'GET /imports/:batchId',
  'GET /imports/:batchId/faults',
  'POST /imports/:batchId/preview',
  'POST /imports/:batchId/start',
  'POST /imports/:batchId/cancel',
  'POST /imports/:batchId/undo',
  'GET /topics/:topicId',
  'GET /topics/:topicId/items',
  'POST /topics/:topicId/items',
  'POST /topics/:topicId/acts/:act',
  'GET /duties/:dutyId',
  'POST /duties/:dutyId/amendments',
  'POST /duties/:dutyId/end',
  'POST /duties/changes/:changeId/decision',
  'POST /duties/changes/:changeId/withdrawal',
  'GET /communities/:communityId/cells',
  'POST /communities/:communityId/cell-changes/preview',
  'POST /communities/:communityId/cell-changes',
  'GET /handovers/:handoverId',
  ...onSignals(),
  'GET /alarm-rules/:key/trial',
  'GET /posts/:postId/stand-ins',
  'POST /posts/:postId/deputies',
  'DELETE /deputies/:deputyId',
  'POST /deliveries/:deliveryId/resend',
  'POST /residents/me/alarms/:episodeId/replies',
  'POST /residents/me/family/:proxyId/acceptance',
  'DELETE /residents/me/family/:proxyId',
  'POST /public/channels/:channel/receipts',
]

/** A second file beside the one that is tried. */
let twinId: string

/** On a person file of another community. */
/** `mine` is what whoever has the file gets, where it is not 200. */
const onPerson: Record<string, () => { params?: Record<string, string>; body?: object; mine?: number }> = {
  'GET /persons/:personId': () => ({}),
  'GET /persons/:personId/entries': () => ({}),
  'GET /persons/:personId/views': () => ({}),
  'GET /persons/:personId/visits': () => ({}),
  'POST /persons/:personId/visits': () => ({
    body: { requestId: requestId(), seenSeq: 1, madeAt: new Date().toISOString(), met: 'person', result: 'well' },
    mine: 201,
  }),
  'POST /persons/:personId/corrections': () => ({
    body: { requestId: requestId(), field: 'name', value: '赵桂兰', basis: '户口本上的字' },
    mine: 422,
  }),
  'POST /persons/:personId/corrections/:correctionId': () => ({
    params: { correctionId: newId() },
    body: { requestId: requestId(), outcome: 'kept' },
    mine: 404,
  }),
  'POST /persons/:personId/erasures': () => ({
    body: { requestId: requestId(), ground: 'asked', reason: '本人书面要求删除' },
    mine: 201,
  }),
  'POST /persons/:personId/erasures/:erasureId': () => ({
    params: { erasureId: newId() },
    body: { requestId: requestId(), outcome: 'kept' },
    mine: 404,
  }),
  'GET /persons/:personId/files/:fileId': () => ({ params: { fileId: foreignFile }, mine: 404 }),
  'POST /persons/:personId/reveal': () => ({ body: { reason: '上门走访联系', fields: ['phone'] } }),
  'POST /persons/:personId/changes': () => ({
    body: { requestId: requestId(), expectedSeq: 1, source: 'visit', change: { change: 'died', on: '2026-01-01' } },
  }),
  'POST /persons/:personId/merge': () => ({
    body: { requestId: requestId(), expectedSeq: 2, otherId: twinId, reason: '同一个人登记了两次' },
  }),
  'POST /persons/:personId/unmerge': () => ({
    body: { requestId: requestId(), expectedSeq: 3, otherId: twinId, reason: '核对后不是同一个人' },
  }),
  'GET /persons/:personId/watch': () => ({}),
  'POST /persons/:personId/watch/changes': () => ({ body: { requestId: requestId(), channel: 'phone', change: { change: 'resumed' } } }),
}

/** Open to whoever has the number and the tail, or the code: no post opens them further. */
const onNumber: Record<string, () => { query?: string; body?: object }> = {
  'GET /public/cases/:number': () => ({ query: '?tail=0002' }),
  'GET /public/cases/:number/files/:fileId': () => ({ query: '?tail=0002' }),
  'POST /public/cases/:number/reopen': () => ({ body: { requestId: requestId(), tail: '0002', reason: '没有修好' } }),
  'POST /public/cases/:number/withdraw': () => ({ body: { requestId: requestId(), tail: '0002' } }),
  'POST /public/cases/:number/additions': () => ({ body: { requestId: requestId(), tail: '0002', detail: '还是不亮' } }),
  'POST /public/cases/:number/erase-contact': () => ({ body: { requestId: requestId(), tail: '0002' } }),
  'POST /public/cases/:number/rating': () => ({ body: { requestId: requestId(), tail: '0002', score: 1 } }),
  'POST /public/ratings/:code': () => ({ body: { requestId: requestId(), score: 1 } }),
}

test('every endpoint that names a thing by its id is tried with an id of somebody else', () => {
  const named = [...endpoints.values()].filter(({ path }) => path.includes(':')).map(nameOf)
  expect([...Object.keys(onCase), ...onOthers, ...Object.keys(onPerson), ...Object.keys(onNumber)].sort()).toEqual(named.sort())
})

/** Everyone of the town but the five whose area holds the case. */
const outsiders: readonly TownPost[] = [
  'otherGridWorker',
  'siblingWorker',
  'villageWorker',
  'otherDispatcher',
  'departmentClerk',
  'otherClerk',
  'departmentLead',
  'propertyClerk',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
]
const insiders: readonly TownPost[] = ['gridWorker', 'communityWorker', 'dispatcher', 'townshipLead', 'countyLead']

async function auditOf(member: TownMember): Promise<{ action: string; subject_id: string }[]> {
  return db.superuser(`SELECT action, subject_id FROM base.audit_entry WHERE account_id = '${member.accountId}' ORDER BY audit_id`)
}

describe.each(Object.keys(onCase))('%s', (name) => {
  test.each(outsiders)('is refused to a %s outside the area of the case, and the try is on the trail', async (post) => {
    const member = town.posts[post]
    const { permission } = endpoints.get(name) as Endpoint
    const before = (await auditOf(member)).length
    const { params, body } = onCase[name]!()
    const answer = await send(name, member, { caseId: filed.caseId, ...params }, body ? { body } : {})
    const mayTry = member.actor.permissions.has(permission)
    expect([answer.statusCode, answer.json().code]).toEqual(mayTry ? [404, 'case.not_found'] : [403, 'access.forbidden'])
    expect(answer.body).not.toContain(filed.number)
    const [line] = (await auditOf(member)).slice(before)
    expect(line).toEqual(
      mayTry ? { action: 'cases.read_refused', subject_id: filed.caseId } : { action: 'access.refused', subject_id: name },
    )
  })

  test('cannot tell a case of somebody else from one that never was', async () => {
    const { params, body } = onCase[name]!()
    const member = Object.values(town.posts).find(
      ({ actor, login }) =>
        actor.permissions.has((endpoints.get(name) as Endpoint).permission) && !insiders.some((post) => town.posts[post].login === login),
    )!
    const [foreign, unknown] = await Promise.all(
      [filed.caseId, newId()].map((caseId) => send(name, member, { caseId, ...params }, body ? { body } : {})),
    )
    const words = (text: string) => text.replace(/"traceId":"[^"]+"/, '')
    expect(words(foreign!.body)).toBe(words(unknown!.body))
  })
})

test('a person file is not there for whoever works elsewhere, and the try is on the trail', async () => {
  const body = { requestId: newId(), values: { name: '吴桂兰' }, communityCode: town.areas.xingfu.code, source: 'visit' }
  const record = async (requestId: string) =>
    ((await send('POST /persons', town.posts.communityWorker, {}, { body: { ...body, requestId } })).json() as { personId: string })
      .personId
  const personId = await record(body.requestId)
  twinId = await record(newId())
  for (const name of Object.keys(onPerson)) {
    for (const post of [...outsiders, 'gridWorker', 'dispatcher', 'countyLead'] as const) {
      const member = town.posts[post]
      const { params, body: sent } = onPerson[name]!()
      const answer = await send(name, member, { personId, ...params }, sent ? { body: sent } : {})
      const mayTry = member.actor.permissions.has((endpoints.get(name) as Endpoint).permission)
      expect([answer.statusCode, answer.json().code]).toEqual(mayTry ? [404, 'registry.person_unknown'] : [403, 'access.forbidden'])
      expect((await auditOf(member)).at(-1)).toEqual(
        mayTry ? { action: 'registry.read_refused', subject_id: personId } : { action: 'access.refused', subject_id: name },
      )
    }
    const { params, body: own, mine = 200 } = onPerson[name]!()
    const answer = await send(name, town.posts.communityWorker, { personId, ...params }, own ? { body: own } : {})
    expect([name, answer.statusCode, answer.json().code === 'registry.person_unknown']).toEqual([name, mine, false])
  }
})

test('a dwelling is not there for whoever works elsewhere, and the try is on the trail', async () => {
  const body = { requestId: newId(), buildingId: town.buildings.xingfuCell1, dwelling: '909室' }
  const { addressId } = (await send('POST /addresses', town.posts.communityWorker, {}, { body })).json() as { addressId: string }
  const calls = {
    'GET /addresses/:addressId': { mine: 200 },
    'POST /addresses/:addressId/aliases': { mine: 201, body: { requestId: newId(), name: '老王裁缝铺' } },
    'POST /addresses/:addressId/aliases/:aliasId/end': { mine: 404, params: { aliasId: newId() }, body: { requestId: newId() } },
  }
  for (const [name, { mine, ...call }] of Object.entries(calls)) {
    const { params, body: own } = { params: {}, body: undefined, ...call }
    const tries = (member: TownMember) => send(name, member, { addressId, ...params }, own ? { body: { ...own, requestId: newId() } } : {})
    const answer = await tries(town.posts.communityWorker)
    expect([name, answer.statusCode]).toEqual([name, mine])
    for (const post of outsiders) {
      const member = town.posts[post]
      const answer = await tries(member)
      const mayTry = member.actor.permissions.has(own ? 'registry.record' : 'registry.read')
      expect([answer.statusCode, answer.json().code]).toEqual(mayTry ? [404, 'registry.dwelling_unknown'] : [403, 'access.forbidden'])
      expect((await auditOf(member)).at(-1)).toEqual(
        mayTry ? { action: 'registry.read_refused', subject_id: addressId } : { action: 'access.refused', subject_id: name },
      )
    }
  }
})

test('whose area holds the case is let in, so it was not the request that was wrong', async () => {
  for (const post of insiders) {
    const member = town.posts[post]
    for (const name of ['GET /cases/:caseId', 'GET /cases/:caseId/entries'])
      expect((await send(name, member, { caseId: filed.caseId })).statusCode).toBe(200)
    const { items } = (await send('GET /cases', member, {})).json() as { items: { caseId: string }[] }
    expect(items.map(({ caseId }) => caseId)).toContain(filed.caseId)
  }
})

test('no list shows an outsider the case', async () => {
  for (const post of outsiders) {
    const answer = await send('GET /cases', town.posts[post], {})
    expect(answer.body).not.toContain(filed.caseId)
  }
})

test("a file of another case is not to be had through a case of one's own", async () => {
  const answer = await send('GET /cases/:caseId/files/:fileId', town.posts.communityWorker, { caseId: filed.caseId, fileId: foreignFile })
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'file.not_found'])
  const byTail = await send(
    'GET /public/cases/:number/files/:fileId',
    undefined,
    { number: filed.number, fileId: foreignFile },
    { query: '?tail=0001' },
  )
  expect([byTail.statusCode, byTail.json().code]).toEqual([404, 'file.not_found'])
})

test.each(Object.keys(onNumber))('%s asks even those who may see the case for the tail or the code', async (name) => {
  for (const member of [undefined, town.posts.communityWorker, town.posts.siblingWorker]) {
    // Each try at a number of its own: wrong tails are limited by number.
    const { number } = await file('xingfuCell1')
    const answer = await send(name, member, { number, code: '0000-0000-0000-0000', fileId: newId() }, onNumber[name]!())
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'case.not_found'])
  }
})

const post = () => ({ requestId: requestId(), orgId: town.orgs.xingfuCommittee, areaId: town.areas.xingfu.areaId, role: 'communityWorker' })

test('administrators of another county neither find nor touch the accounts and posts of this one', async () => {
  const { accountId, postId, login } = town.posts.communityWorker
  const granted = await send('POST /accounts/:accountId/posts', otherSystemAdmin, { accountId }, { body: post() })
  expect([granted.statusCode, granted.json().code]).toEqual([404, 'access.account_unknown'])
  const ended = await send('DELETE /posts/:postId', otherSystemAdmin, { postId })
  expect([ended.statusCode, ended.json().code]).toEqual([404, 'access.post_unknown'])
  const disabled = await send(
    'POST /accounts/:accountId/state',
    otherSecurityAdmin,
    { accountId },
    { body: { state: 'disabled', reason: '试一试' } },
  )
  expect([disabled.statusCode, disabled.json().code]).toEqual([404, 'access.account_unknown'])
  expect((await send('GET /accounts', otherSystemAdmin, {})).body).not.toContain(login)
  expect((await send('GET /me', town.posts.communityWorker, {})).statusCode).toBe(200)
})

test('nobody appoints, files or switches in a place that is not his', async () => {
  const { requestId: id, ...wanted } = post()
  const made = await send(
    'POST /accounts',
    otherSystemAdmin,
    {},
    { body: { requestId: id, account: 'xinren', name: '新人', password: 'Xiangyang-2026!', post: wanted } },
  )
  expect([made.statusCode, made.json().code]).toEqual([403, 'access.area_forbidden'])
  const body = { requestId: requestId(), areaId: town.areas.xingfu.areaId, isOn: false, reason: '试一试' }
  const switched = await send('POST /scenes/:key/switches', otherSystemAdmin, { key: 'appeals' }, { body })
  expect([switched.statusCode, switched.json().code]).toEqual([403, 'access.area_forbidden'])
  const opened = await send(
    'POST /cases',
    town.posts.siblingWorker,
    {},
    { body: { requestId: requestId(), channel: 'phone', detail: '路灯不亮', areaCode: town.areas.xingfu.code } },
  )
  expect([opened.statusCode, opened.json().code]).toEqual([403, 'access.area_forbidden'])
})

test('nobody reads, changes or decides about the duty lists of another township', async () => {
  const effectiveOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const draft = {
    category: 'urban-rural-construction',
    orgId: town.orgs.subdistrictOffice,
    areaId: town.areas.subdistrict.areaId,
    standing: 'basic',
    clauseNo: '1',
    clause: '背街小巷的整治',
    document: '清单',
    words: [],
  }
  const proposal = () => ({ requestId: requestId(), effectiveOn, reason: '新清单', draft })
  const propose = async () => (await send('POST /duties', town.posts.dispatcher, {}, { body: proposal() })).json() as { changeId: string }
  const { changeId } = await propose()
  const otherLead = await db.system((ctx) => aMember(ctx, town, { role: 'townshipLead', org: 'townGovernment', area: 'town' }))
  const decision = { body: { requestId: requestId(), confirm: true } }
  const refused = await send('POST /duties/changes/:changeId/decision', otherLead, { changeId }, decision)
  expect([refused.statusCode, refused.json().code]).toEqual([404, 'case.duty_change_unknown'])
  const back = await send(
    'POST /duties/changes/:changeId/withdrawal',
    town.posts.otherDispatcher,
    { changeId },
    { body: { requestId: requestId() } },
  )
  expect([back.statusCode, back.json().code]).toEqual([404, 'case.duty_change_unknown'])
  expect((await send('GET /duties/changes', otherLead, {})).body).not.toContain(changeId)
  await send('POST /duties/changes/:changeId/decision', town.posts.townshipLead, { changeId }, decision)
  const [line] = await db.superuser<{ duty_id: string }>(`SELECT duty_id FROM cases.duty WHERE document = '清单'`)
  const dutyId = line!.duty_id
  expect((await send('GET /duties/:dutyId', town.posts.communityWorker, { dutyId })).statusCode).toBe(200)
  for (const [name, body] of [
    ['GET /duties/:dutyId', undefined],
    ['POST /duties/:dutyId/amendments', { ...proposal(), expectedVersion: 1 }],
    ['POST /duties/:dutyId/end', { requestId: requestId(), effectiveOn, reason: '新清单', expectedVersion: 1 }],
  ] as const) {
    const answer = await send(name, town.posts.otherDispatcher, { dutyId }, body ? { body } : {})
    expect([name, answer.statusCode, answer.json().code]).toEqual([name, 404, 'case.duty_unknown'])
  }
})

test('nobody sees, tries, starts, stops or undoes the import of another township', async () => {
  const payload = [
    '--edge',
    'Content-Disposition: form-data; name="file"; filename="old.csv"',
    'Content-Type: text/csv',
    '',
    'id,words',
    '1,路灯不亮',
    '--edge--',
    '',
  ].join('\r\n')
  const brought = await platform.app.inject({
    method: 'POST',
    url: '/api/v1/imports',
    headers: { authorization: `Bearer ${town.posts.dispatcher.token}`, 'content-type': 'multipart/form-data; boundary=edge' },
    payload,
  })
  expect(brought.statusCode).toBe(201)
  const { batchId } = (brought.json() as { batch: { batchId: string } }).batch
  expect((await send('GET /imports/:batchId', town.posts.dispatcher, { batchId })).statusCode).toBe(200)
  const mapping = {
    source: 'old',
    target: 'cases',
    variant: 'appeals.appeal',
    fields: { key: { column: 'id' }, words: { column: 'words' } },
  }
  for (const [name, body] of [
    ['GET /imports/:batchId', undefined],
    ['GET /imports/:batchId/faults', undefined],
    ['POST /imports/:batchId/preview', { mapping }],
    ['POST /imports/:batchId/start', { requestId: requestId(), mapping, mode: 'each' }],
    ['POST /imports/:batchId/cancel', { requestId: requestId() }],
    ['POST /imports/:batchId/undo', { requestId: requestId(), reason: '试一试' }],
  ] as const) {
    const answer = await send(name, town.posts.otherDispatcher, { batchId }, body ? { body } : {})
    expect([name, answer.statusCode, answer.json().code]).toEqual([name, 404, 'exchange.not_found'])
  }
})

test('nobody reads a topic of another township, puts anything into it or answers for it', async () => {
  const body = { requestId: requestId(), title: '停水', categories: ['urban-rural-construction'], words: [] }
  const { topicId } = (await send('POST /topics', town.posts.communityWorker, {}, { body })).json() as { topicId: string }
  expect((await send('GET /topics/:topicId', town.posts.dispatcher, { topicId })).statusCode).toBe(200)
  for (const [name, more] of [
    ['GET /topics/:topicId', undefined],
    ['GET /topics/:topicId/items', undefined],
    ['POST /topics/:topicId/items', { requestId: requestId(), isIn: true, items: [{ caseId: filed.caseId, seq: 1 }] }],
    ['POST /topics/:topicId/acts/:act', { requestId: requestId(), expectedVersion: 1, words: '修好了', toWhom: '大家' }],
  ] as const) {
    const answer = await send(name, town.posts.otherDispatcher, { topicId, act: 'answer' }, more ? { body: more } : {})
    expect([name, answer.statusCode, answer.json().code]).toEqual([name, 404, 'case.topic_unknown'])
  }
})

test('nobody takes the post or the messages of another', async () => {
  const taken = await send('POST /me/acting-post', town.posts.siblingWorker, {}, { body: { postId: town.posts.dispatcher.postId } })
  expect([taken.statusCode, taken.json().code]).toEqual([404, 'access.post_unknown'])
  const messageId = newId()
  const { accountId, postId } = town.posts.dispatcher
  await db.superuser(`INSERT INTO messages.message (message_id, post_id, account_id, org_id, area_path, template, params, once_key, made_at)
    VALUES ('${messageId}', '${postId}', '${accountId}', '${town.orgs.subdistrictOffice}', '/1/', 'appeals.replied', '{}', 'x', now())`)
  await send('POST /inbox/read', town.posts.townshipLead, {}, { body: { messageIds: [messageId] } })
  expect(await db.superuser(`SELECT read_at FROM messages.message WHERE message_id = '${messageId}'`)).toEqual([{ read_at: null }])
  expect((await send('GET /inbox', town.posts.townshipLead, {})).body).not.toContain(messageId)
})

test('nobody sees or resends what went out in another county, nor reads where another is reached', async () => {
  const deliveryId = newId()
  await db.superuser(`
    INSERT INTO messages.delivery (delivery_id, once_key, channel, recipient_kind, recipient_id, recipient_name, masked_phone, sealed, template, lang, is_urgent,
      area_path, state, send_at, made_at)
    VALUES ('${deliveryId}', 'x', 'sms', 'account', '${newId()}', '周倩', '199****0001', '\\x07', 'lamps.broken', 'zh', false,
      '${town.areas.xingfu.areaPath}', 'dead', now(), now());
    INSERT INTO messages.preference (holder_id, masked_phone, changed_at) VALUES ('${town.posts.dispatcher.accountId}', '199****4711', now())`)
  const resend = (by: TownMember) => send('POST /deliveries/:deliveryId/resend', by, { deliveryId }, { body: { requestId: requestId() } })
  expect((await resend(otherSystemAdmin)).statusCode).toBe(404)
  expect((await send('GET /deliveries', otherSystemAdmin, {})).body).not.toContain(deliveryId)
  expect((await send('GET /me/message-preference', town.posts.gridWorker, {})).body).not.toContain('4711')
  expect((await resend(town.posts.systemAdmin)).statusCode).toBe(200)
})

test('nobody reads, ends, renews or decides about the export of another, nor deletes the view of another', async () => {
  const asked = { requestId: requestId(), list: 'cases.list', format: 'csv', purpose: '核对', query: {} }
  const { exportId } = (await send('POST /exports', town.posts.communityWorker, {}, { body: asked })).json() as { exportId: string }
  for (const name of [
    'GET /exports/:exportId',
    'GET /exports/:exportId/file',
    'POST /exports/:exportId/cancel',
    'POST /exports/:exportId/renew',
  ]) {
    for (const member of [town.posts.siblingWorker, town.posts.gridWorker, town.posts.dispatcher]) {
      const answer = await send(name, member, { exportId }, name.startsWith('POST') ? { body: { requestId: requestId() } } : {})
      expect([name, answer.statusCode, answer.json().code]).toEqual([name, 404, 'exchange.not_found'])
    }
  }
  await db.superuser(`UPDATE exchange.export_job SET state = 'held', held_for = 'night' WHERE export_id = '${exportId}'`)
  const body = { requestId: requestId(), release: true, reason: '试一试' }
  const decided = await send('POST /exports/:exportId/decision', otherSecurityAdmin, { exportId }, { body })
  expect([decided.statusCode, decided.json().code]).toEqual([404, 'exchange.not_found'])
  expect((await send('GET /exports/held', otherSecurityAdmin, {})).body).not.toContain(exportId)
  expect((await send('GET /exports/held', town.posts.securityAdmin, {})).body).toContain(exportId)

  const view = { requestId: requestId(), list: 'cases.list', name: '我的', query: { q: '路灯' } }
  const { viewId } = (await send('POST /views', town.posts.communityWorker, {}, { body: view })).json() as { viewId: string }
  const deleted = await send('DELETE /views/:viewId', town.posts.siblingWorker, { viewId })
  expect([deleted.statusCode, deleted.json().code]).toEqual([404, 'exchange.view_unknown'])
})

test('nobody reads or decides about work that was handed in from another area, and nobody hands in under a post of another', async () => {
  const body = { kind: 'event', channel: 'grid', detail: '井盖', level: 'ordinary', areaCode: town.areas.xingfuCell1.code }
  const asked = { requestId: requestId(), kind: 'report', label: '井盖', why: 'access.forbidden', madeAt: '2026-11-20T02:00:00.000Z', body }
  const { backlogId } = (await send('POST /backlog', town.posts.gridWorker, {}, { body: asked })).json() as { backlogId: string }
  const decision = { requestId: requestId(), accept: false, reason: '试一试' }
  for (const member of [town.posts.siblingWorker, town.posts.villageWorker]) {
    expect((await send('GET /backlog/:backlogId', member, { backlogId })).statusCode).toBe(404)
    expect((await send('POST /backlog/:backlogId/decision', member, { backlogId }, { body: decision })).statusCode).toBe(404)
    expect((await send('GET /backlog', member, {})).body).not.toContain(backlogId)
    expect((await send('GET /me/backlog', member, {})).body).not.toContain(backlogId)
  }
  expect((await send('GET /backlog', town.posts.gridWorker, {})).statusCode).toBe(403)
  expect((await send('GET /backlog', town.posts.communityWorker, {})).body).toContain(backlogId)
  const stolen = { ...asked, requestId: requestId(), postId: town.posts.siblingWorker.postId }
  expect((await send('POST /backlog', town.posts.gridWorker, {}, { body: stolen })).json().code).toBe('exchange.backlog_unplaced')
  const twice = (await send('POST /backlog', town.posts.gridWorker, {}, { body: asked })).json() as { backlogId: string }
  expect(twice.backlogId).toBe(backlogId)
  const odd = { ...asked, requestId: requestId(), body: { detail: 1 } }
  expect((await send('POST /backlog', town.posts.gridWorker, {}, { body: odd })).json().code).toBe('exchange.backlog_unfit')
})

test('nobody reads or redraws the cells of another community, nor reads a handover he has no part in', async () => {
  const { xingfu, xingfuCell1, xingfuCell2 } = town.areas
  const params = { communityId: xingfu.areaId }
  const rename = { expectedVersion: 0, reason: '改个名称', cells: [{ cellId: xingfuCell1.areaId, name: '幸福一网格', boundary: null }] }
  const moved = { ...rename, buildings: [{ buildingId: town.buildings.xingfuCell1, cellId: xingfuCell2.areaId }] }
  for (const post of ['siblingWorker', 'otherDispatcher'] as const) {
    const member = town.posts[post]
    expect((await send('GET /communities/:communityId/cells', member, params)).json().code).toBe('access.area_forbidden')
    for (const name of ['POST /communities/:communityId/cell-changes/preview', 'POST /communities/:communityId/cell-changes']) {
      const answer = await send(name, member, params, { body: { ...rename, requestId: requestId() } })
      expect([name, answer.statusCode, answer.json().code]).toEqual([name, 403, 'access.area_forbidden'])
    }
  }
  const body = { ...moved, requestId: requestId() }
  const changed = await send('POST /communities/:communityId/cell-changes', town.posts.communityWorker, params, { body })
  const { handoverId } = changed.json() as { handoverId: string }
  for (const post of ['siblingWorker', 'otherDispatcher', 'villageWorker'] as const) {
    const [foreign, unknown] = await Promise.all(
      [handoverId, newId()].map((id) => send('GET /handovers/:handoverId', town.posts[post], { handoverId: id })),
    )
    const words = (text: string) => text.replace(/"traceId":"[^"]+"/, '')
    expect([foreign!.statusCode, foreign!.json().code]).toEqual([404, 'access.handover_unknown'])
    expect(words(foreign!.body)).toBe(words(unknown!.body))
  }
  for (const post of ['gridWorker', 'otherGridWorker', 'dispatcher'] as const)
    expect((await send('GET /handovers/:handoverId', town.posts[post], { handoverId })).statusCode).toBe(200)
})

/** Endpoints of a device, of an alarm of it and of a message that it could not deliver. */
function onSignals(): string[] {
  return [
    'GET /devices/:deviceId',
    'GET /devices/:deviceId/telemetry',
    'POST /devices/:deviceId/secret',
    'POST /devices/:deviceId/state',
    'POST /devices/:deviceId/gateway',
    'POST /devices/:deviceId/certificate',
    'POST /devices/:code/telemetry',
    'GET /episodes/:episodeId',
    'POST /episodes/:episodeId/moves/:key',
    'POST /episodes/:episodeId/visit',
    'POST /episodes/:episodeId/health-note',
    'POST /quarantine/:quarantineId/decision',
  ]
}

test('nobody reads, changes, answers or sifts what a device of another area is or sent', async () => {
  const registered = await send(
    'POST /devices',
    town.posts.communityWorker,
    {},
    {
      body: {
        requestId: requestId(),
        code: 'FOREIGN-1',
        kind: 'wristband',
        name: '手环',
        areaCode: town.areas.xingfuCell1.code,
        place: '1号楼',
      },
    },
  )
  const { deviceId, secret } = registered.json() as { deviceId: string; secret: string }
  const press = (authorization: string, payload: string) =>
    platform.app.inject({
      method: 'POST',
      url: '/api/v1/devices/FOREIGN-1/telemetry',
      headers: { authorization, 'content-type': 'application/json' },
      payload,
    })
  expect((await press(`Bearer ${secret}`, '{"values":{"sos":1}}')).statusCode).toBe(200)
  expect((await press(`Bearer ${secret}`, '{"values":{"sos":7}}')).statusCode).toBe(422)
  // The secret of a person's session opens no device.
  expect((await press(`Bearer ${town.posts.communityWorker.token}`, '{"values":{"sos":1}}')).statusCode).toBe(401)
  const [alarm] = await db.superuser<{ episode_id: string }>(`SELECT episode_id FROM signals.episode WHERE device_id = '${deviceId}'`)
  const [kept] = await db.superuser<{ quarantine_id: string }>(
    `SELECT quarantine_id FROM signals.quarantine WHERE device_id = '${deviceId}'`,
  )
  const params = { deviceId, episodeId: alarm!.episode_id, quarantineId: kept!.quarantine_id, key: 'acknowledge' }
  const bodies: Record<string, object> = {
    'POST /devices/:deviceId/secret': { reason: '试一试' },
    'POST /devices/:deviceId/gateway': { gatewayCode: null, reason: '试一试' },
    'POST /devices/:deviceId/certificate': { certificate: null, reason: '试一试' },
    'POST /devices/:deviceId/state': { state: 'retired', reason: '试一试' },
    'POST /episodes/:episodeId/moves/:key': {},
    'POST /episodes/:episodeId/visit': { seenSeq: 1, madeAt: '2026-11-20T02:00:00.000Z', met: 'person', result: 'well' },
    'POST /quarantine/:quarantineId/decision': { resend: false, reason: '试一试' },
  }
  for (const name of onSignals().filter((one) => !one.includes(':code'))) {
    for (const member of [town.posts.siblingWorker, town.posts.villageWorker, town.posts.otherDispatcher]) {
      const answer = await send(name, member, params, bodies[name] ? { body: { requestId: requestId(), ...bodies[name] } } : {})
      expect([name, answer.statusCode]).toEqual([name, 404])
    }
    const departed = await send(
      name,
      town.posts.systemAdmin,
      params,
      bodies[name] ? { body: { requestId: requestId(), ...bodies[name] } } : {},
    )
    expect([name, departed.statusCode]).toEqual([name, 403])
  }
  expect((await send('GET /devices', town.posts.siblingWorker, {})).body).not.toContain('FOREIGN-1')
  expect((await send('GET /episodes', town.posts.siblingWorker, {})).body).not.toContain(params.episodeId)
  expect((await send('GET /quarantine', town.posts.siblingWorker, {})).body).not.toContain('FOREIGN-1')
  // A rule is everybody's; the signals that it is tried on are not.
  const trial = async (member: TownMember) => (await send('GET /alarm-rules/:key/trial', member, { key: 'elderly-care.sos' })).json()
  expect(await trial(town.posts.communityWorker)).toMatchObject({ signals: 1, alarms: 1 })
  expect(await trial(town.posts.siblingWorker)).toMatchObject({ signals: 0, alarms: 0, items: [] })
})

test('nobody sets, sees the choice for, or ends the deputy of a post that is not his own or his to administer', async () => {
  const { gridWorker, otherGridWorker, communityWorker, siblingWorker, systemAdmin } = town.posts
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const wanted = () => ({ requestId: requestId(), accountId: otherGridWorker.accountId, from: day, until: day, reason: 'leave' })
  const params = { postId: gridWorker.postId }
  for (const member of [otherGridWorker, communityWorker, siblingWorker, otherSystemAdmin]) {
    expect((await send('GET /posts/:postId/stand-ins', member, params)).json().code).toBe('access.post_unknown')
    const answer = await send('POST /posts/:postId/deputies', member, params, { body: wanted() })
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'access.post_unknown'])
  }
  const stranger = await send('POST /posts/:postId/deputies', gridWorker, params, {
    body: { ...wanted(), accountId: siblingWorker.accountId },
  })
  expect([stranger.statusCode, stranger.json().code]).toEqual([422, 'access.deputy_unfit'])
  const set = await send('POST /posts/:postId/deputies', systemAdmin, params, { body: wanted() })
  expect(set.statusCode).toBe(201)
  const { deputyId } = set.json() as { deputyId: string }
  for (const member of [otherGridWorker, siblingWorker, otherSystemAdmin]) {
    const answer = await send('DELETE /deputies/:deputyId', member, { deputyId })
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'access.deputy_unknown'])
  }
  expect((await send('GET /deputies', siblingWorker, {})).body).not.toContain(deputyId)
  expect((await send('DELETE /deputies/:deputyId', gridWorker, { deputyId })).statusCode).toBe(204)
})
