import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One HTTP operation as an object: the server routes it, OpenAPI is generated from it, the browser client takes only its type. */
export interface Endpoint {
  readonly method: Method
  /** Below `/api/v1`, with `:name` parameters. */
  readonly path: string
  readonly summary: string
  /** `public` asks for nobody, `signed-in` for any session of staff, `resident` for one of a resident, anything else is a permission (`engine.verb`) of the acting post. */
  readonly permission: string
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly result: z.ZodType
  /** Answer on success; 200 when absent. A replayed request answers `replayStatus` (the same when absent). */
  readonly status?: 200 | 201 | 202 | 204
  readonly replayStatus?: 200 | 201
  /** Codes this operation can answer beside the general ones (`base.request_invalid`, `access.*`). */
  readonly errors?: readonly string[]
  /** The body carries a `requestId`; the same id from the same sender is answered with the stored result for 30 days. */
  readonly idempotent?: true
  /** The answer changes seldom: it bears a tag, and whoever holds it already is told so (304) instead of being sent it again. */
  readonly tagged?: true
  /** A session that was opened for a wall may ask this as well; it may ask nothing else (docs/decisions). */
  readonly onWall?: true
  /** Attempts per minute and client address; the base default holds when absent. */
  readonly rate?: number
}

export function endpoint<const E extends Endpoint>(spec: E): E {
  return spec
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined
type Input<T> = T extends z.ZodType ? z.input<T> : undefined

/** What a handler receives: parsed, typed, defaults applied. */
export interface Parsed<E extends Endpoint> {
  params: Output<E['params']>
  query: Output<E['query']>
  body: Output<E['body']>
}

/** What a caller sends. */
export interface Sent<E extends Endpoint> {
  params: Input<E['params']>
  query: Input<E['query']>
  body: Input<E['body']>
}

export type ResultOf<E extends Endpoint> = z.input<E['result']>
