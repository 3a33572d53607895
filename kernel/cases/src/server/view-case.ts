import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { CaseRow, CaseView, ClockView, EntryView } from '../contract/case.ts'
import { type CaseType, findMove } from '../define/case-type.ts'
import { type CaseClock, type CaseState, foldCase, handoverMove, livePause } from '../define/fold.ts'
import { pictureOf } from '../define/view-clock.ts'
import { type FileRow, getFile, type LoggedEntry, loadEntries, type NamedFileRow, reloadFile } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { loadDuty } from './duties/find-duty.ts'
import { attachmentsOf, isPublicEntry, listAttachments } from './entry-files.ts'
import { offerMoves } from './offer-moves.ts'
import { maskContact, openContact, type SealedContact } from './residents/contact.ts'

export const iso = (date: Date | null): string | null => date?.toISOString() ?? null

/** Who holds it, in words a resident understands too. */
export function holderOf(type: CaseType, row: NamedFileRow): string {
  if (row.holder === 'main' && row.main_org_name) return row.main_org_name
  if (row.holder === 'requester' && row.requester_name) return row.requester_name
  if (row.holder === 'superior') return `${rulingPlace(row) ?? '县（市、区）'}裁定`
  if (row.holder === 'none') return type.stages[row.stage]?.publicName ?? ''
  return `${row.township_name ?? row.area_name}受理台`
}

/** A township that is to rule; a county needs no name in a list of its own. */
const rulingPlace = (row: NamedFileRow): string | null =>
  row.holder === 'superior' && row.ruling_area_id === row.township_id ? row.township_name : null

export function rowOf(type: CaseType, row: NamedFileRow, now: Date): CaseRow {
  return {
    caseId: row.case_id,
    number: row.number,
    kind: row.kind,
    caseType: row.case_type,
    title: row.title,
    category: row.category,
    appealType: row.appeal_type as CaseRow['appealType'],
    level: row.level,
    channel: row.channel,
    stage: row.stage,
    stageName: type.stages[row.stage]?.name ?? row.stage,
    status: row.status,
    communityName: row.community_name ?? row.area_name,
    cellName: row.cell_name,
    place: row.place,
    holder: holderOf(type, row),
    held: { by: row.holder, place: row.holder === 'desk' ? (row.township_name ?? row.area_name) : rulingPlace(row) },
    openedAt: row.opened_at.toISOString(),
    dueAt: iso(row.task_key ? (row.task_due_at ?? null) : row.due_at),
    clock: listClock(type, row, now),
    outerDueAt: iso(row.outer_due_at),
    rounds: row.round,
    supervisedAt: iso(row.supervised_at),
    reporters: row.reporters,
    score: row.score,
    seq: row.seq,
  }
}

/** The holder's clock from the columns of the list: no log is read for a list. */
function listClock(type: CaseType, row: NamedFileRow, now: Date): CaseRow['clock'] {
  const { task_key, task_started_at, task_amber_at, task_due_at } = row
  if (task_key && task_started_at && task_due_at)
    row = { ...row, clock_key: task_key, clock_started_at: task_started_at, amber_at: task_amber_at ?? null, due_at: task_due_at }
  if (!row.clock_key || !row.clock_started_at || !row.due_at) return null
  const paused = row.paused_until !== null && row.paused_until > now
  const state = row.due_at < now ? 'overdue' : paused ? 'paused' : row.amber_at && row.amber_at <= now ? 'dueSoon' : 'onTime'
  return {
    key: row.clock_key,
    name: type.clocks[row.clock_key]?.name ?? row.clock_key,
    orgName: null,
    state,
    startedAt: row.clock_started_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    amberAt: (row.amber_at ?? row.due_at).toISOString(),
    stoppedAt: null,
    pausedUntil: paused ? iso(row.paused_until) : null,
    pauseReason: paused ? row.pause_reason : null,
    provisional: false,
  }
}

