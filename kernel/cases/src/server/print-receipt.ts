import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Receipt } from '../contract/receipt.ts'
import type { CaseState } from '../define/case-state.ts'
import type { CaseType } from '../define/case-type.ts'
import { foldCase } from '../define/fold.ts'
import { getFile, loadEntries, type NamedFileRow } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { CaseError } from './errors.ts'
import { codeOf, tailHash, tailOf } from './residents/contact.ts'
import { promisedClock } from './residents/public-case.ts'
import { isOwnIntake } from './view-case.ts'
import { clockView, iso } from './view-row.ts'

/** The receipt of a case for the printer of the office that took it in. Each call is a paper: the first the receipt, the rest numbered copies. */
export async function printReceipt(ctx: Ctx, deps: CasesDeps, caseId: string, reason: string | undefined): Promise<Receipt> {
  const row = await getFile(ctx, caseId)
  const { entries, office } = await ctx.as(systemActor, async (system) => ({
    entries: await loadEntries(system, caseId),
    office: await findOffice(system, row, ctx.actor.orgId),
  }))
  if (!isOwnIntake(ctx, entries)) throw CaseError('receipt_unavailable')
  const copy = await notePrint(ctx, caseId, reason)
  ctx.audit({
    action: 'cases.print_receipt',
    subjectKind: 'case',
    subjectId: caseId,
    areaPath: row.area_path,
    detail: { copy },
    ...(reason && { purpose: reason }),
  })
  const type = deps.catalogue.get(row.case_type)
  const code = codeOf(deps.vault, caseId)
  return {
    caseId,
    number: row.number,
    kind: row.kind,
    code,
    askBy: tailHash(deps.vault, caseId, tailOf(undefined, code)).equals(row.tail_hash) ? 'code' : 'phone',
    title: row.title,
    place: row.place,
    communityName: row.community_name ?? row.area_name,
    openedAt: row.opened_at.toISOString(),
    promise: promiseOf(type, foldCase(type, entries), deps, row, ctx.now),
    office,
    copy,
    printedAt: ctx.now.toISOString(),
  }
}

/** The number of this paper. Two printed at once wait for each other, or both would be the receipt. */
async function notePrint(ctx: Ctx, caseId: string, reason: string | undefined): Promise<number> {
  const { actor, now } = ctx
  await ctx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`cases.receipt ${caseId}`}, 0))`)
  const { copy } = await ctx.get(sql<{ copy: number }>`
    INSERT INTO cases.receipt_print (print_id, case_id, copy, account_id, org_id, reason, printed_at)
    SELECT ${newId(now.getTime())}::uuid, ${caseId}::uuid, count(*), ${actor.accountId}::uuid, ${actor.orgId}::uuid, ${reason ?? null}, ${now}::timestamptz
    FROM cases.receipt_print WHERE case_id = ${caseId}
    RETURNING copy`)
  return copy
}

/** The office, with its number; where it has none, with the nearest one above the place that has, and whose that is. */
async function findOffice(system: Ctx, row: NamedFileRow, orgId: string | null): Promise<Receipt['office']> {
  const own = await system.find(
    sql<{ name: string; phone: string | null }>`SELECT name, phone FROM access.organization WHERE org_id = ${orgId}`,
  )
  const name = own?.name ?? row.area_name
  if (own?.phone) return { name, phone: own.phone, phoneOf: name }
  const near = await system.find(sql<{ name: string; phone: string }>`
    SELECT name, phone FROM access.organization
    WHERE phone IS NOT NULL AND area_id IN (${row.community_id}::uuid, ${row.township_id}::uuid, ${row.county_id}::uuid)
    ORDER BY area_path DESC, name LIMIT 1`)
  return { name, phone: near?.phone ?? null, phoneOf: near?.name ?? null }
}

function promiseOf(type: CaseType, state: CaseState, deps: CasesDeps, row: NamedFileRow, now: Date): Receipt['promise'] {
  const clock = promisedClock(type, state)
  const dueAt = iso(row.outer_due_at ?? row.due_at)
  if (!clock || !dueAt) return null
  const { name, provisional } = clockView(type, clock, state, deps, now, null)
  return { clock: clock.key, name, dueAt, provisional }
}
