import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { ProfileSlot } from '@linli/registry/server'
import { fileColumns, fileNames, type NamedFileRow } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { rowOf } from './view-row.ts'

/** Words of definitions by language, for names that the catalogue has in Chinese alone. */
export type Labels = (lang: 'zh' | 'en') => Readonly<Record<string, string>>

export interface ProfileMatters {
  caseIds: readonly string[]
  /** Names: `f` the file. */
  unless?: Statement
  most: number
}

/** Matters as a section of a profile (居民服务档案) shows them: those of these that the reader's own list shows as well, of tips nothing, the latest first. */
export async function profileRows(
  ctx: Ctx,
  { catalogue }: Pick<CasesDeps, 'catalogue'>,
  labels: Labels,
  { caseIds, unless = sql`false`, most }: ProfileMatters,
): ReturnType<ProfileSlot['read']> {
  if (caseIds.length === 0) return []
  const rows = await ctx.rows(sql<NamedFileRow>`
    SELECT ${fileColumns} FROM (SELECT * FROM cases.case_file f
      WHERE f.case_id = ANY (${caseIds}::uuid[]) AND NOT f.reporter_sealed AND NOT (${unless})
      ORDER BY f.opened_at DESC, f.case_id DESC LIMIT ${most}) f ${fileNames} ORDER BY f.opened_at DESC, f.case_id DESC`)
  return rows.map((row) => {
    const { caseId, title, openedAt, stage, stageName, number } = rowOf(catalogue.get(row.case_type), row, ctx.now)
    return {
      id: caseId,
      title: { zh: title, en: title },
      at: openedAt,
      state: { zh: stageName, en: labels('en')[`stage.${stage}`] ?? stageName },
      marks: row.closed_at ? [{ name: { zh: '办结', en: 'Closed' }, at: row.closed_at.toISOString() }] : [],
      note: number,
      level: null,
    }
  })
}
