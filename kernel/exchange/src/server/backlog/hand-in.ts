import { newId } from '@linli/base/define'
import { adoptFiles, type Ctx, sql, systemActor } from '@linli/base/server'
import type { BacklogRow, HandIn } from '../../contract/backlog.ts'
import type { ExchangeDeps } from '../deps.ts'
import { ExchangeError } from '../errors.ts'
import { backlogRow, readItems } from './backlog-rows.ts'

interface PostRow {
  post_id: string
  org_id: string | null
  area_id: string
  area_path: string
}

/**
 * Keeps what somebody did under a post that is gone, for whoever works in that area to look at. Any session will do, for the right to the work is
 * just what was lost; that the account had the post is checked. The same work handed in again is the same item.
 */
export async function handIn(ctx: Ctx, deps: Pick<ExchangeDeps, 'backlog' | 'vault'>, said: HandIn): Promise<BacklogRow> {
  const { requestId, kind, attachments, params, body } = said
  const found = deps.backlog.find(({ key }) => key === kind)
  const isFit = found?.params.safeParse(params).success && found.body.safeParse({ ...body, requestId }).success
  if (!isFit) throw ExchangeError('backlog_unfit', { fields: [{ path: 'body', message: '不是能交审核的内容' }] })
  const { accountId, displayName } = ctx.actor
  await ctx.as(systemActor, async (system) => {
    const post = await findPost(system, accountId, said.postId)
    if (!post) throw ExchangeError('backlog_unplaced')
    const sealed = deps.vault.seal(JSON.stringify({ params, body, attachments }))
    const written = await system.find(sql<{ backlog_id: string }>`
      INSERT INTO exchange.backlog_item (backlog_id, request_id, kind, label, sealed, why, account_id, post_id, org_id, by_name, area_id, area_path, made_at, received_at)
      VALUES (${newId(ctx.now.getTime())}, ${requestId}, ${kind}, ${said.label}, ${sealed}, ${said.why}, ${accountId}, ${post.post_id}, ${post.org_id},
        ${displayName ?? ''}, ${post.area_id}, ${post.area_path}, ${said.madeAt}, ${ctx.now})
      ON CONFLICT ON CONSTRAINT backlog_item_once DO NOTHING RETURNING backlog_id`)
    if (!written) return
    const adoption = { fileIds: attachments, ownerKind: 'backlog', ownerId: written.backlog_id, areaPath: post.area_path }
    if (attachments.length > 0 && !(await adoptFiles(system, adoption, ctx.actor))) throw ExchangeError('backlog_photo_lost')
    system.audit({
      action: 'exchange.hand_in',
      subjectKind: 'backlog',
      subjectId: written.backlog_id,
      areaPath: post.area_path,
      detail: { kind, why: said.why, by: accountId },
    })
  })
  const [row] = await readItems(ctx, sql`b.account_id = ${accountId} AND b.request_id = ${requestId}`)
  return backlogRow(row!)
}

/** A post that the account has or had; the one that ended last where none is named. */
async function findPost(system: Ctx, accountId: string | null, postId: string | undefined): Promise<PostRow | undefined> {
  return system.find(sql<PostRow>`
    SELECT p.post_id, p.org_id, a.area_id, a.area_path FROM access.post p JOIN access.area a USING (area_id)
    WHERE p.account_id = ${accountId} AND (${postId ?? null}::uuid IS NULL OR p.post_id = ${postId ?? null}::uuid)
    ORDER BY p.ended_at DESC NULLS FIRST LIMIT 1`)
}
