import { aSession, aTown, type Town, type TownMember } from '@linli/access/testing'
import { type Endpoint, Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { refusalStatuses } from '@linli/base/server'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { aPlatform } from '../security/a-platform.ts'
import { inputOf, type Known } from '../security/bad-input.ts'
import { endpoints, withoutContract } from '../security/endpoints.ts'
import type { Platform } from '../start-platform.ts'
import type { ApiDocument, Operation } from './describe-api.ts'
import { errorWords } from './error-words.ts'

let db: TestDatabase
let platform: Platform
let town: Town
let document: ApiDocument

beforeAll(async () => {
  db = await testDatabase({ clock: aClock(new Date()) })
  town = await db.system((ctx) => aTown(ctx))
  platform = await aPlatform(db)
  document = (await platform.app.inject({ url: '/openapi.json' })).json() as ApiDocument
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

const operations = (): [string, Operation][] =>
  Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '').replace(/\{(\w+)\}/g, ':$1')}`,
      operation,
    ]),
  )

test('every operation says in both languages what it does, who may, how often, and what it refuses with', () => {
  expect(operations().length).toBeGreaterThan(60)
  const silent = operations().filter(([, operation]) => !operation['x-summary-en'])
  expect(silent.map(([name, { summary }]) => `${name} ${summary}`)).toEqual([])
  for (const [name, operation] of operations()) {
    expect([name, operation.summary ?? operation['x-summary-en']]).toEqual([name, expect.stringMatching(/./)])
    expect([name, operation['x-summary-en']]).toEqual([name, expect.stringMatching(/^[^\p{Script=Han}]+$/u)])
    if (name in withoutContract) continue
    expect([name, operation['x-permission'], operation['x-rate-per-minute']]).toEqual([name, expect.any(String), expect.any(Number)])
  }
})

test('every code that somebody can answer is explained, and no other', () => {
  const answered = new Set(operations().flatMap(([, operation]) => operation['x-errors'] ?? []))
  expect([...answered].filter((code) => !(code in errorWords) || !refusalStatuses.has(code))).toEqual([])
  expect(Object.keys(errorWords).filter((code) => code !== 'base.failed' && !refusalStatuses.has(code))).toEqual([])
  for (const words of Object.values(errorWords)) {
    expect(words.zh).toMatch(/\p{Script=Han}/u)
    expect(words.en).toMatch(/^[^\p{Script=Han}]+$/u)
  }
})

test.each(['zh', 'en'])(
  'the pages in %s hold every operation and every code, run under the strict policy, and fetch nothing from elsewhere',
  async (lang) => {
    const page = await platform.app.inject({ url: `/docs?lang=${lang}` })
    const nonce = /'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1]
    expect(page.body.match(/ nonce="[^"]+"/g)?.every((one) => one === ` nonce="${nonce}"`)).toBe(true)
    expect(page.body).not.toMatch(/(src|href)="https?:|style="|onclick=/)
    for (const [name, operation] of operations()) expect([name, page.body.includes(`id="${operation.operationId}"`)]).toEqual([name, true])
    const errors = await platform.app.inject({ url: `/docs/errors?lang=${lang}` })
    for (const code of Object.keys(errorWords)) expect(errors.body).toContain(`<tr id="${code}">`)
    if (lang === 'en') {
      // Examples are in the language of the town.
      const said = page.body.replace(/<pre[\s\S]*?<\/pre>|data-words="[^"]*"|<code>[^<]*<\/code>|<header[\s\S]*?<\/header>/g, '')
      expect(said.match(/[^\n]{0,30}\p{Script=Han}[^\n]{0,30}/u)?.[0]).toBeUndefined()
    }
  },
)

const tries = 12

test('whatever a signed-in caller sends in good faith, every documented endpoint answers with a status, a code and a body that the document has [PLAT-10] (own API)', {
  timeout: 300_000,
}, async () => {
  const known = await whatIsThere()
  const faults = new Set<string>()
  let succeeded = 0
  for (const [name, operation] of operations().sort(([a], [b]) => Number(endsSomething(a)) - Number(endsSomething(b)))) {
    const endpoint = endpoints.get(name)
    if (!endpoint) {
      expect(withoutContract).toHaveProperty([name])
      continue
    }
    const member = memberFor(endpoint)
    const token = member && (await db.system((ctx) => aSession(ctx, member.accountId, member.postId)))
    let isAnswered = false
    for (const request of fc.sample(goodRequest(endpoint, known), { numRuns: tries, seed: 20_261_122 })) {
      const answer = await ask(endpoint, request, token)
      const fault = faultIn(operation, answer)
      if (fault) faults.add(`${name}: ${fault}`)
      isAnswered ||= answer.statusCode < 300
    }
    if (isAnswered) succeeded += 1
  }
  expect([...faults]).toEqual([])
  // The rest needs more than chance to succeed: the walk below, and the tests of each engine, which check every answer against its contract.
  expect(succeeded).toBeGreaterThan(45)
})

test('an integrator’s walk: file, look, move, read the log, print, and each answer fits the document [PLAT-10] (own API)', async () => {
  const walk = async (name: string, path: string, { by, body }: { by?: TownMember; body?: object } = {}) => {
    const token = by && (await db.system((ctx) => aSession(ctx, by.accountId, by.postId)))
    const [method = 'GET'] = name.split(' ')
    const answer = await platform.app.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      remoteAddress: '10.2.0.1',
      headers: { ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { payload: body }),
    })
    const operation = operations().find(([one]) => one === name)?.[1] ?? {}
    expect([name, answer.statusCode < 300 ? (faultIn(operation, answer) ?? 'fits') : answer.body]).toEqual([name, 'fits'])
    return answer.json() as Record<string, string> & { seq: number }
  }
  const clerk = town.posts.communityWorker
  const areaCode = town.areas.xingfuCell1.code
  const online = await walk('POST /public/appeals', '/public/appeals', { body: { requestId: newId(), detail: '路灯不亮', areaCode } })
  await walk('GET /public/cases/:number', `/public/cases/${online.number}?tail=${online.code?.slice(-4)}`)
  const opened = await walk('POST /cases', '/cases', {
    by: clerk,
    body: { requestId: newId(), channel: 'counter', detail: '井盖响', areaCode },
  })
  await walk('GET /cases', '/cases?limit=1', { by: clerk })
  const { seq } = await walk('GET /cases/:caseId', `/cases/${opened.caseId}`, { by: clerk })
  const note = { requestId: newId(), expectedSeq: seq, data: { note: '已到现场看过' } }
  await walk('POST /cases/:caseId/moves/:key', `/cases/${opened.caseId}/moves/note`, { by: clerk, body: note })
  await walk('GET /cases/:caseId/entries', `/cases/${opened.caseId}/entries`, { by: clerk })
  await walk('POST /cases/:caseId/receipts', `/cases/${opened.caseId}/receipts`, { by: clerk, body: { requestId: newId() } })
  await walk('GET /me', '/me', { by: clerk })
  await walk('GET /audit/verify', '/audit/verify', { by: town.posts.auditAdmin })
})

/** These end what others need. */
const endsSomething = (name: string): boolean => /DELETE|password|acting-post|switches|state|erase|withdraw/.test(name)

interface GoodRequest {
  params: unknown
  query: unknown
  body: unknown
}

const goodRequest = (endpoint: Endpoint, known: Known): fc.Arbitrary<GoodRequest> =>
  fc.record({ params: inputOf(endpoint.params, known), query: inputOf(endpoint.query, known), body: inputOf(endpoint.body, known) })

let asked = 0
async function ask({ method, path }: Endpoint, { params, query, body }: GoodRequest, token: string | undefined) {
  asked++
  const url = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])))
  const pairs = Object.entries((query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined)
  return platform.app.inject({
    method,
    url: `/api/v1${url}${pairs.length > 0 ? `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}` : ''}`,
    remoteAddress: `10.1.${asked >> 8}.${asked & 255}`,
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { payload: body as object }),
  })
}

/** Judged by the document alone, as an integrator's own generator would. */
function faultIn(
  { responses = {} }: Operation,
  answer: { statusCode: number; body: string; headers: Record<string, unknown> },
): string | undefined {
  const documented = responses[String(answer.statusCode)]
  if (!documented) return `${answer.statusCode} is not documented: ${answer.body.slice(0, 200)}`
  if (answer.statusCode >= 400) {
    const { code } = Problem.parse(JSON.parse(answer.body))
    return documented.description.includes(code) ? undefined : `${code} is not documented under ${answer.statusCode}`
  }
  const schema = documented.content?.['application/json']?.schema
  if (!schema || !String(answer.headers['content-type']).startsWith('application/json')) return undefined
  const verdict = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(JSON.parse(answer.body))
  return verdict.success ? undefined : `${answer.statusCode} does not fit its schema: ${z.prettifyError(verdict.error).slice(0, 300)}`
}

function memberFor({ permission }: Endpoint): TownMember | undefined {
  if (permission === 'public' || permission === 'resident') return undefined
  if (permission === 'signed-in') return town.posts.communityWorker
  const member = Object.values(town.posts).find(({ actor }) => actor.permissions.has(permission))
  if (!member) throw new Error(`no post of the town may ${permission}`)
  return member
}

async function whatIsThere(): Promise<Known> {
  const payload = { requestId: newId(), detail: '楼道的灯坏了', areaCode: town.areas.xingfuCell1.code, contact: { phone: '19999990001' } }
  const filed = await platform.app.inject({ method: 'POST', url: '/api/v1/public/appeals', payload })
  const { number, code } = filed.json() as { number: string; code: string }
  const files = await db.superuser<{ case_id: string }>('SELECT case_id FROM cases.case_file')
  return {
    caseId: files.map(({ case_id }) => case_id),
    number: [number],
    tail: ['0001'],
    code: [code],
    key: ['accept', 'note'],
    accountId: [town.posts.gridWorker.accountId],
    postId: [town.posts.gridWorker.postId],
    orgId: Object.values(town.orgs),
    areaId: Object.values(town.areas).map(({ areaId }) => areaId),
    areaCode: [town.areas.xingfu.code, town.areas.xingfuCell1.code],
    parent: [town.areas.county.areaId],
    communityId: [town.areas.xingfu.areaId],
    role: ['gridWorker'],
    category: [''],
    list: ['cases.list'],
  }
}
