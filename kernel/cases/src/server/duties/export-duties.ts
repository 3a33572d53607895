import type { ExportColumn } from '@linli/base/define'
import { type Ctx, countRows, type ListSource, pickIds, sql, sqlAnd } from '@linli/base/server'
import { DutyFilter, type DutyRow } from '../../contract/duty.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { dutyRowOf, namedDuties, type StoredDuty, selectDuties, todayOf } from './duty-rows.ts'
import { conditionsOf, type DutyQuery, dutyOrder } from './list-duties.ts'

type Lang = 'zh' | 'en'
/** Words of definitions in the language of the file, by flat key; a key without words keeps its Chinese. */
type Labels = (lang: Lang) => Readonly<Record<string, string>>

/** The lists for a file: the same filters, scope and order as on the screen. */
export function dutyExport(catalogue: CaseCatalogue, labels: Labels = () => ({})) {
  return {
    key: 'cases.duties',
    zh: '职责清单',
    en: 'Duty lists',
    permission: 'cases.read',
    query: DutyFilter,
    columns: columnsOf(labels),
    count: (ctx: Ctx, query: DutyQuery, most: number): Promise<number> => countRows(ctx, sourceOf(ctx, query), most),
    pick: (ctx: Ctx, query: DutyQuery, most: number): Promise<string[]> => pickIds(ctx, sourceOf(ctx, query), most),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, DutyRow>> {
      const rows = await ctx.rows(sql<StoredDuty>`${selectDuties} WHERE d.duty_id = ANY (${ids}::uuid[])`)
      const today = todayOf(ctx)
      return new Map(rows.map((row) => [row.dutyId, dutyRowOf(catalogue, row, today)]))
    },
  }
}

const sourceOf = (ctx: Ctx, query: DutyQuery): ListSource => ({
  id: sql`d.duty_id`,
  from: namedDuties,
  where: sqlAnd(conditionsOf(ctx, query)),
  orderBy: dutyOrder,
})

const standings: Record<DutyRow['standing'], readonly [zh: string, en: string]> = {
  basic: ['基本履职', 'Basic'],
  cooperating: ['配合履职', 'Cooperating'],
  withdrawn: ['上级收回', 'Withdrawn'],
}
const states: Record<DutyRow['state'], readonly [zh: string, en: string]> = {
  inForce: ['有效', 'In force'],
  coming: ['未生效', 'Not yet in force'],
  ended: ['已终止', 'Ended'],
}
const say = ([zh, en]: readonly [zh: string, en: string], lang: Lang): string => (lang === 'zh' ? zh : en)

function columnsOf(labels: Labels): ExportColumn<DutyRow>[] {
  const category = (row: DutyRow, lang: Lang) => labels(lang)[`category.${row.category}`] ?? row.categoryName
  return [
    { key: 'standing', zh: '清单', en: 'List', kind: 'code', width: 12, value: (row, lang) => say(standings[row.standing], lang) },
    { key: 'clauseNo', zh: '条款号', en: 'Clause', kind: 'code', width: 10, value: (row) => row.clauseNo },
    { key: 'clause', zh: '事项', en: 'Duty', kind: 'text', width: 50, value: (row) => row.clause },
    { key: 'category', zh: '类别', en: 'Category', kind: 'code', width: 16, value: category },
    { key: 'organization', zh: '单位', en: 'Organization', kind: 'code', width: 28, value: (row) => row.orgName },
    { key: 'area', zh: '适用地区', en: 'Area', kind: 'code', width: 18, value: (row) => row.areaName },
    { key: 'document', zh: '依据文件', en: 'Document', kind: 'text', width: 36, value: (row) => row.document },
    { key: 'words', zh: '常见说法', en: 'Words of residents', kind: 'text', width: 36, value: (row) => row.words.join('、') },
    { key: 'validFrom', zh: '生效日', en: 'In force from', kind: 'code', width: 12, value: (row) => row.validFrom },
    { key: 'validTo', zh: '终止日', en: 'Ended on', kind: 'code', width: 12, value: (row) => row.validTo },
    { key: 'state', zh: '状态', en: 'State', kind: 'code', width: 12, value: (row, lang) => say(states[row.state], lang) },
  ]
}
