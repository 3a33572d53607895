import {
  AccessError,
  type Actor,
  type Ctx,
  type Reach,
  type SessionSlot,
  sha256,
  sql,
  systemActor,
  type TransactionDeps,
  transact,
} from '@linli/base/server'
import type { FastifyRequest } from 'fastify'
import { livePost } from './find-posts.ts'
import { actorOf } from './scope-of.ts'
import { isForeignWrite, tokenOf } from './session-cookie.ts'

export interface SessionDeps extends TransactionDeps {
  /** Where browsers reach us: https makes the cookie Secure, and its origin is ours. */
  publicUrl: string
}

export interface Sessions extends SessionSlot {
  readonly publicUrl: string
  /** The key of this request's session in `access.session`; undefined when it carries no token. */
  keyOf(request: FastifyRequest): Buffer | undefined
  /** After anything that may end a session or change what it may do: this process sees it at once, others within a second. */
  forget(): void
}

export const hour = 3_600_000
export const idleFor = 12 * hour
export const endsAfter = 7 * 24 * hour
const rememberedFor = 1000
const seenEvery = 60_000
const remembered = 10_000

interface SessionRow {
  account_id: string
  display_name: string
  seen_at: Date
  post_id: string | null
  org_id: string
  area_id: string
  area_path: string
  role_key: string
  reach: Reach
  permissions: string[]
}

/**
 * Tells who is behind a request. A session is as alive as its account and its acting post, which are read each time but
 * remembered for a second: a busy page costs one look a second, and whoever is put out is out within one.
 */
export function createSessions(deps: SessionDeps): Sessions {
  const memory = new Map<string, { actor: Promise<Actor | undefined>; until: number; clockUntil: number }>()

  const recall = (key: Buffer): Promise<Actor | undefined> => {
    const name = key.toString('base64')
    const now = deps.clock.now().getTime()
    const known = memory.get(name)
    // Two clocks: the injected one so that a test can move on, the machine's so that a clock standing still remembers nothing for ever.
    if (known && known.until > performance.now() && known.clockUntil > now) return known.actor
    const actor = transact(deps, systemActor, (ctx) => findActor(ctx, key))
    memory.delete(name)
    if (memory.size >= remembered) memory.delete(memory.keys().next().value as string)
    memory.set(name, { actor, until: performance.now() + rememberedFor, clockUntil: now + rememberedFor })
    actor.catch(() => memory.delete(name))
    return actor
  }

  return {
    publicUrl: deps.publicUrl,
    resolve: async (request) => {
      const sent = tokenOf(request)
      if (!sent) return undefined
      if (sent.by === 'cookie' && isForeignWrite(request, deps.publicUrl)) {
        throw AccessError('request_foreign', { detail: '这个请求不是从本平台的页面发出的' })
      }
      return recall(sha256(sent.token))
    },
    keyOf: (request) => {
      const sent = tokenOf(request)
      return sent && sha256(sent.token)
    },
    forget: () => memory.clear(),
  }
}

async function findActor(ctx: Ctx, key: Buffer): Promise<Actor | undefined> {
  const row = await ctx.find(sql<SessionRow>`
    SELECT s.account_id, s.seen_at, a.display_name, p.post_id, p.org_id, p.area_id, p.area_path, p.role_key, p.reach,
      ARRAY(SELECT r.permission FROM access.role_permission r WHERE r.role_key = p.role_key) AS permissions
    FROM access.session s JOIN access.account a ON a.account_id = s.account_id LEFT JOIN access.post p ON p.post_id = s.post_id
    WHERE s.token_hash = ${key} AND s.revoked_at IS NULL AND s.expires_at > ${ctx.now} AND s.seen_at > ${new Date(ctx.now.getTime() - idleFor)}
      AND a.disabled_at IS NULL AND (s.post_id IS NULL OR ${livePost(ctx.now)})`)
  if (!row) return undefined
  if (ctx.now.getTime() - row.seen_at.getTime() >= seenEvery) {
    await ctx.run(sql`UPDATE access.session SET seen_at = ${ctx.now} WHERE token_hash = ${key} AND seen_at < ${ctx.now}`)
  }
  const post = row.post_id
    ? { postId: row.post_id, orgId: row.org_id, areaId: row.area_id, areaPath: row.area_path, role: row.role_key, reach: row.reach }
    : undefined
  return actorOf({ accountId: row.account_id, displayName: row.display_name }, post, row.permissions)
}

export interface SessionsToEnd {
  accountId?: string
  postId?: string
  token?: Buffer
  except?: Buffer
}

/** Ends the sessions that match; as system. The caller lets `forget()` follow the commit. Answers how many there were. */
export function endSessions(ctx: Ctx, { accountId, postId, token, except }: SessionsToEnd): Promise<number> {
  return ctx.run(sql`
    UPDATE access.session SET revoked_at = ${ctx.now}
    WHERE revoked_at IS NULL AND token_hash IS DISTINCT FROM ${except ?? null}::bytea
      AND (account_id = ${accountId ?? null}::uuid OR post_id = ${postId ?? null}::uuid OR token_hash = ${token ?? null}::bytea)`)
}

/** Removes sessions that ended a month ago; as system, nightly. */
export function sweepSessions(ctx: Ctx): Promise<number> {
  return ctx.run(sql`DELETE FROM access.session WHERE expires_at < ${new Date(ctx.now.getTime() - 30 * 24 * hour)}`)
}
