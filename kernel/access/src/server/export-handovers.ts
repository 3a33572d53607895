import { Id } from '@linli/base/contract'
import type { ExportColumn } from '@linli/base/define'
import { type Ctx, countRows, type ListSource, pickIds, sql, sqlIf, systemActor } from '@linli/base/server'
import { z } from 'zod'
import type { HandoverItem, HandoverRow } from '../contract/cells.ts'
import { itemKey, loadHandover, readRows, seesHandover } from './list-handovers.ts'

type Lang = 'zh' | 'en'
const permission = 'access.viewCells'

const filter = z.object({ community: Id.optional() }).strict()
type Filter = z.output<typeof filter>

/** Handover lists for a file, the newest first: those that the acting post may know of. */
export function handoverListExport() {
  const source = ({ community }: Filter): ListSource => ({
    id: sql`handover_id`,
    from: sql`access.handover`,
    where: sql`true ${sqlIf(community, () => sql`AND area_id = ${community}::uuid`)}`,
    orderBy: sql`made_at DESC, handover_id DESC`,
  })
  return {
    key: 'access.handovers',
    zh: '交接清单',
    en: 'Handover lists',
    permission,
    query: filter,
    columns: listColumns,
    count: (ctx: Ctx, query: Filter, most: number): Promise<number> => countRows(ctx, source(query), most),
    pick: (ctx: Ctx, query: Filter, most: number): Promise<string[]> => pickIds(ctx, source(query), most),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, HandoverRow>> {
      const seen = await ctx.rows(
        sql<{ handover_id: string }>`SELECT handover_id FROM access.handover WHERE handover_id = ANY (${ids}::uuid[])`,
      )
      const rows = await readRows(
        ctx,
        seen.map((row) => row.handover_id),
      )
      return new Map(rows.map((row) => [row.handoverId, row]))
    },
  }
}

const listColumns: ExportColumn<HandoverRow>[] = [
  { key: 'area', zh: '社区（村）', en: 'Community', kind: 'code', width: 18, value: (row) => row.areaName },
  {
    key: 'why',
    zh: '为什么',
    en: 'Why',
    kind: 'text',
    width: 40,
    value: (row, lang) => (row.cause === 'cells' ? row.reason : lang === 'zh' ? '岗位结束' : 'A post ended'),
  },
  { key: 'cases', zh: '事项', en: 'Matters', kind: 'number', width: 8, value: (row) => row.cases },
  { key: 'buildings', zh: '楼栋', en: 'Buildings', kind: 'number', width: 8, value: (row) => row.buildings },
  { key: 'who', zh: '谁定的', en: 'Decided by', kind: 'code', width: 14, value: (row) => row.byName },
  { key: 'at', zh: '时间', en: 'When', kind: 'instant', width: 17, value: (row) => new Date(row.madeAt) },
]

const one = z.object({ handover: Id }).strict()
type One = z.output<typeof one>

/** One handover list for a file: every thing that went, from where to where, for both sides to keep. */
export function handoverExport() {
  const source = ({ handover }: One): ListSource => ({
    id: itemKey,
    from: sql`access.handover_item i`,
    where: sql`i.handover_id = ${handover}::uuid`,
    orderBy: sql`i.item_no`,
  })
  return {
    key: 'access.handover',
    zh: '一份交接清单',
    en: 'One handover list',
    permission,
    query: one,
    columns: itemColumns,
    count: (ctx: Ctx, query: One, most: number): Promise<number> => countRows(ctx, source(query), most),
    pick: (ctx: Ctx, query: One, most: number): Promise<string[]> => pickIds(ctx, source(query), most),
    /** Areas are named as the system: whoever takes over learns where it came from. */
    async load(ctx: Ctx, ids: readonly string[], { handover }: One): Promise<Map<string, HandoverItem>> {
      if (!(await seesHandover(ctx, handover))) return new Map()
      const { items } = await ctx.as(systemActor, (system) => loadHandover(system, handover, ids))
      return new Map(items.map((item) => [`${item.kind} ${item.itemId}`, item]))
    },
  }
}

const kinds: Record<string, readonly [zh: string, en: string]> = {
  building: ['楼栋', 'Building'],
  case: ['事项', 'Matter'],
  person: ['居民', 'Resident'],
  device: ['设备', 'Device'],
  episode: ['告警', 'Alarm'],
}
const kindOf = ({ kind }: HandoverItem, lang: Lang): string => kinds[kind]?.[lang === 'zh' ? 0 : 1] ?? kind

const itemColumns: ExportColumn<HandoverItem>[] = [
  { key: 'kind', zh: '种类', en: 'Kind', kind: 'code', width: 10, value: kindOf },
  { key: 'label', zh: '编号或名称', en: 'Number or name', kind: 'code', width: 22, value: (row) => row.label },
  { key: 'note', zh: '说明', en: 'Note', kind: 'text', width: 36, value: (row) => row.note },
  { key: 'stage', zh: '环节', en: 'Stage', kind: 'code', width: 12, value: (row) => row.stage },
  { key: 'due', zh: '办理时限', en: 'Due', kind: 'instant', width: 17, value: (row) => row.dueAt && new Date(row.dueAt) },
  { key: 'from', zh: '从', en: 'From', kind: 'code', width: 18, value: (row) => row.fromArea },
  { key: 'to', zh: '到', en: 'To', kind: 'code', width: 18, value: (row) => row.toArea },
]
