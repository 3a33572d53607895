import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes as accessRoutes, createAreaBook, createSessions, placeFrom } from '@linli/access/server'
import { aTown, type Town, type TownPost } from '@linli/access/testing'
import type { Endpoint, Problem, ResultOf, Sent } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import {
  adoptFiles,
  createPersonKey,
  erasePerson,
  type FileStore,
  loadPersonKey,
  openFileStore,
  publishedCalendar,
  uploadRoute,
} from '@linli/base/server'
import { type TestDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import type { CaseType } from '../define/case-type.ts'
import type { CasesDeps } from '../server/deps.ts'
import { caseFileRoutes } from '../server/file-routes.ts'
import { caseHandover } from '../server/hand-over-cases.ts'
import { caseRoutes } from '../server/routes.ts'
import { aCatalogue } from './street-lamp.ts'

/** What came back: `result` of a success, `problem` of a refusal; asking for the other one fails the test with what was answered. */
export interface Answer<E extends Endpoint> {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly bytes: Buffer
  readonly result: ResultOf<E>
  readonly problem: Problem
}

/** Who asks: a post of the town, or nobody. */
export type By = TownPost | null

/** The one thing that a matter of these tests can be about. */
export const lampPost = { id: newId(), code: 'LAMP-1' }

export interface CasesApp {
  readonly db: TestDatabase
  readonly app: FastifyInstance
  readonly deps: CasesDeps
  readonly town: Town
  readonly store: FileStore
  send<E extends Endpoint>(endpoint: E, by: By, sent?: Partial<Sent<E>>): Promise<Answer<E>>
  /** Files an appeal as a resident would. */
  openOne(appeal?: Partial<Sent<typeof contract.fileAppeal>['body']>): Promise<OpenedCase>
  /** One step on the case as it is now; fails the test when it is refused. */
  move(caseId: string, key: string, by: TownPost, data?: Record<string, unknown>): Promise<contract.CaseView>
  /** A new case, led step by step to a stage of the street lamp; `org` repairs it. */
  moveTo(stage: LampStage, options?: MoveToOptions): Promise<OpenedCase>
  /** A picture of one color as a stored upload; its id. */
  upload(): Promise<string>
  close(): Promise<void>
}

export interface OpenedCase {
  caseId: string
  number: string
  code: string
  tail: string
}

export interface MoveToOptions {
  appeal?: Partial<Sent<typeof contract.fileAppeal>['body']>
  appealType?: 'help' | 'urgent' | 'report'
  /** Minutes that pass before each step. */
  every?: number
}

const path = ['reported', 'listed', 'sent', 'mending', 'mended', 'done'] as const
export type LampStage = (typeof path)[number] | 'remending' | 'checking'

/** The routes of cases and of access over a database of one's own, a town with its posts signed in, and real keys, files and sessions. */
export async function casesApp(db: TestDatabase, types?: readonly CaseType[]): Promise<CasesApp> {
  const town = await db.system((system) => aTown(system))
  const folder = await mkdtemp(join(tmpdir(), 'linli-cases-'))
  const store = openFileStore(folder)
  const { deps, app } = await compose(db, store, types)
  let asked = 0

  const send: CasesApp['send'] = async (endpoint, by, sent = {}) => {
    const response = await app.inject({
      method: endpoint.method,
      url: urlOf(endpoint, sent.params as Words | undefined, sent.query as Words | undefined),
      headers: by ? town.signIn(by) : {},
      // Everyone asks from an address of their own: the brake per address is the base engine's, and tested there.
      remoteAddress: `10.${++asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
      ...(sent.body === undefined ? {} : { payload: sent.body as object }),
    })
    return answerOf(response.statusCode, response.headers, response.rawPayload)
  }

  const openOne: CasesApp['openOne'] = async (appeal = {}) => {
    const body = {
      requestId: newId(),
      detail: '楼下的路灯不亮了。晚上看不见路。',
      areaCode: '239999001001001',
      contact: { phone: '19999990042', name: '孙桂兰' },
      ...appeal,
    }
    const { number, code } = (await send(contract.fileAppeal, null, { body })).result
    const [row] = await db.superuser<{ case_id: string }>(`SELECT case_id FROM cases.case_file WHERE number = '${number}'`)
    return { caseId: row!.case_id, number, code, tail: (body.contact?.phone ?? code).slice(-4) }
  }

  const move: CasesApp['move'] = async (caseId, key, by, data = {}) => {
    const { seq } = (await send(contract.getCase, by, { params: { caseId } })).result
    return (await send(contract.moveCase, by, { params: { caseId, key }, body: { requestId: newId(), expectedSeq: seq, data } })).result
  }

  const moveTo: CasesApp['moveTo'] = async (stage, { appeal = {}, appealType = 'help', every = 0 } = {}) => {
    const opened = await openOne(appeal)
    const now = () => db.clock.now().toISOString()
    const steps: [LampStage, () => Promise<unknown>][] = [
      ['listed', () => move(opened.caseId, 'list', 'communityWorker', { appealType, category: 'lights' })],
      ['sent', () => move(opened.caseId, 'send', 'dispatcher', { orgId: town.orgs.housing })],
      ['mending', () => move(opened.caseId, 'take', 'departmentClerk')],
      ['mended', () => move(opened.caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })],
      ['done', () => move(opened.caseId, 'call', 'dispatcher', { contactedAt: now(), resolved: true, satisfied: true })],
      [
        'remending',
        async () =>
          (await send(contract.rateByCode, null, { params: { code: opened.code }, body: { requestId: newId(), score: 1 } })).result,
      ],
      ['checking', () => move(opened.caseId, 'showRemend', 'departmentClerk', { words: '换了灯头' })],
    ]
    for (const [reached, step] of steps.slice(0, stage === 'reported' ? 0 : steps.findIndex(([one]) => one === stage) + 1)) {
      db.clock.advance(every * 60_000)
      await step()
      if (reached === stage) break
    }
    return opened
  }

  return {
    db,
    app,
    deps,
    town,
    store,
    send,
    openOne,
    move,
    moveTo,
    upload: () => upload(app),
    close: async () => {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function compose(
  db: TestDatabase,
  store: FileStore,
  types: readonly CaseType[] | undefined,
): Promise<{ deps: CasesDeps; app: FastifyInstance }> {
  const { vault } = db.deps
  const areas = createAreaBook(db.clock)
  const calendar = publishedCalendar()
  const sessions = createSessions({ pool: db.pool, clock: db.clock, publicUrl: 'http://127.0.0.1' })
  const deps: CasesDeps = {
    ...db.deps,
    sessions,
    catalogue: aCatalogue(types),
    calendar: () => calendar,
    findPlace: async (ctx, code) => {
      const area = await areas.find(ctx, code)
      return area && placeFrom(area)
    },
    createPersonKey: (ctx) => createPersonKey(ctx, vault),
    loadPersonKey: (ctx, keyId) => loadPersonKey(ctx, vault, keyId),
    erasePerson,
    adoptFiles,
    findSubject: async (_, ref) => {
      const isLamp = 'code' in ref ? ref.code === lampPost.code : 'id' in ref && ref.id === lampPost.id
      return isLamp ? { id: lampPost.id, name: `路灯 ${lampPost.code}` } : undefined
    },
  }
  const app = await testHttp((http) => {
    uploadRoute(http, deps, store)
    accessRoutes(http, { ...deps, sessions, areas, participants: [caseHandover(deps)] })
    caseRoutes(http, deps)
    caseFileRoutes(http, deps, store)
  })
  return { deps, app }
}

type Words = Record<string, string | number | undefined>

function urlOf(endpoint: Endpoint, params: Words = {}, query: Words = {}): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])))
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`
}

function answerOf<E extends Endpoint>(status: number, headers: Record<string, unknown>, bytes: Buffer): Answer<E> {
  const body = () => JSON.parse(bytes.toString('utf8')) as unknown
  const wrong = (wanted: string) => new Error(`no ${wanted} but ${status} ${bytes.toString('utf8').slice(0, 500)}`)
  return {
    status,
    headers,
    bytes,
    get result() {
      if (status >= 400) throw wrong('result')
      return body() as ResultOf<E>
    },
    get problem() {
      if (status < 400) throw wrong('refusal')
      return body() as Problem
    },
  }
}

/** One white pixel. */
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==', 'base64')

async function upload(app: FastifyInstance): Promise<string> {
  const boundary = 'street-lamp'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="lamp.png"\r\ncontent-type: image/png\r\n\r\n`
  const response = await app.inject({
    method: 'POST',
    url: '/api/v1/public/uploads',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), pixel, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
  if (response.statusCode !== 201) throw new Error(`upload refused: ${response.payload}`)
  return (response.json() as { id: string }).id
}
