import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import { getFile, loadEntries } from './case-rows.ts'
import { openContact, type SealedContact } from './contact.ts'
import type { CasesDeps } from './deps.ts'
import { CaseError } from './errors.ts'

const revealsPerHour = 30

/**
 * The reporter's contact in clear, for a stated reason: recorded where the reporter can read it, audited, and limited per account and hour.
 * A tip-off's reporter (举报) is sealed from everyone who handles it.
 */
export async function revealContact(
  ctx: Ctx,
  deps: CasesDeps,
  caseId: string,
  reason: string,
  fields: ('name' | 'phone')[],
): Promise<Record<string, string | null>> {
  const row = await getFile(ctx, caseId)
  if (row.reporter_sealed) throw CaseError('reporter_sealed', { detail: '举报人信息已密封，办理人员不能查看' })
  const since = new Date(ctx.now.getTime() - 3_600_000)
  const { views } = await ctx.as(systemActor, (system) =>
    system.get(
      sql<{
        views: number
      }>`SELECT count(*) AS views FROM cases.contact_view WHERE account_id = ${ctx.actor.accountId} AND viewed_at > ${since}`,
    ),
  )
  if (views >= revealsPerHour)
    throw CaseError('reveal_exhausted', { detail: `一小时最多查看 ${revealsPerHour} 次`, retryAfterSeconds: 600 })
  await ctx.run(sql`
    INSERT INTO cases.contact_view (view_id, case_id, account_id, org_id, by_name, reason, fields, viewed_at)
    VALUES (${newId(ctx.now.getTime())}, ${caseId}, ${ctx.actor.accountId}, ${ctx.actor.orgId}, ${shortName(ctx.actor.displayName)}, ${reason}, ${fields}, ${ctx.now})`)
  ctx.audit({
    action: 'cases.reveal',
    subjectKind: 'case',
    subjectId: caseId,
    areaPath: row.area_path,
    purpose: reason,
    detail: { fields },
  })
  const [opening] = await loadEntries(ctx, caseId)
  const contact = row.contact_erased_at
    ? undefined
    : await ctx.as(systemActor, (system) => openContact(system, deps, opening?.data.contact as SealedContact | undefined))
  return Object.fromEntries(fields.map((field) => [field, contact?.[field] ?? null]))
}

/** Officials are surname and role to the public: 陈工作人员. */
const shortName = (name: string | null): string => `${Array.from(name ?? '')[0] ?? ''}工作人员`
