import { type Ctx, type Reach, type Statement, sql, sqlAnd } from '@linli/base/server'

export interface FoundPost {
  postId: string
  accountId: string
  displayName: string
  orgId: string
  role: string
  areaId: string
  areaPath: string
  /** `line`: of a department or company, whose area says nothing of what it may see. */
  reach: Reach
}

export interface PostsWanted {
  orgId?: string
  /** Path of a place: finds the posts whose area contains it. */
  containing?: string
  roles?: readonly string[]
  permission?: string
}

/** A post that can be acted in at this instant: within its period, not ended, its account not disabled. Names: `p` post, `a` account. */
export const livePost = (now: Date): Statement => sql`p.ended_at IS NULL AND a.disabled_at IS NULL
  AND p.valid_from <= (${now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
  AND (p.valid_to IS NULL OR p.valid_to >= (${now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)`

/** The name of account `a` as it acts in post `p`: whoever stands in is shown as doing so. */
export const shownName: Statement = sql`a.display_name || CASE WHEN p.account_id <> a.account_id
  THEN '（代' || (SELECT h.display_name FROM access.account h WHERE h.account_id = p.account_id) || '）' ELSE '' END`

/** Whether account `a` may act in post `p` today: it holds it, or stands in for who does. */
export const mayActIn = (now: Date): Statement => sql`(p.account_id = a.account_id OR EXISTS (
  SELECT FROM access.post_deputy d WHERE d.post_id = p.post_id AND d.account_id = a.account_id AND d.ended_at IS NULL
    AND (${now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date BETWEEN d.valid_from AND d.valid_to))`

/** The live posts that fit every condition given, those with the smallest area first. As system: recipients are not a matter of who asks. */
export async function findPosts(ctx: Ctx, wanted: PostsWanted): Promise<FoundPost[]> {
  const { orgId, containing, roles, permission } = wanted
  const conditions: Statement[] = [livePost(ctx.now)]
  if (orgId) conditions.push(sql`p.org_id = ${orgId}::uuid`)
  if (containing) conditions.push(sql`p.area_path = ANY (${pathsAbove(containing)}::text[])`)
  if (roles) conditions.push(sql`p.role_key = ANY (${roles}::text[])`)
  if (permission)
    conditions.push(sql`EXISTS (SELECT FROM access.role_permission r WHERE r.role_key = p.role_key AND r.permission = ${permission})`)
  return ctx.rows(sql<FoundPost>`
    SELECT p.post_id AS "postId", p.account_id AS "accountId", a.display_name AS "displayName", p.org_id AS "orgId", p.role_key AS role,
      p.area_id AS "areaId", p.area_path AS "areaPath", p.reach
    FROM access.post p JOIN access.account a USING (account_id)
    WHERE ${sqlAnd(conditions)}
    ORDER BY length(p.area_path) DESC, p.made_at, p.post_id`)
}

/** `/1/12/305/` lies in `/1/`, `/1/12/` and itself; equality with each can use an index where a prefix test could not. */
export function pathsAbove(path: string): string[] {
  const paths: string[] = []
  for (let end = path.indexOf('/', 1); end !== -1; end = path.indexOf('/', end + 1)) paths.push(path.slice(0, end + 1))
  return paths
}
