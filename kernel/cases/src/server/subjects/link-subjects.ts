import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { CaseSubject, SubjectRef } from '../../contract/subject.ts'
import type { CasesDeps } from '../deps.ts'
import { wrongData } from '../errors.ts'

type Deps = Pick<CasesDeps, 'findSubject'>

/** Says what a matter is about. Each must be there for the acting post: nobody links what he does not see. */
export async function linkSubjects(ctx: Ctx, deps: Deps, caseId: string, refs: readonly SubjectRef[]): Promise<void> {
  for (const [at, ref] of refs.entries()) {
    const found = await deps.findSubject(ctx, ref)
    if (!found) throw wrongData({ path: `subjects.${at}`, message: '没有这位居民、住处或设备，或不在您的辖区' })
    await ctx.as(systemActor, (system) =>
      system.run(sql`
        INSERT INTO cases.case_subject (case_id, kind, subject_id, linked_by, linked_at)
        VALUES (${caseId}::uuid, ${ref.kind}, ${found.id}::uuid, ${ctx.actor.accountId}, ${ctx.now}) ON CONFLICT DO NOTHING`),
    )
  }
}

/** What a matter is about, each named as far as the acting post sees it. */
export async function listSubjects(ctx: Ctx, deps: Deps, caseId: string): Promise<CaseSubject[]> {
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<{ kind: CaseSubject['kind']; id: string }>`
      SELECT kind, subject_id AS id FROM cases.case_subject WHERE case_id = ${caseId}::uuid ORDER BY kind DESC, subject_id`),
  )
  const subjects: CaseSubject[] = []
  for (const row of rows) subjects.push({ ...row, name: (await deps.findSubject(ctx, row))?.name ?? null })
  return subjects
}
