import { type Actor, type Ctx, may, type Statement, sql } from '@linli/base/server'
import type { TopicRow, TopicState } from '../../contract/topic.ts'
import { CaseError } from '../errors.ts'
import { iso } from '../view-row.ts'

export interface StoredTopic {
  topic_id: string
  title: string
  categories: string[]
  words: string[]
  area_id: string
  area_path: string
  area_name: string
  owner_org_id: string | null
  owner_name: string | null
  state: TopicState
  version: number
  opened_at: Date
  answered_at: Date | null
  published_at: Date | null
  voices: number
  recent: number
}

/** Topics `t` with their names and how much was said; follow with WHERE. */
export const selectTopics = (now: Date): Statement<StoredTopic> => sql<StoredTopic>`
  SELECT t.*, a.name AS area_name, o.name AS owner_name, i.voices, i.recent FROM cases.topic t
  JOIN access.area a ON a.area_id = t.area_id LEFT JOIN access.organization o ON o.org_id = t.owner_org_id
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS voices, count(*) FILTER (WHERE i.said_at > ${new Date(now.getTime() - 28 * 86_400_000)})::integer AS recent
    FROM cases.topic_item i WHERE i.topic_id = t.topic_id AND i.is_in
  ) i`

export function topicRowOf(row: StoredTopic): TopicRow {
  return {
    topicId: row.topic_id,
    title: row.title,
    areaId: row.area_id,
    areaName: row.area_name,
    ownerOrgId: row.owner_org_id,
    ownerName: row.owner_name,
    state: row.state,
    version: row.version,
    openedAt: row.opened_at.toISOString(),
    answeredAt: iso(row.answered_at),
    publishedAt: iso(row.published_at),
    voices: row.voices,
    recent: row.recent,
  }
}

/** The topic when the acting post sees it; one of another place and one that never was are the same 404. */
export async function findTopic(ctx: Ctx, topicId: string): Promise<StoredTopic> {
  const row = await ctx.find(sql<StoredTopic>`${selectTopics(ctx.now)} WHERE t.topic_id = ${topicId}::uuid`)
  if (row) return row
  throw CaseError('topic_unknown', { detail: '不在您的范围内，或没有这个主题' })
}

const territories = new Set(['community', 'township', 'county', 'prefecture', 'province'])

/** Whoever keeps a topic has a post of its place or above; the unit that owns it reads along. */
export const mayKeep = (actor: Actor, areaPath: string): boolean =>
  may(actor, 'cases.topics') && territories.has(actor.reach) && actor.areaPath !== null && areaPath.startsWith(actor.areaPath)
