import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint, Parsed, ResultOf } from '../contract/endpoint.ts'
import { refusalsZh } from '../words/zh.ts'
import { type Actor, may, publicActor } from './actor.ts'
import { sha256, type Vault } from './crypto.ts'
import { BaseError, defineErrors, Refusal } from './errors.ts'
import { type RateLimiter, takeFrom } from './rate-limit.ts'
import { sql } from './sql.ts'
import { type Ctx, type TransactionDeps, type TransactionOptions, transact } from './transaction.ts'

/** Filled by `access`: who is behind this request. Undefined when nobody is signed in. */
export interface SessionSlot {
  /** `machine`: nobody need sit at the desk for this request to come, so it does not keep the session from idling out. */
  resolve(request: FastifyRequest, by?: 'person' | 'machine'): Promise<Actor | undefined>
  /** The resident behind a request of their portal. */
  resolveResident?(request: FastifyRequest): Promise<Actor | undefined>
}

export interface ServeDeps extends TransactionDeps {
  vault: Vault
  sessions: SessionSlot
  limiter: RateLimiter
}

export interface Exchange {
  request: FastifyRequest
  reply: FastifyReply
}

export type Handler<E extends Endpoint> = (ctx: Ctx, input: Parsed<E>, exchange: Exchange) => Promise<ResultOf<E>>
/** The handler of `serveBare`: who asks, and no transaction. */
export type BareHandler<E extends Endpoint> = (actor: Actor, input: Parsed<E>, exchange: Exchange) => Promise<ResultOf<E>>

export const AccessError = defineErrors('access', { unauthenticated: 401, forbidden: 403, request_foreign: 403 }, refusalsZh)

/** How the transaction of an endpoint runs. */
export type ServeOptions = Pick<TransactionOptions, 'isPage' | 'asksOnce'>

/**
 * Routes one endpoint: who (session) → may (permission) → what (validation) → one transaction in the actor's scope → answer.
 * An idempotent endpoint answers a replay with what it answered first, and the same id with another body with 409.
 */
export function serve<E extends Endpoint>(
  app: FastifyInstance,
  deps: ServeDeps,
  endpoint: E,
  handler: Handler<E>,
  how: ServeOptions = {},
): void {
  route(app, deps, endpoint, async (actor, input, exchange) => {
    const options = { ...how, traceId: exchange.request.id, address: exchange.request.ip }
    const status = endpoint.status ?? 200
    if (!endpoint.idempotent) {
      const result = await transact(deps, actor, (ctx) => handler(ctx, input, exchange), options)
      return endpoint.tagged && isHeld(exchange, result) ? exchange.reply.code(304).send() : exchange.reply.code(status).send(result)
    }
    const { result, replayed } = await once(deps, actor, endpoint, input, (ctx) => handler(ctx, input, exchange), options)
    return exchange.reply.code(replayed ? (endpoint.replayStatus ?? status) : status).send(result)
  })
}

/**
 * As `serve`, for work that opens its own transactions: where a refusal must itself be recorded, or a slow step (hashing a
 * password, storing a file) must not hold a connection.
 */
export function serveBare<E extends Endpoint>(app: FastifyInstance, deps: ServeDeps, endpoint: E, handler: BareHandler<E>): void {
  route(app, deps, endpoint, async (actor, input, exchange) =>
    exchange.reply.code(endpoint.status ?? 200).send(await handler(actor, input, exchange)),
  )
}

function route<E extends Endpoint>(
  app: FastifyInstance,
  deps: ServeDeps,
  endpoint: E,
  answer: (actor: Actor, input: Parsed<E>, exchange: Exchange) => Promise<FastifyReply>,
): void {
  app.route({
    method: endpoint.method,
    url: `/api/v1${endpoint.path}`,
    schema: routeSchema(endpoint),
    config: { endpoint, ...(endpoint.onWall && { onWall: true }) },
    onRequest: async (request, reply) => {
      limit(deps.limiter, endpoint, request, reply)
      request.actor = await authorize(deps, endpoint, request)
    },
    handler: async (request, reply) => {
      // The one cast between fastify's untyped request and the contract that validated it.
      const input = { params: request.params, query: request.query, body: request.body } as Parsed<E>
      return answer(request.actor ?? publicActor, input, { request, reply })
    },
  })
}

/** Tags the answer by what it says; true when whoever asks has it. Held for the asker alone, and asked about each time. */
function isHeld({ request, reply }: Exchange, result: unknown): boolean {
  const tag = `"${sha256(JSON.stringify(result)).toString('base64url').slice(0, 22)}"`
  reply.header('etag', tag).header('cache-control', 'private, no-cache')
  return request.headers['if-none-match'] === tag
}

