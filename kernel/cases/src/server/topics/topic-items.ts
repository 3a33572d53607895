import { AccountError } from '@linli/access/server'
import { type Ctx, type Statement, sql, sqlAnd, systemActor } from '@linli/base/server'
import type { TopicItem, TopicView } from '../../contract/topic.ts'
import type { CaseType } from '../../define/case-type.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { wrongData } from '../errors.ts'
import { findTopic, mayKeep, type StoredTopic } from './topic-rows.ts'
import { viewTopic } from './view-topic.ts'

const mostShown = 60
/** What was said longer ago is not proposed any more. */
const withinDays = 180

interface ItemQuery {
  which: 'in' | 'proposed'
  week?: string | undefined
  community?: string | undefined
}

/**
 * What was put into a topic, or may belong to it by category and words. Read under the policies of the acting post, and of a matter only
 * what was said, where and when: nothing here says or asks who.
 */
export async function listTopicItems(
  ctx: Ctx,
  catalogue: CaseCatalogue,
  topicId: string,
  query: ItemQuery,
): Promise<{ items: TopicItem[]; hasMore: boolean }> {
  const topic = await findTopic(ctx, topicId)
  const voice = query.which === 'in' ? putInto(topic) : proposedFor(ctx, catalogue, topic)
  const where: Statement[] = [sql`true`]
  if (query.community) where.push(sql`v.community_id = ${query.community}::uuid`)
  if (query.week) where.push(sql`date_trunc('week', v.said_at AT TIME ZONE 'Asia/Shanghai') = date_trunc('week', ${query.week}::timestamp)`)
  const items = await ctx.rows(sql<Omit<TopicItem, 'saidAt'> & { saidAt: Date }>`
    SELECT v.case_id AS "caseId", v.seq, v.source, v.words, v.number, coalesce(a.name, '') AS "communityName", v.said_at AS "saidAt"
    FROM (${voice}) v LEFT JOIN access.area a ON a.area_id = v.community_id
    WHERE ${sqlAnd(where)} ORDER BY v.said_at DESC, v.case_id, v.seq LIMIT ${mostShown + 1}`)
  return {
    items: items.slice(0, mostShown).map((item) => ({ ...item, saidAt: item.saidAt.toISOString() })),
    hasMore: items.length > mostShown,
  }
}

/** What an entry says: the title of a report, the words beside a rating or a call back. */
const said = sql`CASE WHEN e.seq = 1 THEN f.title ELSE coalesce(e.data->>'text', e.data->>'remark') END`

function putInto({ topic_id }: StoredTopic): Statement {
  return sql`
    SELECT i.case_id, i.seq, i.source, i.community_id, i.said_at, f.number, ${said} AS words FROM cases.topic_item i
    JOIN cases.case_file f USING (case_id) JOIN cases.case_entry e ON e.case_id = i.case_id AND e.seq = i.seq
    WHERE i.topic_id = ${topic_id}::uuid AND i.is_in AND NOT f.reporter_sealed`
}

/** In its place, of its categories, in its words; of appeals, of events, and of what residents said when they rated or were called back. */
function proposedFor(ctx: Ctx, catalogue: CaseCatalogue, topic: StoredTopic): Statement {
  const since = new Date(ctx.now.getTime() - withinDays * 86_400_000)
  const types = catalogue.all().filter(({ kind }) => kind === 'appeal' || kind === 'event')
  return sql`
    SELECT f.case_id, e.seq, ${sourceOf} AS source, f.community_id, e.made_at AS said_at, f.number, ${said} AS words
    FROM cases.case_file f JOIN cases.case_entry e USING (case_id)
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(voiceMoves(types))}::jsonb) AS m(type text, move text) ON m.type = f.case_type AND m.move = e.move
    WHERE f.opened_at > ${since} AND starts_with(f.area_path, ${topic.area_path}) AND f.category = ANY (${topic.categories}::text[])
      AND f.kind IN ('appeal', 'event') AND f.status <> 'withdrawn' AND NOT f.reporter_sealed AND (e.seq = 1 OR m.move IS NOT NULL)
      AND ${said} <> '' AND (${topic.words.length} = 0 OR EXISTS (SELECT FROM unnest(${topic.words}::text[]) AS w WHERE strpos(f.title, w) > 0 OR strpos(${said}, w) > 0))
      AND NOT EXISTS (SELECT FROM cases.topic_item i WHERE i.case_id = f.case_id AND i.seq = e.seq AND (i.is_in OR i.topic_id = ${topic.topic_id}::uuid))`
}

