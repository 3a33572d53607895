import { type Ctx, searchAudit, systemActor } from '@linli/base/server'
import type { AuditRow } from '../contract/administration.ts'
import { accountsMeant, namesOf } from './names-of.ts'

export interface AuditWanted {
  action?: string
  account?: string
  subject?: string
  from?: string
  to?: string
  cursor?: string
}

export interface AuditPage {
  items: AuditRow[]
  next: string | null
}

/** The audit trail with names, newest first. Reading it is on the trail as well. */
export async function readAudit(ctx: Ctx, { account, ...wanted }: AuditWanted & { isRefused?: boolean }): Promise<AuditPage> {
  const accountIds = account ? await accountsMeant(ctx, account) : undefined
  const { items, next } = await searchAudit(ctx, { ...wanted, accountIds })
  const known = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const names = await namesOf(ctx, { accounts: known(items.map((row) => row.accountId)), orgs: known(items.map((row) => row.orgId)) })
  ctx.audit({
    action: 'audit.read',
    subjectKind: 'audit',
    detail: { by: Object.keys({ account, ...wanted }).filter((key) => ({ account, ...wanted })[key as 'account']) },
  })
  return {
    items: items.map(({ accountId, orgId, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      accountName: accountId && (names.accounts.get(accountId) ?? null),
      orgName: orgId && (names.orgs.get(orgId) ?? null),
    })),
    next,
  }
}

/** Only what was refused, for the security administrator, who may not read the rest. */
export async function readRefusals(ctx: Ctx, wanted: Omit<AuditWanted, 'action' | 'subject'>): Promise<AuditPage> {
  const { accountId, postId, orgId } = ctx.actor
  return ctx.as({ ...systemActor, accountId, postId, orgId }, (system) => readAudit(system, { ...wanted, isRefused: true }))
}