export function clockView(
  type: CaseType,
  clock: CaseClock,
  state: CaseState,
  deps: CasesDeps,
  now: Date,
  orgName: string | null,
): ClockView {
  const picture = pictureOf(clock, deps.calendar(), now)
  const dueAt = picture.dueAt ?? now
  return {
    key: clock.key,
    name: type.clocks[clock.key]?.name ?? clock.key,
    orgName,
    state: picture.state,
    startedAt: clock.startedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    amberAt: (picture.amberAt ?? dueAt).toISOString(),
    stoppedAt: iso(clock.stoppedAt),
    pausedUntil: iso(picture.pausedUntil),
    pauseReason: picture.pausedUntil ? (livePause(state.pause, now)?.reason ?? null) : null,
    provisional: picture.provisional,
    spans: picture.spans,
  }
}

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
    tasks: state.tasks.map(({ seq, orgId, part, status, startedAt, settledAt, result }) => ({
      seq,
      orgName: names.get(orgId) ?? '',
      part,
      status,
      startedAt: iso(startedAt),
      settledAt: iso(settledAt),
      result,
    })),
    mergedInto: state.mergedInto,
    merged,
    moves: offerMoves(type, state, ctx.actor, ctx.now, names),
  }
}

/** Taken in by a colleague of the same office: what a resident filed has its code with the resident, and nobody else's business is printed here. */
export function isOwnIntake({ actor }: Ctx, [opening]: readonly LoggedEntry[]): boolean {
  return opening !== undefined && opening.accountId !== null && opening.orgId !== null && opening.orgId === actor.orgId
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

interface EntryNames {
  seq: number
  account_name: string | null
  org_name: string | null
}

/** The log for a screen: names of people and organizations, forms as filled, never the reporter's contact. */
export async function viewEntries(ctx: Ctx, deps: CasesDeps, caseId: string): Promise<EntryView[]> {
  const row = await getFile(ctx, caseId)
  const type = deps.catalogue.get(row.case_type)
  const { entries, names, files } = await ctx.as(systemActor, async (system) => ({
    entries: await loadEntries(system, caseId),
    names: await namesOf(system, caseId),
    files: await listAttachments(system, caseId),
  }))
  return entries.map((entry) => {
    const move = findMove(type, entry.move)
    const { account_name, org_name } = names.get(entry.seq) ?? { account_name: null, org_name: null }
    const { contact: _contact, ...data } = entry.data
    return {
      seq: entry.seq,
      move: entry.move,
      moveName: platformNames[entry.move] ?? move?.name ?? entry.move,
      stageName: type.stages[entry.stage]?.name ?? entry.stage,
      milestone: move?.effects?.find((effect) => effect.does === 'mark')?.milestone ?? null,
      isPublic: isPublicEntry(type, entry),
      data: shownOf(type, entry.move, data),
      byName: account_name ?? (move?.by === 'system' || entry.move === handoverMove ? '系统' : '居民'),
      orgName: org_name,
      attachments: attachmentsOf(type, entry, files),
      at: entry.at.toISOString(),
    }
  })
}

/** Steps that every type has. */
const platformNames: Readonly<Record<string, string>> = { open: '登记', [handoverMove]: '工作交接' }

function shownOf(type: CaseType, move: string, data: Record<string, unknown>): Record<string, unknown> {
  if (move === 'open') return openingOf(type, data)
  if (move === handoverMove) return data.place ? { note: `${data.from} → ${data.to}` } : {}
  return data
}

/** What staff read of an opening: of a request all that was asked, of everything else what was said and where. */
function openingOf(type: CaseType, data: Record<string, unknown>): Record<string, unknown> {
  const { detail, place, channel, attachments } = data
  const asked = type.asks ? Object.fromEntries(type.form.fields.map(({ key }) => [key, data[key]])) : {}
  return { detail, place, channel, attachments, ...asked }
}

export async function namesOf(system: Ctx, caseId: string): Promise<Map<number, EntryNames>> {
  const rows = await system.rows(sql<EntryNames>`
    SELECT e.seq, a.display_name || CASE WHEN p.account_id <> e.account_id
      THEN '（代' || (SELECT h.display_name FROM access.account h WHERE h.account_id = p.account_id) || '）' ELSE '' END AS account_name, o.name AS org_name
    FROM cases.case_entry e LEFT JOIN access.post p ON p.post_id = e.post_id
    LEFT JOIN access.account a ON a.account_id = e.account_id LEFT JOIN access.organization o ON o.org_id = e.org_id
    WHERE e.case_id = ${caseId}`)
  return new Map(rows.map((row) => [row.seq, row]))
}
