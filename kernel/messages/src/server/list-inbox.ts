import { namesOf } from '@linli/access/server'
import { type Ctx, decodeCursor, encodeCursor, sql, sqlIf } from '@linli/base/server'
import type { InboxMessage } from '../contract/inbox.ts'
import { type Language, type MessageParams, type MessageTemplate, renderMessage, type Templates, type Terms } from '../define/template.ts'

export interface InboxQuery {
  unread?: 'true' | 'false'
  lang?: Language
  cursor?: string
}

/** How messages become text: the templates, and the words of the definitions in each language. */
export interface Wording {
  templates: Templates
  terms(lang: Language): Terms
}

interface MessageRow {
  message_id: string
  template: string
  params: MessageParams
  case_id: string | null
  case_number: string | null
  made_at: Date
  read_at: Date | null
}

const pageSize = 30

/** The acting post's messages, newest first. */
export async function listInbox(
  ctx: Ctx,
  { templates, terms }: Wording,
  { unread, lang = 'zh', cursor }: InboxQuery,
): Promise<{ items: InboxMessage[]; next: string | null; unread: number }> {
  const [madeAt, messageId] = cursor ? decodeCursor(cursor, 'instant', 'uuid') : [null, null]
  const rows = await ctx.rows(sql<MessageRow>`
    SELECT message_id, template, params, case_id, case_number, made_at, read_at FROM messages.message
    WHERE post_id = ${ctx.actor.postId}::uuid
      ${sqlIf(unread === 'true', () => sql`AND read_at IS NULL`)} ${sqlIf(unread === 'false', () => sql`AND read_at IS NOT NULL`)}
      ${sqlIf(cursor, () => sql`AND (made_at, message_id) < (${madeAt}::timestamptz, ${messageId}::uuid)`)}
    ORDER BY made_at DESC, message_id DESC LIMIT ${pageSize + 1}`)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const about = page.map((row) => accountOf(row, templates))
  const names = about.some(Boolean) ? (await namesOf(ctx, { accounts: about.filter((id) => id !== null), orgs: [] })).accounts : new Map()
  return {
    items: page.map((row, i) => present(row, about[i] ?? null, { templates, names, lang, terms: terms(lang) })),
    next: rows.length > pageSize && last ? encodeCursor(last.made_at, last.message_id) : null,
    unread: await countUnread(ctx),
  }
}

interface Reading {
  templates: Templates
  names: ReadonlyMap<string, string>
  lang: Language
  terms: Terms
}

const accountParam = (row: MessageRow, templates: Templates): string | undefined =>
  Object.entries(templates.get(row.template)?.params ?? {}).find(([, kind]) => kind === 'account')?.[0]

function accountOf(row: MessageRow, templates: Templates): string | null {
  const name = accountParam(row, templates)
  return name ? String(row.params[name]) : null
}

function present(row: MessageRow, accountId: string | null, { templates, names, lang, terms }: Reading): InboxMessage {
  const template = templates.get(row.template)
  const params = accountId ? { ...row.params, [accountParam(row, templates)!]: names.get(accountId) ?? '' } : row.params
  return {
    messageId: row.message_id,
    template: row.template,
    // A scene that told it may have been removed since; its case can still be opened.
    text: template ? renderMessage(template, params, lang, terms) : (row.case_number ?? row.template),
    caseId: row.case_id,
    caseNumber: row.case_number,
    accountId,
    record: recordOf(row, template),
    madeAt: row.made_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  }
}

function recordOf(row: MessageRow, template: MessageTemplate | undefined): InboxMessage['record'] {
  const kind = Object.entries(template?.params ?? {}).find(([, param]) => param === 'record')?.[0]
  return kind ? { kind, id: String(row.params[kind]) } : null
}

/** Unread messages of the acting post. */
export async function countUnread(ctx: Ctx): Promise<number> {
  const { unread } = await ctx.get(sql<{ unread: number }>`
    SELECT count(*) AS unread FROM messages.message WHERE post_id = ${ctx.actor.postId}::uuid AND read_at IS NULL`)
  return unread
}

/** Marks messages of the acting post as read, the first time they are; ids of others are left alone. Answers what is still unread. */
export async function readMessages(ctx: Ctx, messageIds: readonly string[]): Promise<number> {
  const read = await ctx.run(sql`
    UPDATE messages.message SET read_at = ${ctx.now}
    WHERE post_id = ${ctx.actor.postId}::uuid AND message_id = ANY(${messageIds}::uuid[]) AND read_at IS NULL`)
  // The same person's other pages lower their count too.
  if (read > 0) ctx.emit('message.read', { postIds: [ctx.actor.postId] })
  return countUnread(ctx)
}
