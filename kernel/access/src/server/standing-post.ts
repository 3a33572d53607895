import { type Actor, type Ctx, type Reach, sql } from '@linli/base/server'
import { livePost, mayActIn, shownName } from './find-posts.ts'
import { actorOf } from './scope-of.ts'

export interface StandingPost {
  /** To act in a transaction of its own, under the scope and the rights that the post has now. */
  actor: Actor
  roleName: string
  roleNameEn: string
  orgName: string
}

/** The post as it stands now, for work that goes on after its request; undefined once the post or its account has ended. As system. */
export async function findStandingPost(
  ctx: Ctx,
  { accountId, postId }: { accountId: string; postId: string },
): Promise<StandingPost | undefined> {
  const row = await ctx.find(sql<PostRow>`
    SELECT ${shownName} AS display_name, p.org_id, p.area_id, p.area_path, p.role_key, p.reach, r.name AS role_name, r.name_en, o.name AS org_name,
      ARRAY(SELECT right_.permission FROM access.role_permission right_ WHERE right_.role_key = p.role_key) AS permissions
    FROM access.post p JOIN access.account a ON a.account_id = ${accountId}::uuid JOIN access.role r USING (role_key) JOIN access.organization o ON o.org_id = p.org_id
    WHERE p.post_id = ${postId} AND ${mayActIn(ctx.now)} AND ${livePost(ctx.now)}`)
  if (!row) return undefined
  const post = { postId, orgId: row.org_id, areaId: row.area_id, areaPath: row.area_path, role: row.role_key, reach: row.reach }
  return {
    actor: actorOf({ accountId, displayName: row.display_name }, post, row.permissions),
    roleName: row.role_name,
    roleNameEn: row.name_en,
    orgName: row.org_name,
  }
}

interface PostRow {
  display_name: string
  org_id: string
  area_id: string
  area_path: string
  role_key: string
  reach: Reach
  role_name: string
  name_en: string
  org_name: string
  permissions: string[]
}
