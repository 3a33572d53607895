import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { CaseView } from '../contract/case.ts'
import { type CaseState, foldCase, type Task } from '../define/fold.ts'
import { timesOf } from '../define/view-clock.ts'
import { type FileRow, getFile, type LoggedEntry, loadEntries, type NamedFileRow, reloadFile } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { loadDuty } from './duties/find-duty.ts'
import { listAttachments } from './entry-files.ts'
import { offerMoves } from './offer-moves.ts'
import { maskContact, openContact, type SealedContact } from './residents/contact.ts'
import { listSubjects } from './subjects/link-subjects.ts'
import { clockView, iso, rowOf } from './view-row.ts'

/** The whole case for a post that sees it, with the moves it may make. */
export async function viewCase(ctx: Ctx, deps: CasesDeps, caseId: string): Promise<CaseView> {
  return viewFile(ctx, deps, await getFile(ctx, caseId))
}

/** As `viewCase`, for a post that has just moved the case, even where by that very move it no longer sees it. */
export async function viewMoved(ctx: Ctx, deps: CasesDeps, caseId: string): Promise<CaseView> {
  return viewFile(ctx, deps, await ctx.as(systemActor, (system) => reloadFile(system, caseId)))
}

/** The right to the file is the right to what hangs on it: the rest is read as the system, in one turn. */
async function viewFile(ctx: Ctx, deps: CasesDeps, row: NamedFileRow): Promise<CaseView> {
  const type = deps.catalogue.get(row.case_type)
  const { entries, contact, duty, parties, attachments, merged, prints } = await ctx.as(systemActor, async (system) => {
    const entries = await loadEntries(system, row.case_id)
    const sealed = row.reporter_sealed ? undefined : (entries[0]!.data.contact as SealedContact | undefined)
    return {
      entries,
      contact: await openContact(system, deps, sealed),
      duty: row.duty_id ? await loadDuty(system, row.duty_id) : null,
      parties: await listParties(system, row.case_id),
      attachments: await listAttachments(system, row.case_id),
      prints: (await system.get(sql<{ count: number }>`SELECT count(*) FROM cases.receipt_print WHERE case_id = ${row.case_id}`)).count,
      merged: await listMerged(system, deps, row.case_id),
    }
  })
  const state = foldCase(type, entries)
  const names = new Map(parties.map((party) => [party.orgId, party.name]))
  return {
    ...rowOf(type, row, ctx.now),
    detail: String(entries[0]!.data.detail ?? ''),
    position: row.lon !== null && row.lat !== null ? { lon: row.lon, lat: row.lat } : null,
    communityId: row.community_id ?? row.area_id,
    cellId: row.cell_id,
    reporter: { ...maskContact(contact), sealed: row.reporter_sealed },
    receipts: ctx.actor.permissions.has('cases.open') && isOwnIntake(ctx, entries) ? prints : null,
    attachments,
    parties,
    clocks: state.clocks.map((clock) => clockView(type, clock, state, deps, ctx.now, names.get(clock.orgId ?? '') ?? null)),
    rating: ratingOf(entries, state),
    extension: state.extension,
    rejections: state.rejections.map(({ seq, orgId, reason, basis, at }) => ({
      seq,
      orgName: names.get(orgId) ?? '',
      reason,
      basis,
      at: at.toISOString(),
    })),
    requesterName: row.requester_name,
    duty,
    ruling: state.ruling && {
      areaName: state.ruling.superior.name,
      level: state.ruling.superior.level,
      askedAt: state.ruling.askedAt.toISOString(),
      settledAt: iso(state.ruling.settledAt),
    },
    tasks: state.tasks.map((task) => taskView(task, state, deps, ctx.now, names.get(task.orgId) ?? '')),
    mergedInto: state.mergedInto,
    merged,
    subjects: await listSubjects(ctx, deps, row.case_id),
    moves: offerMoves(type, state, ctx.actor, ctx.now, names),
  }
}

/** Taken in by a colleague of the same office: what a resident filed has its code with the resident, and nobody else's business is printed here. */
export function isOwnIntake({ actor }: Ctx, [opening]: readonly LoggedEntry[]): boolean {
  return opening !== undefined && opening.accountId !== null && opening.orgId !== null && opening.orgId === actor.orgId
}

function taskView(task: Task, { clocks }: CaseState, deps: CasesDeps, now: Date, orgName: string): CaseView['tasks'][number] {
  const { seq, part, status, startedAt, settledAt, result } = task
  const clock = clocks.find(
    ({ key, orgId, startedAt: from }) => key === task.clock && orgId === task.orgId && from.getTime() === startedAt?.getTime(),
  )
  const dueAt = clock ? timesOf(clock, deps.calendar()).dueAt : null
  const isLate = dueAt !== null && (settledAt ?? now) > dueAt
  return { seq, orgName, part, status, startedAt: iso(startedAt), settledAt: iso(settledAt), dueAt: iso(dueAt), isLate, result }
}

const mostMerged = 100

/** Who else reported it, masked as the first reporter is. */
async function listMerged(system: Ctx, deps: CasesDeps, caseId: string): Promise<CaseView['merged']> {
  const rows = await system.rows(sql<FileRow & { contact: SealedContact | null }>`
    SELECT f.*, nullif(e.data->'contact', 'null') AS contact FROM cases.case_file f JOIN cases.case_entry e ON e.case_id = f.case_id AND e.seq = 1
    WHERE f.merged_into = ${caseId} ORDER BY f.opened_at, f.case_id LIMIT ${mostMerged}`)
  const merged: CaseView['merged'] = []
  for (const row of rows) {
    const contact = await openContact(system, deps, row.contact ?? undefined)
    const { case_id, number, channel, place } = row
    merged.push({ caseId: case_id, number, openedAt: row.opened_at.toISOString(), channel, place, reporter: maskContact(contact) })
  }
  return merged
}

function ratingOf(entries: readonly LoggedEntry[], state: CaseState): CaseView['rating'] {
  const { rating } = state
  if (!rating) return null
  const given = entries.find((line) => line.seq === rating.seq)
  return { score: rating.score, text: (given?.data.text as string | undefined) ?? null, at: rating.at.toISOString() }
}

async function listParties(system: Ctx, caseId: string): Promise<CaseView['parties']> {
  return system.rows(sql<CaseView['parties'][number]>`
    SELECT p.org_id AS "orgId", o.name, p.role FROM cases.case_party p JOIN access.organization o USING (org_id)
    WHERE p.case_id = ${caseId} ORDER BY array_position(ARRAY['main', 'co', 'requester', 'former'], p.role), o.name`)
}
