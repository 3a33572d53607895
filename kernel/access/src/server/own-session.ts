import { type Ctx, sql, systemActor, transact } from '@linli/base/server'
import type { Me } from '../contract/session.ts'
import type { Separation } from '../define/roles.ts'
import { AccountError } from './account-error.ts'
import { getMe } from './get-me.ts'
import { type SignInDeps, verifyAccount } from './open-session.ts'
import { hashPassword, passwordFault } from './passwords.ts'
import { endSessions, keepSingle } from './sessions.ts'

/** Signs this session out. */
export async function closeSession(ctx: Ctx, key: Buffer): Promise<void> {
  await ctx.as(systemActor, (system) => endSessions(system, { token: key }))
  ctx.audit({ action: 'access.signed_out', subjectKind: 'account', subjectId: ctx.actor.accountId ?? undefined })
}

/** From now on this session acts in another post of the same account; its other sessions stay as they are. */
export async function actAs(ctx: Ctx, key: Buffer, postId: string): Promise<Me> {
  const { accountId } = ctx.actor
  if (!accountId) throw AccountError('post_unknown')
  const me = await getMe(ctx, accountId, postId)
  if (!me.actingPost) throw AccountError('post_unknown', { detail: '您没有这个岗位，或它已经到期' })
  await ctx.as({ ...systemActor, accountId }, async (system) => {
    const { separation } = await system.get(sql<{ separation: Separation }>`SELECT separation FROM access.post WHERE post_id = ${postId}`)
    await system.run(sql`UPDATE access.session SET post_id = ${postId} WHERE token_hash = ${key}`)
    await keepSingle(system, accountId, separation, key)
  })
  ctx.audit({ action: 'access.post_taken', subjectKind: 'post', subjectId: postId })
  return me
}

export interface PasswordChange {
  accountId: string
  current: string
  next: string
  /** The session that asks; it alone stays. */
  key: Buffer | undefined
  traceId: string
}

/** Changes one's own password and ends every other session. Wrong guesses at the current one count as at sign-in. */
export async function changePassword(deps: SignInDeps, { accountId, current, next, key, traceId }: PasswordChange): Promise<void> {
  const { login } = await transact(deps, systemActor, (ctx) =>
    ctx.get(sql<{ login: string }>`SELECT login FROM access.account WHERE account_id = ${accountId}`),
  )
  const fault = next === current ? '新密码和原来的一样' : passwordFault(next, login)
  if (fault) throw AccountError('password_weak', { detail: fault, fields: [{ path: 'next', message: fault }] })
  await verifyAccount(deps, login, current, traceId)
  const passwordHash = await hashPassword(next)
  const actor = { ...systemActor, accountId }
  await transact(
    deps,
    actor,
    async (ctx) => {
      await ctx.run(sql`UPDATE access.account SET password_hash = ${passwordHash} WHERE account_id = ${accountId}`)
      await endSessions(ctx, { accountId, except: key })
      ctx.audit({ action: 'access.password_changed', subjectKind: 'account', subjectId: accountId })
    },
    { traceId },
  )
}
