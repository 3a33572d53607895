import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { ProfileSlot } from '@linli/registry/server'
import type { CaseSubject } from '../../contract/subject.ts'
import type { CasesDeps } from '../deps.ts'
import { type Labels, profileRows } from '../profile-rows.ts'

type SubjectKind = CaseSubject['kind']

const names = {
  person: { zh: '与本人、住处有关的事项', en: 'Matters about them or their home' },
  dwelling: { zh: '与本户有关的事项', en: 'Matters about this dwelling' },
  device: { zh: '与本设备有关的事项', en: 'Matters about this device' },
} as const satisfies Record<SubjectKind, ProfileSlot['name']>

/** Matters that are about what is open: a person (or the home), a dwelling, a device. */
export function aboutSection(of: SubjectKind, deps: Pick<CasesDeps, 'catalogue'>, labels: Labels = () => ({})): ProfileSlot {
  return {
    key: 'cases.about',
    name: names[of],
    none: { zh: '没有关联的事项', en: 'No matter is linked' },
    kind: 'case',
    permission: 'cases.read',
    async read(ctx, { personIds, home, deviceId }, most) {
      const caseIds = await casesAbout(
        ctx,
        [...personIds, home?.addressId, deviceId].filter((id) => id !== undefined),
      )
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
