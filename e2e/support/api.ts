import { randomUUID } from 'node:crypto'
import type { Demo } from './platform-of-run.ts'

/** What other people do meanwhile, without a page: the public API with a bearer token. */
export interface ApiClient {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: object): Promise<T>
  /** The answer as it is, refusals included. */
  ask(method: string, path: string, body?: object): Promise<Response>
  /** One step on the newest state of a case. */
  move(caseId: string, key: string, data?: object): Promise<CaseState>
}

export interface CaseState {
  caseId: string
  number: string
  seq: number
  stage: string
  moves: { key: string }[]
  clock: { key: string; state: string; dueAt: string; amberAt: string } | null
  clocks: { key: string; state: string; dueAt: string; amberAt: string; startedAt: string }[]
}

export async function openApi(url: string, { account, password }: Pick<Demo['logins'][number], 'account' | 'password'>): Promise<ApiClient> {
  const { token } = await read<{ token: string }>(await send(url, 'POST', '/sessions', { account, password }))
  const ask: ApiClient['ask'] = (method, path, body) => send(url, method, path, body, token)
  const client: ApiClient = {
    ask,
    get: async (path) => read(await ask('GET', path)),
    post: async (path, body) => read(await ask('POST', path, body)),
    async move(caseId, key, data = {}) {
      const { seq } = await client.get<CaseState>(`/cases/${caseId}`)
      return client.post(`/cases/${caseId}/moves/${key}`, { requestId: randomUUID(), expectedSeq: seq, data })
    },
  }
  return client
}

export interface Filed {
  number: string
  code: string
  tail: string
}

/** An appeal filed without the page; its tail is that of the phone. */
export async function fileAppeal(url: string, appeal: { detail: string; areaCode: string; phone?: string; category?: string }): Promise<Filed> {
  const { detail, areaCode, phone = '19999990001', category } = appeal
  const body = { requestId: randomUUID(), detail, areaCode, contact: { phone }, ...(category ? { category } : {}) }
  const answer = await read<{ number: string; code: string }>(await send(url, 'POST', '/public/appeals', body))
  return { ...answer, tail: phone.slice(-4) }
}

function send(url: string, method: string, path: string, body?: object, token?: string): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${text}`)
  return (text ? JSON.parse(text) : undefined) as T
}
