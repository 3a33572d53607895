import type { ExportColumn } from '@linli/base/define'
import { type Ctx, countRows, type ListSource, pickIds, sql, sqlAnd } from '@linli/base/server'
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
    count: (ctx: Ctx, query: TopicQuery, most: number): Promise<number> => countRows(ctx, sourceOf(query), most),
    pick: (ctx: Ctx, query: TopicQuery, most: number): Promise<string[]> => pickIds(ctx, sourceOf(query), most),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, TopicRow>> {
      const rows = await ctx.rows(sql<StoredTopic>`${selectTopics(ctx.now)} WHERE t.topic_id = ANY (${ids}::uuid[])`)
      return new Map(rows.map((row) => [row.topic_id, topicRowOf(row)]))
    },
  }
}

const sourceOf = (query: TopicQuery): ListSource => ({
  id: sql`t.topic_id`,
  from: sql`cases.topic t`,
  where: sqlAnd(topicConditions(query)),
  orderBy: topicOrder,
})

const states: Record<TopicRow['state'], Record<Lang, string>> = {
  open: { zh: '待答复', en: 'To answer' },
  answered: { zh: '已答复', en: 'Answered' },
  closed: { zh: '已结束', en: 'Closed' },
}

const columns: ExportColumn<TopicRow>[] = [
  { key: 'title', zh: '主题', en: 'Topic', kind: 'text', width: 36, value: (row) => row.title },
  { key: 'area', zh: '地区', en: 'Area', kind: 'code', width: 18, value: (row) => row.areaName },
  { key: 'state', zh: '状态', en: 'State', kind: 'code', width: 12, value: (row, lang) => states[row.state][lang] },
  { key: 'voices', zh: '条数', en: 'Voices', kind: 'code', width: 10, value: (row) => String(row.voices) },
  { key: 'recent', zh: '近四周', en: 'In four weeks', kind: 'code', width: 12, value: (row) => String(row.recent) },
  { key: 'owner', zh: '负责单位', en: 'Unit in charge', kind: 'code', width: 28, value: (row) => row.ownerName },
  { key: 'openedAt', zh: '立题日', en: 'Opened on', kind: 'code', width: 12, value: (row) => dayIn(row.openedAt) },
  { key: 'answeredAt', zh: '答复日', en: 'Answered on', kind: 'code', width: 12, value: (row) => dayIn(row.answeredAt) },
  { key: 'publishedAt', zh: '公开日', en: 'Published on', kind: 'code', width: 12, value: (row) => dayIn(row.publishedAt) },
]

const dayIn = (at: string | null): string | null => at && new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)
