import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { Me, PostSummary } from '../contract/session.ts'
import { livePost } from './find-posts.ts'

/** Columns of a `PostSummary`; names: `p` post, `r` role, `o` organization, `ar` area. */
const postColumns: Statement = sql`p.post_id AS "postId", p.role_key AS role, r.name AS "roleName", p.org_id AS "orgId", o.name AS "orgName",
  o.kind AS "orgKind", p.area_id AS "areaId", ar.name AS "areaName", ar.code AS "areaCode", ar.level AS "areaLevel", p.reach`

/** The live posts of these accounts, as far as the actor may see them, in the order they were given. */
export async function listPostsOf(ctx: Ctx, accountIds: readonly string[]): Promise<Map<string, PostSummary[]>> {
  const rows = await ctx.rows(sql<PostSummary & { accountId: string }>`
    SELECT p.account_id AS "accountId", ${postColumns}, NULL AS "deputyFor"
    FROM access.post p JOIN access.account a ON a.account_id = p.account_id JOIN access.role r ON r.role_key = p.role_key
      JOIN access.organization o ON o.org_id = p.org_id JOIN access.area ar ON ar.area_id = p.area_id
    WHERE p.account_id = ANY (${accountIds}::uuid[]) AND p.ended_at IS NULL AND (${livePost(ctx.now)} OR a.disabled_at IS NOT NULL)
    ORDER BY p.made_at, p.post_id`)
  const posts = new Map<string, PostSummary[]>(accountIds.map((id) => [id, []]))
  for (const { accountId, ...post } of rows) posts.get(accountId)?.push(post)
  return posts
}

/** Posts of others that this account stands in for today. As the system: they may be of an organization that one does not act in now. */
function listDeputized(system: Ctx, accountId: string): Promise<PostSummary[]> {
  return system.rows(sql<PostSummary>`
    SELECT ${postColumns}, jsonb_build_object('name', a.display_name, 'until', d.valid_to) AS "deputyFor"
    FROM access.post_deputy d JOIN access.post p USING (post_id) JOIN access.account a ON a.account_id = p.account_id JOIN access.role r ON r.role_key = p.role_key
      JOIN access.organization o ON o.org_id = p.org_id JOIN access.area ar ON ar.area_id = p.area_id
    WHERE d.account_id = ${accountId}::uuid AND d.ended_at IS NULL AND ${livePost(system.now)}
      AND (${system.now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date BETWEEN d.valid_from AND d.valid_to
    ORDER BY d.made_at, d.deputy_id`)
}

interface Self {
  login: string
  display_name: string
}

/** The account, its posts and what it may do in the acting one. */
export async function getMe(ctx: Ctx, accountId: string, actingPostId: string | null): Promise<Me> {
  const self = await ctx.get(sql<Self>`SELECT login, display_name FROM access.account WHERE account_id = ${accountId}`)
  // What kind of database this is, requests cannot ask.
  const mark = await ctx.as(systemActor, (system) => system.find(sql`SELECT name FROM base.database_mark WHERE name = 'demo'`))
  const deputized = await ctx.as(systemActor, (system) => listDeputized(system, accountId))
  const posts = [...((await listPostsOf(ctx, [accountId])).get(accountId) ?? []), ...deputized]
  const actingPost = posts.find((post) => post.postId === actingPostId) ?? null
  const rights = actingPost
    ? await ctx.rows(
        sql<{ permission: string }>`SELECT permission FROM access.role_permission WHERE role_key = ${actingPost.role} ORDER BY permission`,
      )
    : []
  return {
    accountId,
    account: self.login,
    name: self.display_name,
    actingPost,
    posts,
    permissions: rights.map(({ permission }) => permission),
    areas: actingPost
      ? [{ areaId: actingPost.areaId, code: actingPost.areaCode, name: actingPost.areaName, level: actingPost.areaLevel }]
      : [],
    demo: mark !== undefined,
    now: ctx.now.toISOString(),
  }
}
