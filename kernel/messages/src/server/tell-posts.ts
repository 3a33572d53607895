import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { checkParams, type MessageParams, type Templates } from '../define/template.ts'

/** A post that can be told something, as `access` finds it. */
export interface Recipient {
  readonly postId: string
  readonly accountId: string
  readonly orgId: string
  readonly areaPath: string
}

export interface Telling {
  readonly recipients: readonly Recipient[]
  readonly template: string
  readonly params: MessageParams
  readonly caseId?: string | null
  readonly caseNumber?: string | null
  /** What this message is about, so that telling it again tells nobody twice: `case.noticed/{caseId}/{clock}/{round}/{level}`. */
  readonly onceKey: string
}

/** Whether each of them has been told this already. As linli_system. */
export async function areTold(ctx: Ctx, recipients: readonly Pick<Recipient, 'postId'>[], onceKey: string): Promise<boolean> {
  const posts = [...new Set(recipients.map(({ postId }) => postId))]
  const { told } = await ctx.get(
    sql<{
      told: number
    }>`SELECT count(*)::int AS told FROM messages.message WHERE post_id = ANY (${posts}::uuid[]) AND once_key = ${onceKey}`,
  )
  return told === posts.length
}

/**
 * Puts a message into the inbox of each post, once per post and `onceKey`; answers how many are new. As linli_system, mostly from
 * an outbox subscriber. Open pages hear of it when the transaction has committed.
 */
export async function tellPosts(ctx: Ctx, templates: Templates, telling: Telling): Promise<number> {
  const template = templates.get(telling.template)
  if (!template) throw new Error(`no message template ${telling.template}`)
  checkParams(template, telling.params)
  if (telling.recipients.length === 0) return 0
  const recipients = telling.recipients.map(({ postId, accountId, orgId, areaPath }) => ({
    message_id: newId(),
    postId,
    accountId,
    orgId,
    areaPath,
  }))
  const told = await ctx.rows(sql<{ post_id: string; message_id: string }>`
    INSERT INTO messages.message (message_id, post_id, account_id, org_id, area_path, template, params, case_id, case_number, once_key, made_at)
    SELECT r.message_id, r."postId", r."accountId", r."orgId", r."areaPath", ${telling.template}, ${JSON.stringify(telling.params)}::jsonb,
      ${telling.caseId ?? null}::uuid, ${telling.caseNumber ?? null}, ${telling.onceKey}, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(recipients)}::jsonb)
      AS r(message_id uuid, "postId" uuid, "accountId" uuid, "orgId" uuid, "areaPath" text)
    ON CONFLICT (post_id, once_key) DO NOTHING RETURNING post_id, message_id`)
  if (told.length > 0) ctx.emit('message.told', { postIds: told.map((row) => row.post_id), messageIds: told.map((row) => row.message_id) })
  return told.length
}
