import { type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { z } from 'zod'
import type { listPublicTopics, TopicFilter, TopicRow, TopicView } from '../../contract/topic.ts'
import { type TopicAct, topicActs } from '../../define/topic.ts'
import { findTopic, mayKeep, type StoredTopic, selectTopics, topicRowOf } from './topic-rows.ts'

export type TopicQuery = z.output<typeof TopicFilter>

/** Open ones first, the longest waiting on top; then what was answered, and what is closed. */
export const topicOrder: Statement = sql`array_position(ARRAY['open', 'answered', 'closed'], t.state), t.opened_at, t.topic_id`

export function topicConditions({ state, q }: TopicQuery): Statement[] {
  const where: Statement[] = [sql`true`]
  if (state) where.push(sql`t.state = ${state}`)
  if (q) where.push(sql`strpos(base.search_form(concat_ws(chr(1), t.title, array_to_string(t.words, chr(1)))), base.search_form(${q})) > 0`)
  return where
}

export async function listTopics(
  ctx: Ctx,
  query: TopicQuery & { limit: number; cursor?: string | undefined },
): Promise<{ items: TopicRow[]; next: string | null }> {
  const where = topicConditions(query)
  if (query.cursor) {
    const [after] = decodeCursor(query.cursor, 'uuid')
    where.push(sql`(array_position(ARRAY['open', 'answered', 'closed'], t.state), t.opened_at, t.topic_id) >
      (SELECT array_position(ARRAY['open', 'answered', 'closed'], l.state), l.opened_at, l.topic_id FROM cases.topic l WHERE l.topic_id = ${after}::uuid)`)
  }
  const rows = await ctx.rows(
    sql<StoredTopic>`${selectTopics(ctx.now)} WHERE ${sqlAnd(where)} ORDER BY ${topicOrder} LIMIT ${query.limit + 1}`,
  )
  const items = rows.slice(0, query.limit).map(topicRowOf)
  return { items, next: rows.length > query.limit ? encodeCursor(items.at(-1)!.topicId) : null }
}

interface EntryRow {
  seq: number
  act: TopicAct
  data: { words?: string; toWhom?: string }
  owner_name: string | null
  made_by: string
  made_at: Date
}

/** The topic with its record and its weeks. */
export async function viewTopic(ctx: Ctx, topicId: string): Promise<TopicView> {
  const row = await findTopic(ctx, topicId)
  const entries = await ctx.rows(sql<EntryRow>`
    SELECT e.seq, e.act, e.data, o.name AS owner_name, e.made_by, e.made_at FROM cases.topic_entry e
    LEFT JOIN access.organization o ON o.org_id = (e.data->>'ownerOrgId')::uuid WHERE e.topic_id = ${topicId}::uuid ORDER BY e.seq`)
  const weeks = await ctx.rows(sql<TopicView['weeks'][number]>`
    SELECT to_char(date_trunc('week', i.said_at AT TIME ZONE 'Asia/Shanghai'), 'YYYY-MM-DD') AS week, i.community_id AS "communityId",
      coalesce(a.name, '') AS "communityName", count(*)::integer AS voices
    FROM cases.topic_item i LEFT JOIN access.area a ON a.area_id = i.community_id WHERE i.topic_id = ${topicId}::uuid AND i.is_in
    GROUP BY 1, 2, 3 ORDER BY 1 DESC, 3`)
  const canKeep = mayKeep(ctx.actor, row.area_path)
  const standing = { state: row.state, ownerOrgId: row.owner_org_id, answeredAt: row.answered_at, publishedAt: row.published_at }
  return {
    ...topicRowOf(row),
    categories: row.categories,
    words: row.words,
    entries: entries.map(({ seq, act, data, owner_name, made_by, made_at }) => ({
      seq,
      act,
      words: data.words ?? null,
      toWhom: data.toWhom ?? null,
      ownerName: owner_name,
      madeBy: made_by,
      at: made_at.toISOString(),
    })),
    weeks,
    acts: canKeep ? topicActs(standing) : [],
    canSort: canKeep && row.state !== 'closed',
  }
}

/** Fewer are not told outward: they could point at somebody. */
const kAnonymity = 5

/** Runs as the system. */
export async function publicTopics(system: Ctx): Promise<z.input<typeof listPublicTopics.result>['items']> {
  const rows = await system.rows(sql<StoredTopic & { answer: string }>`
    SELECT t.*, said.data->>'words' AS answer FROM (${selectTopics(system.now)} WHERE t.published_at IS NOT NULL) t
    CROSS JOIN LATERAL (SELECT e.data FROM cases.topic_entry e WHERE e.topic_id = t.topic_id AND e.act = 'answer' ORDER BY e.seq DESC LIMIT 1) said
    ORDER BY t.published_at DESC LIMIT 50`)
  return rows.map((row) => ({
    title: row.title,
    areaName: row.area_name,
    answer: row.answer,
    answeredAt: (row.answered_at ?? row.opened_at).toISOString(),
    voices: row.voices >= kAnonymity ? row.voices : null,
  }))
}
