import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import { getFile, loadEntries } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { CaseError } from '../errors.ts'
import { openContact, type SealedContact } from './contact.ts'

const revealsPerHour = 30
const hourMs = 3_600_000

/**
 * The reporter's contact in clear, for a stated reason: recorded where the reporter can read it, audited, and limited per account and hour;
 * whoever asks for more is stopped until the first of those looks is an hour old, and the security administrator is told.
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
  const refuse = (code: 'reporter_sealed' | 'reveal_exhausted', detail: string, retryAfterSeconds?: number) => {
    const line = { action: 'cases.reveal_refused', subjectKind: 'case', subjectId: caseId, areaPath: file.area_path, detail: { code } }
    ctx.onRefusal(actor, async (refused) => {
      refused.audit(line)
      if (code === 'reveal_exhausted') refused.emit('security.alerted', alertOf(ctx))
    })
    return CaseError(code, retryAfterSeconds === undefined ? { detail } : { detail, retryAfterSeconds })
  }
  if (file.reporter_sealed) throw refuse('reporter_sealed', '举报人信息已密封，办理人员不能查看')
  const { views, oldest } = await countViews(ctx)
  if (views >= revealsPerHour) {
    const wait = Math.ceil((oldest.getTime() + hourMs - now.getTime()) / 1000)
    throw refuse('reveal_exhausted', `一小时最多查看 ${revealsPerHour} 次`, Math.max(1, wait))
  }
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

/** How often this account looked within the hour. Looks at the same instant wait for each other, or many at once would all be the last. */
function countViews(ctx: Ctx): Promise<{ views: number; oldest: Date }> {
  const since = new Date(ctx.now.getTime() - hourMs)
  const { accountId } = ctx.actor
  return ctx.as(systemActor, async (system) => {
    await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`cases.reveal ${accountId}`}, 0))`)
    return system.get(sql<{ views: number; oldest: Date }>`
      SELECT count(*) AS views, coalesce(min(viewed_at), ${ctx.now}::timestamptz) AS oldest
      FROM cases.contact_view WHERE account_id = ${accountId} AND viewed_at > ${since}`)
  })
}

/** Ids only: names are looked up by whoever may read them. */
const alertOf = ({ actor, now }: Ctx): Record<string, unknown> => ({
  alert: 'reveal-limit',
  accountId: actor.accountId,
  orgId: actor.orgId,
  areaPath: actor.areaPath,
  count: revealsPerHour,
  at: now.toISOString(),
})

/** Officials are surname and role to the public: 陈工作人员. */
const shortName = (name: string | null): string => `${Array.from(name ?? '')[0] ?? ''}工作人员`
