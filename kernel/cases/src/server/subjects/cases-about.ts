import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { ProfileSlot } from '@linli/registry/server'
import type { CasesDeps } from '../deps.ts'
import { type Labels, profileRows } from '../profile-rows.ts'

/** Matters that are about a person or the home, in the profile (居民服务档案). */
export function aboutSection(deps: Pick<CasesDeps, 'catalogue'>, labels: Labels = () => ({})): ProfileSlot {
  return {
    key: 'cases.about',
    name: { zh: '与本人、住处有关的事项', en: 'Matters about them or their home' },
    none: { zh: '没有关联的事项', en: 'No matter is linked' },
    kind: 'case',
    permission: 'cases.read',
    async read(ctx, { personIds, home }, most) {
      const caseIds = await casesAbout(ctx, [...personIds, ...(home ? [home.addressId] : [])])
      return profileRows(ctx, deps, labels, { caseIds, most })
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
