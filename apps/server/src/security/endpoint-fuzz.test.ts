import { aMember, aResidentSession, aSession, aTown, type Town, type TownMember } from '@linli/access/testing'
import { type Endpoint, Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPlatform } from './a-platform.ts'
import { change, hostile, inputOf, type Known, spoil } from './bad-input.ts'
import { endpoints, generalCodes, nameOf, withoutContract } from './endpoints.ts'

const runs = 200
const seed = 20_261_122

let db: TestDatabase
let platform: Awaited<ReturnType<typeof aPlatform>>
let town: Town
let known: Known

beforeAll(async () => {
  db = await testDatabase({ clock: aClock(new Date()) })
  town = await db.system((ctx) => aTown(ctx))
  platform = await aPlatform(db)
  known = await whatIsThere()
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

/** Two cases, people and posts that may come to harm, and the words that lead to them. */
async function whatIsThere(): Promise<Known> {
  const filed = await platform.app.inject({
    method: 'POST',
    url: '/api/v1/public/appeals',
    payload: {
      requestId: newId(),
      detail: '楼道的灯坏了',
      areaCode: town.areas.xingfuCell1.code,
      contact: { phone: '19999990001', name: '林晓' },
    },
  })
  const { number, code } = filed.json() as { number: string; code: string }
  const victim = await db.system((ctx) => aMember(ctx, town, { role: 'gridWorker', org: 'xingfuCommittee', area: 'xingfuCell2' }))
  const files = await db.superuser<{ case_id: string }>('SELECT case_id FROM cases.case_file')
  const exports = await someExports()
  const signals = await someSignals()
  return {
    caseId: files.map(({ case_id }) => case_id),
    number: [number],
    tail: ['0001'],
    code: [code, 'FUZZ-1'],
    key: ['accept', 'refuse', 'note', 'dispatch', 'claim'],
    accountId: [victim.accountId],
    postId: [victim.postId],
    orgId: Object.values(town.orgs),
    areaId: Object.values(town.areas).map(({ areaId }) => areaId),
    areaCode: [town.areas.xingfu.code, town.areas.xingfuCell1.code],
    parent: [town.areas.county.areaId],
    communityId: [town.areas.xingfu.areaId],
    cellId: [town.areas.xingfuCell1.areaId, town.areas.xingfuCell2.areaId, newId()],
    restTo: [town.areas.xingfuCell1.areaId, town.areas.xingfuCell2.areaId],
    buildingId: Object.values(town.buildings),
    handoverId: [newId()],
    deputyId: [newId()],
    role: ['gridWorker', 'communityWorker'],
    category: ['', 'environment'],
    effectiveOn: [new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)],
    account: [victim.login],
    list: ['cases.list'],
    exportId: exports,
    ...(await aDutyAndItsChange()),
    topicId: [await aTopic()],
    viewId: [newId()],
    ...signals,
  }
}

/** What the worker and the clerk of the town took along: waiting, done with its file gone, held. */
async function someExports(): Promise<string[]> {
  const { accountId, postId, actor } = town.posts.communityWorker
  const rows = await db.superuser<{ export_id: string }>(`
    INSERT INTO exchange.export_job (export_id, number, list_key, query, format, lang, columns, purpose, account_id, post_id, org_id, area_path,
      state, held_for, rows_expected, asked_at, bytes, sha256, link_until, kept_until)
    SELECT gen_random_uuid(), 'DC-' || state, 'cases.list', '{}', 'csv', 'zh', ARRAY['number'], '核对', '${accountId}', '${postId}', '${actor.orgId}',
      '${actor.areaPath}', state, CASE state WHEN 'held' THEN 'night' END, 1, now(), 1, '\\x00', now() + interval '1 day', now() + interval '7 days'
    FROM unnest(ARRAY['queued', 'done', 'held']) AS of_state(state) RETURNING export_id`)
  return rows.map(({ export_id }) => export_id)
}

/** A topic of the worker's community. */
async function aTopic(): Promise<string> {
  const { areaId, areaPath } = town.posts.communityWorker.actor
  const [topic] = await db.superuser<{ topic_id: string }>(`
    INSERT INTO cases.topic (topic_id, title, categories, words, area_id, area_path, state, version, opened_at)
    VALUES (gen_random_uuid(), '停水', '{urban-rural-construction}', '{}', '${areaId}', '${areaPath}', 'open', 1, now()) RETURNING topic_id`)
  await db.superuser(
    `INSERT INTO cases.topic_entry (topic_id, seq, act, data, made_by, made_at) VALUES ('${topic!.topic_id}', 1, 'open', '{}', '林晓', now())`,
  )
  return topic!.topic_id
}

/** A line of the duty list of the town, and a change of it that waits. */
async function aDutyAndItsChange(): Promise<Pick<Known, string>> {
  const { areaPath } = town.areas.subdistrict
  const [duty] = await db.superuser<{ duty_id: string }>(`
    INSERT INTO cases.duty (duty_id, category, org_id, area_path, clause_no, clause, document, valid_from)
    VALUES (gen_random_uuid(), 'environment', '${town.orgs.subdistrictOffice}', '${areaPath}', '1', '噪声', '清单', '2026-01-01') RETURNING duty_id`)
  const [change] = await db.superuser<{ change_id: string }>(`
    INSERT INTO cases.duty_change (change_id, change, area_path, duty_id, duty_version, effective_on, reason, proposed_by, proposed_name, proposed_at)
    VALUES (gen_random_uuid(), 'end', '${areaPath}', '${duty!.duty_id}', 1, '2026-12-31', '收回', gen_random_uuid(), '林晓', now()) RETURNING change_id`)
  return { dutyId: [duty!.duty_id], changeId: [change!.change_id] }
}

/** A device of the worker's community, an alarm of it, and a message that could not be taken. */
async function someSignals(): Promise<Pick<Known, string>> {
  const { areaId, areaPath, countyId, townshipId, communityId, cellId } = town.areas.xingfuCell1
  const [deviceId, episodeId, quarantineId] = [newId(), newId(), newId()]
  const place = `'${areaId}', '${areaPath}', '${countyId}', '${townshipId}', '${communityId}', '${cellId}'`
  await db.superuser(`
    INSERT INTO signals.device (device_id, code, kind, name, protocol, subject_kind, subject_id, place, area_id, area_path, county_id, township_id, community_id,
      cell_id, owner_org_id, maintainer_org_id, registered_at)
    VALUES ('${deviceId}', 'FUZZ-1', 'smoke', '烟感', 'mqtt', 'device', '${deviceId}', '1号楼', ${place}, '${town.orgs.xingfuCommittee}', '${town.orgs.xingfuCommittee}', now());
    INSERT INTO signals.device_state (device_id) VALUES ('${deviceId}');
    INSERT INTO signals.episode (episode_id, number, rule_key, subject_kind, subject_id, device_id, place, area_id, area_path, county_id, township_id, community_id,
      cell_id, stage, level, highest_level, first_signal_at, last_signal_at, raised_at, seq)
    VALUES ('${episodeId}', 'JB-FUZZ', 'public-safety.smoke', 'device', '${deviceId}', '${deviceId}', '1号楼', ${place}, 'raised', 2, 2, now(), now(), now(), 1);
    INSERT INTO signals.episode_entry (episode_id, seq, move, data, made_at) VALUES ('${episodeId}', 1, 'raise', '{"level": 2}', now());
    INSERT INTO signals.quarantine (quarantine_id, device_id, reason, payload, payload_bytes, payload_hash, channel, first_at, last_at, area_path)
    VALUES ('${quarantineId}', '${deviceId}', 'json-malformed', '\\x7b', 1, '\\x07', 'mqtt', now(), now(), '${areaPath}')`)
  return { deviceId: [deviceId], episodeId: [episodeId], quarantineId: [quarantineId], ownerOrgId: [town.orgs.xingfuCommittee] }
}

/** A post that may use the endpoint; undefined where nobody needs one. */
function memberFor({ permission }: Endpoint): TownMember | undefined {
  if (permission === 'public' || permission === 'resident') return undefined
  if (permission === 'signed-in') return town.posts.communityWorker
  const member = Object.values(town.posts).find(({ actor }) => actor.permissions.has(permission))
  if (!member) throw new Error(`no post of the town may ${permission}`)
  return member
}

interface Request {
  params: unknown
  query: unknown
  body: unknown
  /** Instead of the body as JSON. */
  raw: { type: string | undefined; bytes: Buffer } | undefined
}

const boundary = 'multipart/form-data; boundary=x'
const part = (name: string, text: string) =>
  Buffer.from(
    `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n${text}\r\n--x--\r\n`,
  )

/** A body in order but for one field that lies fifty thousand lists deep. */
function buried(field: string): Buffer {
  const rest = JSON.stringify({ requestId: newId(), expectedSeq: 1, areaCode: '239999001001', tail: '0001' }).slice(0, -1)
  return Buffer.from(`${rest},"${field}":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`)
}

const rawBody: fc.Arbitrary<Request['raw']> = fc.constantFrom(
  { type: 'application/json', bytes: Buffer.from('{"a":') },
  { type: 'application/json', bytes: Buffer.alloc(0) },
  { type: 'application/json', bytes: Buffer.from('{"__proto__":{"isAdmin":true}}') },
  { type: 'application/json', bytes: Buffer.from('{"constructor":{"prototype":{"isAdmin":true}}}') },
  { type: 'application/json', bytes: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  { type: 'application/json', bytes: Buffer.from(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) },
  { type: 'application/json', bytes: Buffer.from(JSON.stringify({ detail: 'x'.repeat(300_000) })) },
  { type: 'application/json', bytes: Buffer.from('1e999') },
  ...['data', 'reason', 'detail', 'messageIds', 'contact'].map((field) => ({ type: 'application/json', bytes: buried(field) })),
  { type: 'application/json; charset=utf-16', bytes: Buffer.from('{}', 'utf16le') },
  { type: 'text/plain', bytes: Buffer.from('hello') },
  { type: 'application/xml', bytes: Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>') },
  { type: 'application/x-www-form-urlencoded', bytes: Buffer.from('a=1&a=2') },
  { type: 'nonsense', bytes: Buffer.from('{}') },
  { type: undefined, bytes: Buffer.from('{}') },
  { type: boundary, bytes: part('a.jpg', 'not a picture') },
  { type: boundary, bytes: part('../../a.jpg', '') },
  { type: boundary, bytes: part('a\u0000.jpg', '\u00ff\u00d8\u00ff') },
  { type: boundary, bytes: part('a.jpg', 'x').subarray(0, 60) },
  { type: boundary, bytes: Buffer.from('--x--\r\n') },
  { type: boundary, bytes: Buffer.concat(Array.from({ length: 8 }, () => part('a.jpg', 'x').subarray(0, -6))) },
  { type: 'multipart/form-data', bytes: part('a.jpg', 'x') },
)

/** Good requests, good ones with one place spoiled, and such as no client makes. */
function requestsFor(endpoint: Endpoint): fc.Arbitrary<Request> {
  const good = fc.record({
    params: inputOf(endpoint.params, known),
    query: inputOf(endpoint.query, known),
    body: inputOf(endpoint.body, known),
    raw: fc.constant(undefined),
  })
  const spoiled = fc
    .tuple(good, fc.constantFrom(...spoilable(endpoint)), change)
    .map(([request, where, how]) => ({ ...request, [where]: spoil(request[where], how) }))
  const raw = fc.tuple(good, rawBody).map(([request, bytes]) => ({ ...request, raw: bytes }))
  const wild = fc.record({
    params: hostile,
    query: fc.dictionary(fc.string(), hostile, { maxKeys: 3 }),
    body: hostile,
    raw: fc.constant(undefined),
  })
  return fc.oneof(
    { weight: 2, arbitrary: good },
    { weight: 6, arbitrary: spoiled },
    { weight: 2, arbitrary: raw },
    { weight: 1, arbitrary: wild },
  )
}

function spoilable(endpoint: Endpoint): ('params' | 'query' | 'body')[] {
  const parts = (['params', 'query', 'body'] as const).filter((where) => endpoint[where])
  return parts.length > 0 ? [...parts] : ['query']
}

let sent = 0

/** As it goes over the line; every request from an address of its own, since attempts are limited by address. */
function overTheLine({ method, path }: Endpoint, { params, query, body, raw }: Request, token: string | undefined): InjectOptions {
  sent++
  const values = params && typeof params === 'object' ? (params as Record<string, unknown>) : {}
  const url = path.replace(/:(\w+)/g, (_, name) => encode(values[name]) || '%20')
  const pairs =
    query && typeof query === 'object'
      ? Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => `${encode(key)}=${encode(one)}`))
      : []
  const type = raw ? raw.type : body === undefined ? undefined : 'application/json'
  return {
    method,
    url: `/api/v1${url}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`,
    remoteAddress: `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
    headers: { ...(type && { 'content-type': type }), ...(token && { authorization: `Bearer ${token}` }) },
    ...(raw ? { payload: raw.bytes } : body === undefined ? {} : { payload: JSON.stringify(body) ?? '' }),
  }
}

function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return encodeURIComponent(text.toWellFormed().slice(0, 3000))
}

/** What may change although the request was refused: the trail of it, wrong tails, wrong passwords; and somebody is told (`rowsOf`). */
const refusalTraces = [
  'base.audit_entry',
  'cases.look_up_failure',
  'access.session',
  'access.resident',
  'access.resident_session',
  'access.sign_in_code',
]

/** One number for all rows of all tables: nothing that is refused may move it. */
async function fingerprint(): Promise<string> {
  fingerprintQuery ??= await buildFingerprint()
  const [row] = await db.superuser<{ print: string }>(fingerprintQuery)
  return row?.print ?? ''
}

let fingerprintQuery: string | undefined

async function buildFingerprint(): Promise<string> {
  const tables = await db.superuser<{ name: string }>(`
    SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname IN ('base', 'access', 'messages', 'cases', 'signals', 'exchange', 'scene') ORDER BY 1`)
  const content = (name: string) => (name === 'access.account' ? "(to_jsonb(t) - 'failed_count' - 'locked_until')::text" : 't::text')
  const rowsOf = (name: string) => (name === 'base.outbox' ? `(SELECT * FROM base.outbox WHERE event <> 'security.alerted')` : name)
  const parts = tables
    .filter(({ name }) => !refusalTraces.includes(name) && !name.startsWith('base.calendar'))
    .map(({ name }) => `(SELECT count(*) || '/' || coalesce(sum(hashtextextended(${content(name)}, 0)), 0) FROM ${rowsOf(name)} t)`)
  return `SELECT concat_ws(' ', ${parts.join(', ')}) AS print`
}

interface Answer {
  statusCode: number
  headers: Record<string, unknown>
  body: string
  json(): unknown
}

/** What is wrong with an answer; undefined when it is as it should be. */
function faultIn(endpoint: Endpoint, answer: Answer): string | undefined {
  if (answer.statusCode >= 500) return `${answer.statusCode} ${answer.body}`
  if (answer.statusCode < 400) return undefined
  if (!String(answer.headers['content-type']).startsWith('application/problem+json'))
    return `${answer.statusCode} is no problem JSON: ${answer.body.slice(0, 200)}`
  const problem = Problem.safeParse(answer.json())
  if (!problem.success) return `no problem: ${answer.body.slice(0, 200)}`
  const { code, fields } = problem.data
  if (!generalCodes.has(code) && !endpoint.errors?.includes(code)) return `${code} is not in the contract`
  if ((code === 'base.request_invalid' || code.endsWith('data_invalid')) && !fields?.length) return `${code} names no field: ${answer.body}`
  if (fields?.some(({ path, message }) => typeof path !== 'string' || !message)) return `a field without words: ${answer.body}`
  return undefined
}

test('every route of the composed platform has a contract to be fuzzed by', () => {
  const served = Object.entries(platform.app.swagger().paths ?? {})
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path.slice('/api/v1'.length).replace(/\{(\w+)\}/g, ':$1')}`),
    )
  expect(served.sort()).toEqual([...endpoints.keys(), ...Object.keys(withoutContract)].sort())
})

