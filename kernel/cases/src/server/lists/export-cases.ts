import type { ExportColumn } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { CaseRow } from '../../contract/case.ts'
import { CaseFilter } from '../../contract/list.ts'
import { fileColumns, fileNames, type NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { rowOf } from '../view-row.ts'
import { prepare } from './filter-cases.ts'
import { countListed, sourceOf, stretchesOf } from './list-cases.ts'

const filter = CaseFilter.strict()
type Lang = 'zh' | 'en'
/** Words of definitions in the language of the file, by flat key; a key without words keeps its Chinese. */
type Labels = (lang: Lang) => Readonly<Record<string, string>>

/**
 * The list of cases for a file: the same filters, scope and order as on the screen, and no column that the list does not show. Who reported
 * is not among them.
 */
export function caseExport(deps: CasesDeps, labels: Labels = () => ({})) {
  return {
    key: 'cases.list',
    zh: '事项列表',
    en: 'Cases',
    permission: 'cases.read',
    query: filter,
    columns: columnsOf(deps, labels),
    count: (ctx: Ctx, query: CaseFilter, most: number): Promise<number> => countListed(ctx, deps, query, most),
    async pick(ctx: Ctx, query: CaseFilter, most: number): Promise<string[]> {
      const ids: string[] = []
      for (const { from, where, orderBy } of await stretchesOf(ctx, deps, query)) {
        if (ids.length >= most) break
        const { found } = await ctx.get(sql<{ found: string[] }>`
          SELECT ARRAY(SELECT f.case_id FROM ${from} WHERE ${where} ORDER BY ${orderBy} LIMIT ${most - ids.length}) AS found`)
        for (const id of found) ids.push(id)
      }
      return ids
    },
    async load(ctx: Ctx, ids: readonly string[], query: CaseFilter): Promise<Map<string, CaseRow>> {
      const { from, columns, own } = sourceOf(ctx.actor, await prepare(ctx, { ...query, q: undefined }), [])
      const rows = await ctx.rows(sql<NamedFileRow>`
        SELECT ${fileColumns} FROM (SELECT f.*${columns ?? sql``} FROM ${from} WHERE f.case_id = ANY (${ids}::uuid[]) AND ${own}) f ${fileNames}`)
      return new Map(rows.map((row) => [row.case_id, rowOf(deps.catalogue.get(row.case_type), row, ctx.now)]))
    },
  }
}

type Word = Readonly<Record<string, readonly [zh: string, en: string]>>
const channels: Word = {
  app: ['居民端', 'Resident'],
  phone: ['电话', 'Phone'],
  counter: ['窗口', 'Counter'],
  visit: ['走访', 'Visit'],
  grid: ['网格', 'Grid'],
  hotline: ['12345 热线', 'Hotline 12345'],
  elsewhere: ['别的系统', 'Another system'],
  office: ['部门提出', 'Asked by an office'],
}
const statuses: Word = { open: ['办理中', 'Open'], closed: ['已办结', 'Closed'], withdrawn: ['已撤回', 'Withdrawn'] }
const clocks: Word = {
  onTime: ['正常', 'On time'],
  dueSoon: ['临期', 'Due soon'],
  overdue: ['超时', 'Overdue'],
  paused: ['暂停', 'Paused'],
  done: ['已停', 'Stopped'],
}
const say = (words: Word, key: string, lang: Lang): string => words[key]?.[lang === 'zh' ? 0 : 1] ?? key
const at = (instant: string | null): Date | null => (instant === null ? null : new Date(instant))

function columnsOf(deps: CasesDeps, labels: Labels): ExportColumn<CaseRow>[] {
  const label = (lang: Lang, key: string, chinese: string): string => labels(lang)[key] ?? chinese
  const category = (row: CaseRow, lang: Lang): string | null => {
    if (row.category === null) return null
    const known = deps.catalogue.categoriesOf(row.caseType).find(({ key }) => key === row.category)
    return label(lang, `category.${row.category}`, known?.name ?? row.category)
  }
  return [
    { key: 'number', zh: '编号', en: 'Number', kind: 'code', width: 20, value: (row) => row.number },
    { key: 'title', zh: '事由', en: 'Subject', kind: 'text', width: 40, value: (row) => row.title },
    { key: 'category', zh: '类别', en: 'Category', kind: 'code', width: 16, value: category },
    { key: 'community', zh: '社区（村）', en: 'Community', kind: 'code', width: 16, value: (row) => row.communityName },
    { key: 'cell', zh: '网格', en: 'Grid cell', kind: 'code', width: 16, value: (row) => row.cellName },
    { key: 'place', zh: '地点', en: 'Place', kind: 'text', width: 28, value: (row) => row.place },
    { key: 'channel', zh: '来源', en: 'Channel', kind: 'code', width: 10, value: (row, lang) => say(channels, row.channel, lang) },
    { key: 'status', zh: '状态', en: 'Status', kind: 'code', width: 10, value: (row, lang) => say(statuses, row.status, lang) },
    {
      key: 'stage',
      zh: '环节',
      en: 'Stage',
      kind: 'code',
      width: 12,
      value: (row, lang) => label(lang, `stage.${row.stage}`, row.stageName),
    },
    { key: 'holder', zh: '现在由谁办', en: 'With', kind: 'code', width: 24, value: (row) => row.holder },
    {
      key: 'clock',
      zh: '时限状态',
      en: 'Deadline state',
      kind: 'code',
      width: 10,
      value: (row, lang) => row.clock && say(clocks, row.clock.state, lang),
    },
    { key: 'opened', zh: '受理时间', en: 'Opened', kind: 'instant', width: 17, value: (row) => at(row.openedAt) },
    { key: 'due', zh: '办理时限', en: 'Due', kind: 'instant', width: 17, value: (row) => at(row.dueAt) },
    {
      key: 'outerDue',
      zh: '对居民承诺',
      en: 'Promised to the resident',
      kind: 'instant',
      width: 17,
      value: (row) => at(row.outerDueAt),
    },
    { key: 'rounds', zh: '办理轮次', en: 'Rounds', kind: 'number', width: 10, value: (row) => row.rounds },
    { key: 'score', zh: '评分', en: 'Rating', kind: 'number', width: 8, value: (row) => row.score },
  ]
}
