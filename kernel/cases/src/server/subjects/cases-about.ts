import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { ProfileSlot } from '@linli/registry/server'
import { fileColumns, fileNames, type NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { rowOf } from '../view-row.ts'

/** Matters that are about a person or the home, in the profile (居民服务档案): those that the reader's own list shows as well; of a tip nothing. */
export function aboutSection(
  { catalogue }: Pick<CasesDeps, 'catalogue'>,
  labels: (lang: 'zh' | 'en') => Readonly<Record<string, string>> = () => ({}),
): ProfileSlot {
  return {
    key: 'cases.about',
    name: { zh: '与本人、住处有关的事项', en: 'Matters about them or their home' },
    none: { zh: '没有关联的事项', en: 'No matter is linked' },
    kind: 'case',
    permission: 'cases.read',
    async read(ctx, { personIds, home }, most) {
      const ids = await casesAbout(ctx, [...personIds, ...(home ? [home.addressId] : [])])
      if (ids.length === 0) return []
      const rows = await ctx.rows(sql<NamedFileRow>`
        SELECT ${fileColumns} FROM (SELECT * FROM cases.case_file f WHERE f.case_id = ANY (${ids}::uuid[]) AND NOT f.reporter_sealed
          ORDER BY f.opened_at DESC, f.case_id DESC LIMIT ${most}) f ${fileNames} ORDER BY f.opened_at DESC, f.case_id DESC`)
      return rows.map((row) => {
        const { caseId, title, openedAt, stage, stageName, number } = rowOf(catalogue.get(row.case_type), row, ctx.now)
        return {
          id: caseId,
          title: { zh: title, en: title },
          at: openedAt,
          state: { zh: stageName, en: labels('en')[`stage.${stage}`] ?? stageName },
          marks: [],
          note: number,
          level: null,
        }
      })
    },
  }
}

/** Which matters are about these is for the platform to know; what is read of them is read in the scope of whoever asks. */
async function casesAbout(ctx: Ctx, subjectIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<{ case_id: string }>`SELECT DISTINCT case_id FROM cases.case_subject WHERE subject_id = ANY (${subjectIds}::uuid[])`),
  )
  return rows.map((row) => row.case_id)
}
