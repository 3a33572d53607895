import { type Ctx, newSecret, sha256, sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import type { Separation } from '../define/roles.ts'
import { AccountError } from './account-error.ts'
import { livePost } from './find-posts.ts'
import { lockFor, type Strangers } from './lockout.ts'
import { verifyPassword } from './passwords.ts'
import { endsAfter, keepSingle } from './sessions.ts'

export interface SignInDeps extends TransactionDeps {
  strangers: Strangers
}

export interface SignIn {
  account: string
  password: string
  userAgent?: string
  traceId: string
}

interface Candidate {
  account_id: string
  login: string
  password_hash: string | null
  locked_until: Date | null
  disabled_at: Date | null
}

/**
 * Signs in and answers the token, shown this once. Whether an account is unknown, has no password or was given the wrong one
 * cannot be told from the answer or from how long it took. Every attempt is on the audit trail. An administrator is signed in at one
 * place: `ended` other sessions.
 */
export async function openSession(
  deps: SignInDeps,
  { account, password, userAgent, traceId }: SignIn,
): Promise<{ token: string; expiresAt: Date; ended: number }> {
  const candidate = await verifyAccount(deps, account.toLowerCase(), password, traceId)
  const token = newSecret()
  const actor = { ...systemActor, accountId: candidate.account_id }
  return transact(
    deps,
    actor,
    async (ctx) => {
      const expiresAt = new Date(ctx.now.getTime() + endsAfter)
      // Under the row's lock: of two who sign in side by side, the second sees the session of the first.
      await ctx.run(sql`UPDATE access.account SET last_sign_in_at = ${ctx.now} WHERE account_id = ${candidate.account_id}`)
      const post = await choosePost(ctx, candidate.account_id)
      const postId = post?.post_id ?? null
      const ended = await keepSingle(ctx, candidate.account_id, post?.separation)
      await ctx.run(sql`INSERT INTO access.session (token_hash, account_id, post_id, made_at, seen_at, expires_at, user_agent)
        VALUES (${sha256(token)}, ${candidate.account_id}::uuid, ${postId}::uuid, ${ctx.now}, ${ctx.now}, ${expiresAt}, ${userAgent?.slice(0, 120) ?? null})`)
      ctx.audit({ action: 'access.signed_in', subjectKind: 'account', subjectId: candidate.account_id })
      return { token, expiresAt, ended }
    },
    { traceId },
  )
}

/** The account when the password is right; otherwise counts the attempt and refuses. Hashing holds no connection. */
export async function verifyAccount(deps: SignInDeps, login: string, password: string, traceId: string): Promise<Candidate> {
  const found = await transact(deps, systemActor, (ctx) =>
    ctx.find(sql<Candidate>`SELECT account_id, login, password_hash, locked_until, disabled_at FROM access.account WHERE login = ${login}`),
  )
  const isRight = await verifyPassword(found?.password_hash, password)
  if (!found) throw await refuseStranger(deps, login, traceId)
  const actor = { ...systemActor, accountId: found.account_id }
  const refusal = await transact(deps, actor, (ctx) => settleAttempt(ctx, found.account_id, isRight), { traceId })
  if (refusal) throw refusal
  return found
}

/** Under the row's lock, so that guesses made side by side are counted one after the other; a right one after the lock fell is too late. */
async function settleAttempt(ctx: Ctx, accountId: string, isRight: boolean): Promise<Error | undefined> {
  const account = await ctx.get(sql<{ failed_count: number; locked_until: Date | null; disabled_at: Date | null }>`
    SELECT failed_count, locked_until, disabled_at FROM access.account WHERE account_id = ${accountId} FOR UPDATE`)
  const refused = (reason: string) =>
    ctx.audit({ action: 'access.sign_in_refused', subjectKind: 'account', subjectId: accountId, detail: { reason } })
  if (account.locked_until && account.locked_until > ctx.now) {
    refused('locked')
    return lockedRefusal(account.locked_until, ctx.now)
  }
  if (!isRight) {
    const failedCount = account.failed_count + 1
    const lock = lockFor(failedCount)
    const lockedUntil = lock ? new Date(ctx.now.getTime() + lock) : null
    await ctx.run(
      sql`UPDATE access.account SET failed_count = ${failedCount}, locked_until = ${lockedUntil} WHERE account_id = ${accountId}`,
    )
    refused('password')
    return lockedUntil ? lockedRefusal(lockedUntil, ctx.now) : wrongRefusal()
  }
  if (account.failed_count > 0) {
    await ctx.run(sql`UPDATE access.account SET failed_count = 0, locked_until = NULL WHERE account_id = ${accountId}`)
  }
  if (!account.disabled_at) return undefined
  refused('disabled')
  // Said only to someone who knows the password.
  return AccountError('account_disabled')
}

/** What was typed is not kept: people type passwords into the wrong field. */
async function refuseStranger(deps: SignInDeps, login: string, traceId: string): Promise<Error> {
  const now = deps.clock.now()
  const already = deps.strangers.lockedUntil(login)
  const lockedUntil = already ?? deps.strangers.fail(login)
  await transact(
    deps,
    systemActor,
    async (ctx) =>
      ctx.audit({ action: 'access.sign_in_refused', subjectKind: 'account', detail: { reason: already ? 'locked' : 'unknown' } }),
    { traceId },
  )
  return lockedUntil ? lockedRefusal(lockedUntil, now) : wrongRefusal()
}

const wrongRefusal = () => AccountError('credentials_wrong')

function lockedRefusal(until: Date, now: Date): Error {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
  return AccountError('account_locked', { retryAfterSeconds: seconds })
}

/** The post acted in last, if it is still held; otherwise the first one given. */
function choosePost(ctx: Ctx, accountId: string): Promise<{ post_id: string; separation: Separation } | undefined> {
  return ctx.find(sql<{ post_id: string; separation: Separation }>`
    SELECT p.post_id, p.separation FROM access.post p JOIN access.account a USING (account_id)
    WHERE p.account_id = ${accountId} AND ${livePost(ctx.now)}
    ORDER BY p.post_id = (SELECT s.post_id FROM access.session s WHERE s.account_id = ${accountId} AND s.purpose = 'work' AND s.post_id IS NOT NULL ORDER BY s.seen_at DESC LIMIT 1)
      DESC NULLS LAST, p.made_at, p.post_id LIMIT 1`)
}
