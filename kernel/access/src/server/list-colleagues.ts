import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Colleague } from '../contract/session.ts'
import { livePost } from './find-posts.ts'

/** One list holds no more than this; somebody further down is found by name. */
const most = 100

/**
 * Who holds a live post in the acting organization: to whom a step can be handed. Names and roles of one's own office, nothing else;
 * an account with several posts there is one colleague.
 */
export async function listColleagues(ctx: Ctx, { q }: { q?: string | undefined }): Promise<Colleague[]> {
  const { orgId } = ctx.actor
  if (!orgId) return []
  return ctx.as(systemActor, (system) =>
    system.rows(sql<Colleague>`
      SELECT a.account_id AS "accountId", a.display_name AS name, string_agg(DISTINCT r.name, '、') AS "roleName"
      FROM access.post p JOIN access.account a ON a.account_id = p.account_id JOIN access.role r ON r.role_key = p.role_key
      WHERE p.org_id = ${orgId} AND ${livePost(ctx.now)} AND (${q ?? ''} = '' OR strpos(a.display_name, ${q ?? ''}) > 0)
      GROUP BY a.account_id, a.display_name ORDER BY a.display_name, a.account_id LIMIT ${most}`),
  )
}
