import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { AccountRow } from '../contract/administration.ts'
import { AccountError } from './account-error.ts'
import { getAccount } from './list-accounts.ts'
import { endSessions } from './sessions.ts'

type State = 'disabled' | 'enabled' | 'unlocked'

/** Disables (every session ends), enables or unlocks an account; the reason stays on the audit trail. Nobody does it to himself. */
export async function setAccountState(ctx: Ctx, accountId: string, state: State, reason: string): Promise<AccountRow> {
  await getAccount(ctx, accountId)
  if (accountId === ctx.actor.accountId) throw AccountError('account_own', { detail: '不能停用或解锁自己的账号，请另一位管理员办理' })
  const changes: Record<State, Statement> = {
    disabled: sql`disabled_at = coalesce(disabled_at, ${ctx.now})`,
    enabled: sql`disabled_at = NULL`,
    unlocked: sql`failed_count = 0, locked_until = NULL`,
  }
  const changed = await ctx.run(sql`UPDATE access.account SET ${changes[state]} WHERE account_id = ${accountId}`)
  if (changed === 0) throw AccountError('area_forbidden', { detail: '这个用户不归您管理' })
  if (state === 'disabled') await ctx.as(systemActor, (system) => endSessions(system, { accountId }))
  ctx.audit({ action: `access.account_${state}`, subjectKind: 'account', subjectId: accountId, purpose: reason })
  ctx.emit('access.account_changed', { accountId, state })
  return getAccount(ctx, accountId)
}
