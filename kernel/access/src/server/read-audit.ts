import { type Ctx, type FoundAuditRow, searchAudit, sql, systemActor } from '@linli/base/server'
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
  ctx.audit({
    action: 'audit.read',
    subjectKind: 'audit',
    detail: { by: Object.keys({ account, ...wanted }).filter((key) => ({ account, ...wanted })[key as 'account']) },
  })
  return { items: await named(ctx, items), next }
}

/** Lines with the names of whoever acted, and for whom. */
export async function named(ctx: Ctx, lines: readonly FoundAuditRow[]): Promise<AuditRow[]> {
  const known = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const names = await namesOf(ctx, { accounts: known(lines.map((row) => row.accountId)), orgs: known(lines.map((row) => row.orgId)) })
  const holders = await holdersOf(ctx, known(lines.map((row) => row.postId)))
  return lines.map(({ accountId, postId, orgId, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    accountName: accountId && nameAt(names.accounts.get(accountId), accountId, holders.get(postId ?? '')),
    orgName: orgId && (names.orgs.get(orgId) ?? null),
  }))
}

interface Holder {
  accountId: string
  name: string
}

/** Who holds these posts: whoever acted in one without holding it stood in. */
function holdersOf(ctx: Ctx, postIds: readonly string[]): Promise<ReadonlyMap<string, Holder>> {
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(sql<Holder & { postId: string }>`
      SELECT p.post_id AS "postId", a.account_id AS "accountId", a.display_name AS name FROM access.post p JOIN access.account a USING (account_id)
      WHERE p.post_id = ANY (${postIds}::uuid[])`)
    return new Map(rows.map(({ postId, ...holder }) => [postId, holder]))
  })
}

function nameAt(name: string | undefined, accountId: string, holder: Holder | undefined): string | null {
  if (name === undefined) return null
  return holder && holder.accountId !== accountId ? `${name}（代${holder.name}）` : name
}

/** Only what was refused, for the security administrator, who may not read the rest. */
export async function readRefusals(ctx: Ctx, wanted: Omit<AuditWanted, 'action' | 'subject'>): Promise<AuditPage> {
  return asPlatform(ctx, (system) => readAudit(system, { ...wanted, isRefused: true }))
}

/** For somebody who may read a part of the trail that the platform picks: its lines are in that person's name. */
export function asPlatform<T>(ctx: Ctx, work: (system: Ctx) => Promise<T>): Promise<T> {
  const { accountId, postId, orgId } = ctx.actor
  return ctx.as({ ...systemActor, accountId, postId, orgId }, work)
}
