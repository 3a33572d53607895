import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { AccountRow, Role } from '../contract/administration.ts'
import { AccountError } from './account-error.ts'
import { listPostsOf } from './get-me.ts'

const pageSize = 50

interface Row {
  account_id: string
  login: string
  display_name: string
  disabled_at: Date | null
  locked_until: Date | null
  last_sign_in_at: Date | null
}

const columns: Statement = sql`account_id, login, display_name, disabled_at, locked_until, last_sign_in_at`

/** Accounts that the administrator manages, by login; `q` is part of a login or of a name. */
export async function listAccounts(
  ctx: Ctx,
  { q, cursor }: { q?: string; cursor?: string },
): Promise<{ items: AccountRow[]; next: string | null }> {
  const conditions = accountConditions(q)
  if (cursor) conditions.push(sql`login > ${decodeCursor(cursor, 'text')[0]}`)
  const rows = await ctx.rows(
    sql<Row>`SELECT ${columns} FROM access.account WHERE ${sqlAnd(conditions)} ORDER BY login LIMIT ${pageSize + 1}`,
  )
  const page = rows.slice(0, pageSize)
  return { items: await withPosts(ctx, page), next: rows.length > pageSize ? encodeCursor(page.at(-1)!.login) : null }
}

export function accountConditions(q: string | undefined): Statement[] {
  const own = sql`access.in_own_area(area_path)`
  return q ? [own, sql`(strpos(login, lower(${q})) > 0 OR strpos(display_name, ${q}) > 0)`] : [own]
}

/** These accounts, as far as the administrator manages them. */
export async function loadAccounts(ctx: Ctx, accountIds: readonly string[]): Promise<AccountRow[]> {
  const own = accountConditions(undefined)
  return withPosts(
    ctx,
    await ctx.rows(sql<Row>`SELECT ${columns} FROM access.account WHERE account_id = ANY (${accountIds}::uuid[]) AND ${sqlAnd(own)}`),
  )
}

async function withPosts(ctx: Ctx, rows: readonly Row[]): Promise<AccountRow[]> {
  const posts = await listPostsOf(
    ctx,
    rows.map((row) => row.account_id),
  )
  return rows.map((row) => present(ctx, row, posts.get(row.account_id) ?? []))
}

/** One account as its administrator sees it. */
export async function getAccount(ctx: Ctx, accountId: string): Promise<AccountRow> {
  const [account] = await loadAccounts(ctx, [accountId])
  if (!account) throw AccountError('account_unknown', { detail: '没有这个用户' })
  return account
}

function present(ctx: Ctx, row: Row, posts: AccountRow['posts']): AccountRow {
  return {
    accountId: row.account_id,
    account: row.login,
    name: row.display_name,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    lockedUntil: row.locked_until && row.locked_until > ctx.now ? row.locked_until.toISOString() : null,
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
    posts,
  }
}

export function listRoles(ctx: Ctx): Promise<Role[]> {
  return ctx.rows(sql<Role>`
    SELECT r.role_key AS role, r.name, r.level, r.org_kinds AS "orgKinds",
      ARRAY(SELECT p.permission FROM access.role_permission p WHERE p.role_key = r.role_key ORDER BY p.permission) AS permissions
    FROM access.role r
    ORDER BY array_position(ARRAY['cell', 'community', 'township', 'line', 'county'], r.level), r.role_key`)
}
