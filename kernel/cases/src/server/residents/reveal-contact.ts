import { limitReveals } from '@linli/access/server'
import { newId } from '@linli/base/define'
import { type AuditLine, type Ctx, sql, systemActor } from '@linli/base/server'
import { getFile, loadEntries } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { CaseError } from '../errors.ts'
import { openContact, type SealedContact } from './contact.ts'

/**
 * The reporter's contact in clear, for a stated reason: recorded where the reporter can read it, audited, and limited per account and hour.
 * A tip-off's reporter (举报) is sealed from everyone who handles it; that somebody tried is on the audit trail too.
 */
export async function revealContact(
  ctx: Ctx,
  deps: CasesDeps,
  caseId: string,
  reason: string,
  fields: ('name' | 'phone' | 'agent')[],
): Promise<Record<string, string | null>> {
  const { actor, now } = ctx
  const file = await getFile(ctx, caseId)
  const refusal = (code: string): AuditLine => ({
    action: 'cases.reveal_refused',
    subjectKind: 'case',
    subjectId: caseId,
    areaPath: file.area_path,
    detail: { code },
  })
  if (file.reporter_sealed) {
    ctx.onRefusal(actor, async (refused) => refused.audit(refusal('reporter_sealed')))
    throw CaseError('reporter_sealed')
  }
  await limitReveals(ctx, {
    engine: 'cases',
    views: sql`SELECT viewed_at FROM cases.contact_view WHERE account_id = ${actor.accountId}`,
    line: refusal('reveal_exhausted'),
    refuse: (more) => CaseError('reveal_exhausted', more),
  })
  await ctx.run(sql`
    INSERT INTO cases.contact_view (view_id, case_id, account_id, org_id, by_name, reason, fields, viewed_at)
    VALUES (${newId(now.getTime())}, ${caseId}, ${actor.accountId}, ${actor.orgId}, ${shortName(actor.displayName)}, ${reason}, ${fields}, ${now})`)
  ctx.audit({
    action: 'cases.reveal',
    subjectKind: 'case',
    subjectId: caseId,
    areaPath: file.area_path,
    purpose: reason,
    detail: { fields },
  })
  const [opening] = await loadEntries(ctx, caseId)
  const contact = await ctx.as(systemActor, (system) => openContact(system, deps, opening?.data.contact as SealedContact | undefined))
  return Object.fromEntries(fields.map((field) => [field, (field === 'agent' ? contact?.agent?.name : contact?.[field]) ?? null]))
}

/** Officials are surname and role to the public: 陈工作人员. */
const shortName = (name: string | null): string => `${Array.from(name ?? '')[0] ?? ''}工作人员`
