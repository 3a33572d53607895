import type { ExportColumn } from '@linli/base/define'
import { auditSource, type Ctx, countRows, type ListSource, loadAudit, pickIds } from '@linli/base/server'
import { AuditFilter, type AuditRow, RefusalFilter } from '../contract/administration.ts'
import { accountsMeant } from './names-of.ts'
import { asPlatform, named } from './read-audit.ts'

/**
 * The trail for a file: the columns of the list, not what stands inside of a line. That it was taken along is a line of its own, with the
 * names of the filters.
 */
export function auditExport() {
  return {
    key: 'audit.trail',
    zh: '审计',
    en: 'Audit trail',
    permission: 'audit.read',
    query: AuditFilter.strict(),
    columns,
    count: async (ctx: Ctx, filter: AuditFilter, most: number): Promise<number> => countRows(ctx, await sourceOf(ctx, filter), most),
    pick: async (ctx: Ctx, filter: AuditFilter, most: number): Promise<string[]> => pickIds(ctx, await sourceOf(ctx, filter), most),
    load: loadLines,
  }
}

/** Of the trail what was refused, for whoever may read this part and no other. */
export function refusalExport() {
  const refused = { ...auditExport(), key: 'audit.refused', zh: '被拒绝的访问', en: 'Refused requests', permission: 'audit.readRefused' }
  return {
    ...refused,
    query: RefusalFilter.strict(),
    count: (ctx: Ctx, filter: AuditFilter, most: number): Promise<number> =>
      asPlatform(ctx, async (system) => countRows(system, await sourceOf(system, filter, true), most)),
    pick: (ctx: Ctx, filter: AuditFilter, most: number): Promise<string[]> =>
      asPlatform(ctx, async (system) => pickIds(system, await sourceOf(system, filter, true), most)),
    load: (ctx: Ctx, ids: readonly string[]): Promise<Map<string, AuditRow>> => asPlatform(ctx, (system) => loadLines(system, ids)),
  }
}

async function sourceOf(ctx: Ctx, { account, ...filter }: AuditFilter, isRefused = false): Promise<ListSource> {
  return auditSource({ ...filter, isRefused, accountIds: account ? await accountsMeant(ctx, account) : undefined })
}

async function loadLines(ctx: Ctx, ids: readonly string[]): Promise<Map<string, AuditRow>> {
  const lines = await named(ctx, await loadAudit(ctx, ids))
  return new Map(lines.map((line) => [String(line.auditId), line]))
}

const columns: ExportColumn<AuditRow>[] = [
  { key: 'at', zh: '时间', en: 'When', kind: 'instant', width: 17, value: (row) => new Date(row.at) },
  { key: 'action', zh: '动作', en: 'Action', kind: 'code', width: 26, value: (row) => row.action },
  {
    key: 'who',
    zh: '谁',
    en: 'Who',
    kind: 'code',
    width: 18,
    value: (row, lang) => row.accountName ?? (lang === 'zh' ? '居民或平台' : 'Resident or platform'),
  },
  { key: 'organization', zh: '单位', en: 'Organization', kind: 'code', width: 26, value: (row) => row.orgName },
  { key: 'subjectKind', zh: '对象', en: 'Subject', kind: 'code', width: 12, value: (row) => row.subjectKind },
  { key: 'subject', zh: '对象编号', en: 'Subject number', kind: 'code', width: 38, value: (row) => row.subjectId },
  { key: 'purpose', zh: '原因', en: 'Purpose', kind: 'text', width: 36, value: (row) => row.purpose },
  { key: 'sealed', zh: '封存', en: 'Sealed', kind: 'code', width: 8, value: ({ sealed }, lang) => sealedWords[lang][sealed ? 0 : 1] },
]
const sealedWords = { zh: ['已封', '待封'], en: ['Sealed', 'Not yet'] } as const
