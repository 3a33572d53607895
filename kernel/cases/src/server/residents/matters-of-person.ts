import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { ProfileSlot } from '@linli/registry/server'
import type { CasesDeps } from '../deps.ts'
import { type Labels, profileRows } from '../profile-rows.ts'

/**
 * What a person reported, in the profile (居民服务档案). A tip is nobody's, also where it became one later, and a matter whose reporter took the
 * contact back is nobody's from then on.
 */
export function matterSection(deps: Pick<CasesDeps, 'catalogue'>, labels: Labels = () => ({})): ProfileSlot {
  return {
    key: 'cases.matters',
    name: { zh: '本人反映的事项', en: 'Matters they reported' },
    none: { zh: '没有用登记的电话反映过事项', en: 'Nothing was reported with the telephone on file' },
    kind: 'case',
    permission: 'cases.read',
    async read(ctx, { personIds }, most) {
      const caseIds = await matterIds(ctx, personIds)
      return profileRows(ctx, deps, labels, { caseIds, unless: sql`f.contact_erased_at IS NOT NULL`, most })
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
