import { type Ctx, newSecret, sha256, sql, systemActor, transact } from '@linli/base/server'
import type { OwnWall } from '../contract/session.ts'
import { AccountError } from './account-error.ts'
import { livePost } from './find-posts.ts'
import { type SignIn, type SignInDeps, verifyAccount } from './open-session.ts'

const day = 24 * 3_600_000

/**
 * Opens a wall for whoever leads or dispatches a community or more; answers its token, shown this once. It lasts a day, so that a person
 * stands before it each day; the widest post that reads matters is the one shown.
 */
export async function openWall(
  deps: SignInDeps,
  { account, password, userAgent, traceId }: SignIn,
): Promise<{ token: string; expiresAt: Date }> {
  const { account_id } = await verifyAccount(deps, account.toLowerCase(), password, traceId)
  const token = newSecret()
  const opened = await transact(
    deps,
    { ...systemActor, accountId: account_id },
    async (ctx) => {
      const post = await findWallPost(ctx, account_id)
      if (!post) {
        ctx.audit({ action: 'access.sign_in_refused', subjectKind: 'account', subjectId: account_id, detail: { reason: 'wall' } })
        return undefined
      }
      const expiresAt = new Date(ctx.now.getTime() + day)
      await ctx.run(sql`INSERT INTO access.session (token_hash, account_id, post_id, made_at, seen_at, expires_at, user_agent, purpose)
        VALUES (${sha256(token)}, ${account_id}::uuid, ${post.post_id}::uuid, ${ctx.now}, ${ctx.now}, ${expiresAt}, ${userAgent?.slice(0, 120) ?? null}, 'wall')`)
      ctx.audit({ action: 'access.wall_opened', subjectKind: 'post', subjectId: post.post_id })
      return { token, expiresAt }
    },
    { traceId },
  )
  if (!opened) throw AccountError('wall_forbidden', { detail: '这个账号没有能上大屏的岗位：要社区、街道（乡镇）或县里看得到事项的岗位' })
  return opened
}

function findWallPost(ctx: Ctx, accountId: string): Promise<{ post_id: string } | undefined> {
  return ctx.find(sql<{ post_id: string }>`
    SELECT p.post_id FROM access.post p JOIN access.account a USING (account_id)
    WHERE p.account_id = ${accountId} AND ${livePost(ctx.now)} AND p.separation = 'work' AND p.reach IN ('county', 'township', 'community')
      AND EXISTS (SELECT FROM access.role_permission r WHERE r.role_key = p.role_key AND r.permission = 'cases.read')
    ORDER BY array_position(ARRAY['county', 'township', 'community'], p.reach), p.made_at, p.post_id LIMIT 1`)
}

interface WallRow {
  made_at: Date
  expires_at: Date
  area_name: string
}

/** The walls that the acting account has open, the oldest first. */
export async function listWalls(ctx: Ctx): Promise<OwnWall[]> {
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<WallRow>`
      SELECT s.made_at, s.expires_at, a.name AS area_name
      FROM access.session s JOIN access.post p USING (post_id) JOIN access.area a ON a.area_id = p.area_id
      WHERE s.account_id = ${ctx.actor.accountId}::uuid AND s.purpose = 'wall' AND s.revoked_at IS NULL AND s.expires_at > ${ctx.now}
      ORDER BY s.made_at`),
  )
  return rows.map((row) => ({
    openedAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    areaName: row.area_name,
  }))
}

/** Ends the wall that asks; asked from a desk, every wall of the account, wherever it hangs. Answers how many. */
export async function closeWalls(ctx: Ctx, key: Buffer): Promise<number> {
  const { accountId } = ctx.actor
  const closed = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE access.session SET revoked_at = ${ctx.now} WHERE account_id = ${accountId}::uuid AND purpose = 'wall' AND revoked_at IS NULL
        AND (token_hash = ${key} OR EXISTS (SELECT FROM access.session own WHERE own.token_hash = ${key} AND own.purpose = 'work'))`),
  )
  if (closed > 0) ctx.audit({ action: 'access.wall_closed', subjectKind: 'account', subjectId: accountId ?? undefined, detail: { closed } })
  return closed
}