/** Switching a scene off would refuse what comes after it. */
const inOrder = [...endpoints.values()].sort((a, b) => Number(a.permission === 'scene.switch') - Number(b.permission === 'scene.switch'))

async function residentToken(): Promise<string> {
  return (await db.system((ctx) => aResidentSession(ctx, null, platform.vault.seal('19999990001')))).token
}

async function tokenFor(member: TownMember): Promise<string> {
  return db.system((ctx) => aSession(ctx, member.accountId, member.postId))
}

test.each(inOrder.map((endpoint) => [nameOf(endpoint), endpoint] as const))(
  '%s answers bad input with a 4xx that says what is wrong, and writes nothing of it',
  { timeout: 60_000 },
  async (_, endpoint) => {
    const member = memberFor(endpoint)
    const token = endpoint.permission === 'resident' ? await residentToken() : member && (await tokenFor(member))
    const endsSession = endpoint.path === '/sessions/current' || endpoint.path === '/residents/me/session'
    const tokenNow = async () => (!endsSession ? token : endpoint.permission === 'resident' ? residentToken() : member && tokenFor(member))
    let before = await fingerprint()
    const count = { heard: 0, invalid: 0 }
    await fc.assert(
      fc.asyncProperty(requestsFor(endpoint), async (request) => {
        const answer = await platform.app.inject(overTheLine(endpoint, request, await tokenNow()))
        // Reading writes nothing, whatever comes of it; that is asked once, at the end.
        const after = endpoint.method === 'GET' ? before : await fingerprint()
        const fault =
          faultIn(endpoint, answer) ??
          (answer.statusCode >= 400 && after !== before ? `${answer.statusCode}, and yet something was written` : undefined)
        before = after
        if (fault) throw new Error(fault)
        count[answer.statusCode >= 400 && answer.json().code.startsWith('base.') ? 'invalid' : 'heard']++
      }),
      { numRuns: runs, seed, endOnFailure: true },
    )
    expect(await fingerprint()).toBe(before)
    // Neither knocked at a locked door only, nor sent nothing but good manners.
    expect(count.heard).toBeGreaterThan(runs / 20)
    if (endpoint.params || endpoint.body) expect(count.invalid).toBeGreaterThan(runs / 20)
  },
)

test.each(inOrder.filter(({ permission }) => permission !== 'public').map((endpoint) => [nameOf(endpoint), endpoint] as const))(
  '%s tells nobody anything, whatever is sent',
  async (_, endpoint) => {
    const before = await fingerprint()
    await fc.assert(
      fc.asyncProperty(requestsFor(endpoint), async (request) => {
        const answer = await platform.app.inject(overTheLine(endpoint, request, undefined))
        const fault = faultIn(endpoint, answer)
        if (fault) throw new Error(fault)
        // An address that is none at all is not even asked who wants it.
        expect([401, 404]).toContain(answer.statusCode)
      }),
      { numRuns: runs, seed, endOnFailure: true },
    )
    expect(await fingerprint()).toBe(before)
  },
)

test('no prototype was touched by any of it', () => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
})