const sourceOf = sql`CASE WHEN e.seq > 1 THEN CASE WHEN e.data ? 'score' THEN 'rating' ELSE 'callBack' END
  WHEN f.merged_into IS NOT NULL THEN 'merged' WHEN f.kind = 'event' THEN 'event' ELSE 'appeal' END`

/** Steps that carry words of the resident: the rating and the call back. */
function voiceMoves(types: readonly CaseType[]): { type: string; move: string }[] {
  const ratings = types.flatMap(({ key, rating }) => (rating ? [{ type: key, move: rating.move }] : []))
  const callBacks = types.flatMap(({ key, moves }) =>
    moves
      .filter(({ effects }) => effects?.some((effect) => effect.does === 'mark' && effect.milestone === 'followedUp'))
      .map((move) => ({ type: key, move: move.key })),
  )
  return [...ratings, ...callBacks]
}

export interface Sorting {
  topicId: string
  isIn: boolean
  items: readonly { caseId: string; seq: number }[]
}

/** Puts what was said into the topic, out of any other one, or leaves it out; a person decides, and it is on the trail. */
export async function sortTopicItems(ctx: Ctx, catalogue: CaseCatalogue, { topicId, isIn, items }: Sorting): Promise<TopicView> {
  const topic = await findTopic(ctx, topicId)
  checkKeeps(ctx, topic)
  const types = catalogue.all().filter(({ kind }) => kind === 'appeal' || kind === 'event')
  const asked = JSON.stringify(items)
  const seen = await ctx.rows(sql<{ case_id: string; seq: number; source: string; community_id: string | null; made_at: Date }>`
    SELECT f.case_id, e.seq, ${sourceOf} AS source, f.community_id, e.made_at FROM jsonb_to_recordset(${asked}::jsonb) AS q("caseId" uuid, seq integer)
    JOIN cases.case_file f ON f.case_id = q."caseId" JOIN cases.case_entry e ON e.case_id = f.case_id AND e.seq = q.seq
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(voiceMoves(types))}::jsonb) AS m(type text, move text) ON m.type = f.case_type AND m.move = e.move
    WHERE starts_with(f.area_path, ${topic.area_path}) AND NOT f.reporter_sealed AND f.kind IN ('appeal', 'event') AND (e.seq = 1 OR m.move IS NOT NULL)`)
  if (seen.length < new Set(items.map(({ caseId, seq }) => `${caseId} ${seq}`)).size)
    throw wrongData({ path: 'items', message: '有的话不在这个主题的地方，或已经看不到' })
  await ctx.as({ ...systemActor, accountId: ctx.actor.accountId, orgId: ctx.actor.orgId }, async (system) => {
    const rows = JSON.stringify(seen)
    if (isIn) {
      await system.run(sql`
        UPDATE cases.topic_item i SET is_in = false, decided_by = ${ctx.actor.accountId}::uuid, decided_at = ${system.now}
        FROM jsonb_to_recordset(${rows}::jsonb) AS s(case_id uuid, seq integer)
        WHERE i.case_id = s.case_id AND i.seq = s.seq AND i.is_in AND i.topic_id <> ${topicId}::uuid`)
    }
    await system.run(sql`
      INSERT INTO cases.topic_item AS old (topic_id, case_id, seq, is_in, source, community_id, said_at, decided_by, decided_at)
      SELECT ${topicId}::uuid, s.case_id, s.seq, ${isIn}::boolean, s.source, s.community_id, s.made_at, ${ctx.actor.accountId}::uuid, ${system.now}::timestamptz
      FROM jsonb_to_recordset(${rows}::jsonb) AS s(case_id uuid, seq integer, source text, community_id uuid, made_at timestamptz)
      ON CONFLICT (topic_id, case_id, seq) DO UPDATE SET is_in = excluded.is_in, decided_by = excluded.decided_by, decided_at = excluded.decided_at`)
    system.audit({
      action: isIn ? 'cases.topic_sorted_in' : 'cases.topic_sorted_out',
      subjectKind: 'topic',
      subjectId: topicId,
      areaPath: topic.area_path,
      detail: { items: seen.length },
    })
  })
  return viewTopic(ctx, topicId)
}

export function checkKeeps(ctx: Ctx, topic: StoredTopic): void {
  if (!mayKeep(ctx.actor, topic.area_path)) throw AccountError('area_forbidden', { detail: '主题由它所在地方的岗位来管' })
}