/** The work at most once per (sender, requestId): its answer commits with it. Of two racing twins one wins, the other answers the winner's. */
async function once<E extends Endpoint>(
  deps: ServeDeps,
  actor: Actor,
  endpoint: E,
  input: Parsed<E>,
  work: (ctx: Ctx) => Promise<ResultOf<E>>,
  options: { traceId: string; address: string },
): Promise<{ result: ResultOf<E>; replayed: boolean }> {
  const { requestId } = input.body as { requestId: string }
  const bodyHash = sha256(endpoint.method, endpoint.path, canonical(input.params), canonical(input.body))
  for (let attempt = 1; ; attempt++) {
    let sealedResult: Buffer | undefined
    let replayed = false
    try {
      const result = await transact(
        deps,
        actor,
        async (ctx) => {
          sealedResult = undefined
          const stored = await ctx.find<{ body_hash: Buffer; sealed_result: Buffer }>(sql`
            SELECT body_hash, sealed_result FROM base.idempotent_request WHERE sender = ${actor.sender} AND request_id = ${requestId}`)
          replayed = stored !== undefined
          if (stored) {
            if (!stored.body_hash.equals(bodyHash))
              throw BaseError('request_reused', { detail: '同一个 requestId 已用于另一份内容，请换一个新的再提交' })
            return JSON.parse(deps.vault.open(stored.sealed_result)) as ResultOf<E>
          }
          const made = await work(ctx)
          sealedResult = deps.vault.seal(JSON.stringify(made))
          return made
        },
        { ...options, answer: () => (sealedResult ? { requestId, bodyHash, sealedResult } : undefined) },
      )
      return { result, replayed }
    } catch (error) {
      if (attempt < 3 && (error as { constraint?: string }).constraint === 'idempotent_request_once') continue
      // The twin may have won the thing itself rather than the stored answer, and so closed it to this one; look once more before saying no.
      if (attempt < 3 && error instanceof Refusal && error.code !== 'base.request_reused' && (await isStored(deps, actor, requestId)))
        continue
      throw error
    }
  }
}

async function isStored(deps: ServeDeps, actor: Actor, requestId: string): Promise<boolean> {
  const row = await transact(deps, actor, (ctx) =>
    ctx.find(sql`SELECT 1 AS here FROM base.idempotent_request WHERE sender = ${actor.sender} AND request_id = ${requestId}`),
  )
  return row !== undefined
}

async function authorize(deps: ServeDeps, endpoint: Endpoint, request: FastifyRequest): Promise<Actor | undefined> {
  if (endpoint.permission === 'resident') {
    const resident = await deps.sessions.resolveResident?.(request)
    if (!resident) throw AccessError('unauthenticated')
    return resident
  }
  const isPublic = endpoint.permission === 'public'
  // A resident's page left open in the same browser is not work at the desk.
  const actor = await deps.sessions.resolve(request, isPublic ? 'machine' : 'person')
  if (isPublic) return publicActor
  if (!actor) throw AccessError('unauthenticated')
  if (endpoint.permission === 'signed-in') return actor
  if (may(actor, endpoint.permission)) return actor
  const refused = {
    action: 'access.refused',
    subjectKind: 'endpoint',
    subjectId: `${endpoint.method} ${endpoint.path}`,
    detail: { permission: endpoint.permission },
  }
  await transact(deps, actor, async (ctx) => ctx.audit(refused), { traceId: request.id })
  throw AccessError('forbidden')
}

function limit(limiter: RateLimiter, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): void {
  const wait = takeFrom(limiter, `${request.ip} ${endpoint.method} ${endpoint.path}`, endpoint.rate ?? limiter.defaultPerMinute)
  if (wait === 0) return
  reply.header('retry-after', String(wait))
  throw BaseError('rate_limited', { detail: `请求太密，请 ${wait} 秒后再试`, retryAfterSeconds: wait })
}

function routeSchema(endpoint: Endpoint): Record<string, unknown> {
  const schema: Record<string, unknown> = {
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[1]],
    response: { [endpoint.status ?? 200]: endpoint.result },
  }
  if (endpoint.params) schema.params = endpoint.params
  if (endpoint.query) schema.querystring = endpoint.query
  if (endpoint.body) schema.body = endpoint.body
  return schema
}

/** The same JSON for the same content, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined
  }
  interface FastifyContextConfig {
    endpoint?: Endpoint
    /** As in the contract; for a route without one it is said here. */
    onWall?: true
  }
}
