import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { ProfileSlot } from '@linli/registry/server'
import { fileColumns, fileNames, type NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { rowOf } from '../view-row.ts'

/**
 * What a person reported, in the profile (居民服务档案): the matters that the reader's own list shows as well. A tip is nobody's, also where it
 * became one later, and a matter whose reporter took the contact back is nobody's from then on.
 */
export function matterSection(
  { catalogue }: Pick<CasesDeps, 'catalogue'>,
  labels: (lang: 'zh' | 'en') => Readonly<Record<string, string>> = () => ({}),
): ProfileSlot {
  return {
    key: 'cases.matters',
    name: { zh: '本人反映的事项', en: 'Matters they reported' },
    none: { zh: '没有用登记的电话反映过事项', en: 'Nothing was reported with the telephone on file' },
    kind: 'case',
    permission: 'cases.read',
    async read(ctx, { personIds }, most) {
      const ids = await matterIds(ctx, personIds)
      if (ids.length === 0) return []
      const rows = await ctx.rows(sql<NamedFileRow>`
        SELECT ${fileColumns} FROM (SELECT * FROM cases.case_file f
          WHERE f.case_id = ANY (${ids}::uuid[]) AND NOT f.reporter_sealed AND f.contact_erased_at IS NULL
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
    },
  }
}

/** Which matters are whose is for the platform to know; what is read of them is read in the scope of whoever asks. */
async function matterIds(ctx: Ctx, personIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<{ case_id: string }>`SELECT case_id FROM cases.case_person WHERE person_id = ANY (${personIds}::uuid[])`),
  )
  return rows.map((row) => row.case_id)
}
