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

/** Tokens by account; signing in costs the server a hash each time. */
const tokens = new Map<string, string>()

export async function openApi(
  url: string,
  { account, password }: Pick<Demo['logins'][number], 'account' | 'password'>,
): Promise<ApiClient> {
  const signIn = async (): Promise<string> => {
    const { token } = await read<{ token: string }>(await send(url, 'POST', '/sessions', { account, password }))
    tokens.set(account, token)
    return token
  }
  const ask: ApiClient['ask'] = async (method, path, body) => {
    const answer = await send(url, method, path, body, tokens.get(account) ?? (await signIn()))
    // A clock that was moved on ends sessions.
    return answer.status === 401 ? send(url, method, path, body, await signIn()) : answer
  }
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
export async function fileAppeal(
  url: string,
  appeal: { detail: string; areaCode: string; phone?: string; category?: string },
): Promise<Filed> {
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

interface Staffed {
  url: string
  api(account: string): Promise<ApiClient>
}

/** Everything that the offices do with an appeal of the old estate until it is answered and called back, without a page. */
export async function closeAppeal(town: Staffed, number: string, reply: string): Promise<string> {
  const caseId = await dispatchAppeal(town, number)
  const clerk = await town.api('housing-clerk')
  await clerk.move(caseId, 'claim')
  await clerk.move(caseId, 'reply', { reply })
  const dispatcher = await town.api('dispatcher')
  const now = (await dispatcher.get<{ now: string }>('/me')).now
  await dispatcher.move(caseId, 'followUp', { contactedAt: now, resolved: true })
  return caseId
}

/** Takes it in and sends it to the housing bureau; answers with the id of the case. */
export async function dispatchAppeal(town: Staffed, number: string, appealType = 'help'): Promise<string> {
  const worker = await town.api('community')
  const caseId = await findCase(worker, number)
  await worker.move(caseId, 'accept', { appealType })
  const dispatcher = await town.api('dispatcher')
  const { items } = await dispatcher.get<{ items: { orgId: string }[] }>(`/organizations?q=${encodeURIComponent('住房和城乡建设')}`)
  await dispatcher.move(caseId, 'dispatch', { orgId: items[0]!.orgId })
  return caseId
}

export async function findCase(client: ApiClient, number: string): Promise<string> {
  const { items } = await client.get<{ items: { caseId: string; number: string }[] }>(`/cases?q=${encodeURIComponent(number)}`)
  const found = items.find((item) => item.number === number)
  if (!found) throw new Error(`${number} is not in this post's lists`)
  return found.caseId
}
