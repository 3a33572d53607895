import { type Ctx, sql, sqlAnd } from '@linli/base/server'
import { TopicFilter, type TopicRow } from '../../contract/topic.ts'
import { type StoredTopic, selectTopics, topicRowOf } from './topic-rows.ts'
import { type TopicQuery, topicConditions, topicOrder } from './view-topic.ts'

type Lang = 'zh' | 'en'

/** The topics for a file, as the screen has them: how much was said of what, and nothing of who. */
export function topicExport() {
  return {
    key: 'cases.topics',
    zh: '民情主题',
    en: 'Voice of residents',
    permission: 'cases.read',
    query: TopicFilter,
    columns,
    async count(ctx: Ctx, query: TopicQuery, most: number): Promise<number> {
      const { found } = await ctx.get(sql<{ found: number }>`
        SELECT count(*)::int AS found FROM (SELECT FROM cases.topic t WHERE ${sqlAnd(topicConditions(query))} LIMIT ${most + 1}) f`)
      return found
    },
    async pick(ctx: Ctx, query: TopicQuery, most: number): Promise<string[]> {
      const { found } = await ctx.get(sql<{ found: string[] }>`
        SELECT ARRAY(SELECT t.topic_id FROM cases.topic t WHERE ${sqlAnd(topicConditions(query))} ORDER BY ${topicOrder} LIMIT ${most}) AS found`)
      return found
    },
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, TopicRow>> {
      const rows = await ctx.rows(sql<StoredTopic>`${selectTopics(ctx.now)} WHERE t.topic_id = ANY (${ids}::uuid[])`)
      return new Map(rows.map((row) => [row.topic_id, topicRowOf(row)]))
    },
  }
}

const states: Record<TopicRow['state'], Record<Lang, string>> = {
  open: { zh: '待答复', en: 'To answer' },
  answered: { zh: '已答复', en: 'Answered' },
  closed: { zh: '已结束', en: 'Closed' },
}

const column = <const C extends { key: string; kind: 'text' | 'code' }>(
  spec: C & { zh: string; en: string; width: number; value(row: TopicRow, lang: Lang): string | null },
) => spec

const columns = [
  column({ key: 'title', zh: '主题', en: 'Topic', kind: 'text', width: 36, value: (row) => row.title }),
  column({ key: 'area', zh: '地区', en: 'Area', kind: 'code', width: 18, value: (row) => row.areaName }),
  column({ key: 'state', zh: '状态', en: 'State', kind: 'code', width: 12, value: (row, lang) => states[row.state][lang] }),
  column({ key: 'voices', zh: '条数', en: 'Voices', kind: 'code', width: 10, value: (row) => String(row.voices) }),
  column({ key: 'recent', zh: '近四周', en: 'In four weeks', kind: 'code', width: 12, value: (row) => String(row.recent) }),
  column({ key: 'owner', zh: '负责单位', en: 'Unit in charge', kind: 'code', width: 28, value: (row) => row.ownerName }),
  column({ key: 'openedAt', zh: '立题日', en: 'Opened on', kind: 'code', width: 12, value: (row) => dayIn(row.openedAt) }),
  column({ key: 'answeredAt', zh: '答复日', en: 'Answered on', kind: 'code', width: 12, value: (row) => dayIn(row.answeredAt) }),
  column({ key: 'publishedAt', zh: '公开日', en: 'Published on', kind: 'code', width: 12, value: (row) => dayIn(row.publishedAt) }),
]

const dayIn = (at: string | null): string | null => at && new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)
