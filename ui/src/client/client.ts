import type * as access from '@linli/access/contract'
import type * as base from '@linli/base/contract'
import type { Endpoint, Problem, ResultOf, Sent } from '@linli/base/contract'
import type * as cases from '@linli/cases/contract'
import type * as exchange from '@linli/exchange/contract'
import type * as messages from '@linli/messages/contract'
import type * as registry from '@linli/registry/contract'
import type * as scene from '@linli/scene/contract'
import type * as signals from '@linli/signals/contract'

type Exports =
  | (typeof access)[keyof typeof access]
  | (typeof base)[keyof typeof base]
  | (typeof cases)[keyof typeof cases]
  | (typeof exchange)[keyof typeof exchange]
  | (typeof messages)[keyof typeof messages]
  | (typeof registry)[keyof typeof registry]
  | (typeof scene)[keyof typeof scene]
  | (typeof signals)[keyof typeof signals]

/** Every operation of the server by `METHOD /path`. Only types: no schema reaches the browser. */
export type Operations = { [E in Extract<Exports, Endpoint> as `${E['method']} ${E['path']}`]: E }

type Present<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] }
export type InputOf<K extends keyof Operations> = Present<Sent<Operations[K]>>
export type AnswerOf<K extends keyof Operations> = ResultOf<Operations[K]>

/** The server's "no", or no answer at all (`status` 0, code `client.offline`). */
export class ApiError extends Error {
  readonly problem: Problem
  /** Seconds after which another try makes sense, where the server said so. */
  readonly retryAfter: number | undefined
  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
    this.problem = problem
    this.retryAfter = retryAfter
  }
  get status(): number {
    return this.problem.status
  }
  get code(): string {
    return this.problem.code
  }
}

interface Request_ {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

let headersOfPage = (): Record<string, string> => ({})

let hasAnswered = true

/** Whether the last call of this page got no answer: a phone says that it has a network in many a cellar that has none. */
export const isOutOfReach = (): boolean => !navigator.onLine || !hasAnswered

/** From now on every call of this page carries these headers as well; asked for at each call. */
export function sendAlong(headers: () => Record<string, string>): void {
  headersOfPage = headers
}

/**
 * Calls one operation: `call('GET /cases/:caseId', { params: { caseId } })`.
 * Throws ApiError. A write carries its `requestId`, so the caller may simply send it again after `client.offline` or 503.
 */
export async function call<K extends keyof Operations & string>(key: K, input: InputOf<K>, signal?: AbortSignal): Promise<AnswerOf<K>> {
  const [method, path] = key.split(' ') as [string, string]
  const { params, query, body } = input as Request_
  const url = `/api/v1${path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params?.[name] ?? ''))}${queryText(query)}`
  const init: RequestInit = { method, credentials: 'same-origin' }
  if (signal) init.signal = signal
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { 'content-type': 'application/json' }
  }
  return (await answer(url, init)) as AnswerOf<K>
}

type UploadKey = 'POST /public/uploads' | 'POST /imports'

/** Sends one file as multipart form data. */
export async function upload<K extends UploadKey = 'POST /public/uploads'>(file: Blob, name: string, key?: K): Promise<AnswerOf<K>> {
  const body = new FormData()
  body.append('file', file, name)
  const [, path] = (key ?? 'POST /public/uploads').split(' ')
  return (await answer(`/api/v1${path}`, { method: 'POST', body, credentials: 'same-origin' })) as AnswerOf<K>
}

async function answer(url: string, init: RequestInit): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(url, { ...init, headers: { ...headersOfPage(), ...(init.headers as Record<string, string> | undefined) } })
  } catch (error) {
    if (init.signal?.aborted) throw error
    hasAnswered = false
    throw new ApiError({ type: 'about:blank', title: 'Offline', status: 0, code: 'client.offline', traceId: '' })
  }
  hasAnswered = true
  if (response.status === 204) return undefined
  const content = await response.json().catch(() => undefined)
  if (response.ok) return content
  throw new ApiError(
    (content as Problem | undefined) ?? {
      type: 'about:blank',
      title: response.statusText,
      status: response.status,
      code: 'client.unreadable',
      traceId: '',
    },
    Number(response.headers.get('retry-after')) || undefined,
  )
}

function queryText(query: Record<string, unknown> | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
  return pairs.length > 0 ? `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}` : ''
}
