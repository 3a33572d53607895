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
import type { Separation } from '../define/roles.ts'
import { sessionRules } from '../define/session-rules.ts'
import { livePost, mayActIn, shownName } from './find-posts.ts'
import { resolveResident } from './residents/resident-sessions.ts'
import { actorOf } from './scope-of.ts'
import { idleOf, isForeignWrite, tokenOf } from './session-cookie.ts'

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

const hour = 3_600_000
/** Used or not. */
export const endsAfter = 7 * 24 * hour
const rememberedFor = 1000
/** What the post of a wall may do there, of all that its holder may. */
const wallRights = new Set(['cases.read', 'signals.read'])
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
  separation: Separation | null
  permissions: string[]
  purpose: 'work' | 'wall'
}

interface Standing {
  actor: Actor
  isWall: boolean
  /** When somebody last used it, as far as the database knows; milliseconds. */
  seenAt: number
}

/**
 * Tells who is behind a request. A session is as alive as its account and its acting post, which are read each time but
 * remembered for a second: a busy page costs one look a second, and whoever is put out is out within one.
 *
 * A session that nobody uses ends (`sessionRules`), save that of a wall, where nobody sits: it ends after a day and may do next to
 * nothing. A page works on by itself, so its requests say how long ago a person last touched it (`idleOf`), and count as use at that
 * time; the live stream never counts. What a page says can only make a request count for less than a bare one would, so believing it
 * gives nobody anything; and used or not, a session ends after seven days.
 */
export function createSessions(deps: SessionDeps): Sessions {
  const memory = new Map<string, { standing: Promise<Standing | undefined>; until: number; clockUntil: number }>()

  const recall = (key: Buffer): Promise<Standing | undefined> => {
    const name = key.toString('base64')
    const now = deps.clock.now().getTime()
    const known = memory.get(name)
    // Two clocks: the injected one so that a test can move on, the machine's so that a clock standing still remembers nothing for ever.
    if (known && known.until > performance.now() && known.clockUntil > now) return known.standing
    const standing = transact(deps, systemActor, (ctx) => findStanding(ctx, key))
    memory.delete(name)
    if (memory.size >= remembered) memory.delete(memory.keys().next().value as string)
    memory.set(name, { standing, until: performance.now() + rememberedFor, clockUntil: now + rememberedFor })
    standing.catch(() => memory.delete(name))
    return standing
  }

  /** To the minute: more would be a write for every click. */
  const noteUse = async (key: Buffer, standing: Standing, usedAt: number): Promise<void> => {
    if (usedAt - standing.seenAt < seenEvery) return
    standing.seenAt = usedAt
    const at = new Date(usedAt)
    await transact(deps, systemActor, (ctx) =>
      ctx.run(sql`UPDATE access.session SET seen_at = ${at} WHERE token_hash = ${key} AND seen_at < ${at}`),
    )
  }

  return {
    publicUrl: deps.publicUrl,
    resolve: async (request, by = 'person') => {
      const sent = tokenOf(request)
      if (!sent) return undefined
      if (sent.by === 'cookie' && isForeignWrite(request, deps.publicUrl)) {
        throw AccessError('request_foreign')
      }
      const key = sha256(sent.token)
      const standing = await recall(key)
      // A wall asks what is meant for walls; at every other door it is nobody.
      if (standing?.isWall) return request.routeOptions.config.onWall ? standing.actor : undefined
      if (standing && by === 'person') await noteUse(key, standing, deps.clock.now().getTime() - idleOf(request))
      return standing?.actor
    },
    resolveResident: (request) => resolveResident(deps, request, deps.publicUrl),
    keyOf: (request) => {
      const sent = tokenOf(request)
      return sent && sha256(sent.token)
    },
    forget: () => memory.clear(),
  }
}

async function findStanding(ctx: Ctx, key: Buffer): Promise<Standing | undefined> {
  const row = await ctx.find(sql<SessionRow>`
    SELECT s.account_id, s.seen_at, s.purpose, ${shownName} AS display_name, p.post_id, p.org_id, p.area_id, p.area_path, p.role_key, p.reach, p.separation,
      ARRAY(SELECT r.permission FROM access.role_permission r WHERE r.role_key = p.role_key) AS permissions
    FROM access.session s JOIN access.account a ON a.account_id = s.account_id LEFT JOIN access.post p ON p.post_id = s.post_id
    WHERE s.token_hash = ${key} AND s.revoked_at IS NULL AND s.expires_at > ${ctx.now}
      AND a.disabled_at IS NULL AND (s.post_id IS NULL OR (${livePost(ctx.now)} AND ${mayActIn(ctx.now)}))`)
  if (!row) return undefined
  const seenAt = row.seen_at.getTime()
  const isWall = row.purpose === 'wall'
  if (!isWall && ctx.now.getTime() - seenAt >= sessionRules[row.separation ?? 'work'].idleFor) return undefined
  const permissions = isWall ? row.permissions.filter((right) => wallRights.has(right)) : row.permissions
  const post = row.post_id
    ? { postId: row.post_id, orgId: row.org_id, areaId: row.area_id, areaPath: row.area_path, role: row.role_key, reach: row.reach }
    : undefined
  return { actor: actorOf({ accountId: row.account_id, displayName: row.display_name }, post, permissions), seenAt, isWall }
}

/** How long this session lasts: if nobody uses it, and at most. As system. */
export async function timeLeft(ctx: Ctx, key: Buffer): Promise<{ idleSecondsLeft: number; secondsLeft: number }> {
  const row = await ctx.get(sql<{ seen_at: Date; expires_at: Date; separation: Separation | null; purpose: SessionRow['purpose'] }>`
    SELECT s.seen_at, s.expires_at, s.purpose, p.separation FROM access.session s LEFT JOIN access.post p ON p.post_id = s.post_id WHERE s.token_hash = ${key}`)
  const until = (end: number): number => Math.max(0, Math.floor((end - ctx.now.getTime()) / 1000))
  const secondsLeft = until(row.expires_at.getTime())
  const idleEnd = row.seen_at.getTime() + sessionRules[row.separation ?? 'work'].idleFor
  return { idleSecondsLeft: row.purpose === 'wall' ? secondsLeft : until(idleEnd), secondsLeft }
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

/** Where posts of this kind have one session at a time, ends those that the account has beside `except`; as system. Answers how many. */
export async function keepSingle(ctx: Ctx, accountId: string, separation: Separation | undefined, except?: Buffer): Promise<number> {
  if (!sessionRules[separation ?? 'work'].isSingle) return 0
  const ended = await endSessions(ctx, { accountId, ...(except ? { except } : {}) })
  if (ended > 0) ctx.audit({ action: 'access.session_replaced', subjectKind: 'account', subjectId: accountId, detail: { ended } })
  return ended
}

/** Takes every session along when a test clock jumps by so many milliseconds; as system. */
export function carrySessions(ctx: Ctx, jump: number): Promise<number> {
  return ctx.run(sql`
    UPDATE access.session SET seen_at = seen_at + ${jump} * interval '1 millisecond', expires_at = expires_at + ${jump} * interval '1 millisecond'
    WHERE revoked_at IS NULL`)
}

/** Removes sessions that ended a month ago; as system, nightly. */
export function sweepSessions(ctx: Ctx): Promise<number> {
  return ctx.run(sql`DELETE FROM access.session WHERE expires_at < ${new Date(ctx.now.getTime() - 30 * 24 * hour)}`)
}
