import { type Ctx, sql, systemActor } from '@linli/base/server'

export interface Names {
  accounts: Map<string, string>
  orgs: Map<string, string>
}

/** Names for ids in records that the actor may already read: who did it, and for whom. */
export function namesOf(ctx: Ctx, ids: { accounts: readonly string[]; orgs: readonly string[] }): Promise<Names> {
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(sql<{ kind: 'account' | 'org'; id: string; name: string }>`
      SELECT 'account' AS kind, account_id AS id, display_name AS name FROM access.account WHERE account_id = ANY (${ids.accounts}::uuid[])
      UNION ALL SELECT 'org', org_id, name FROM access.organization WHERE org_id = ANY (${ids.orgs}::uuid[])`)
    const of = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row.name]))
    return { accounts: of('account'), orgs: of('org') }
  })
}

/** What someone may mean by an account: its login, its id, or the name it is shown by. */
export function accountsMeant(ctx: Ctx, words: string): Promise<string[]> {
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(sql<{ account_id: string }>`
      SELECT account_id FROM access.account WHERE login = lower(${words}) OR display_name = ${words} OR account_id::text = lower(${words}) LIMIT 100`)
    return rows.map((row) => row.account_id)
  })
}
