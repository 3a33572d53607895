import { type Ctx, sql } from '@linli/base/server'
import type { PublicCase, PublicStep } from '../../contract/public-case.ts'
import { type CaseType, findMove } from '../../define/case-type.ts'
import { type CaseState, foldCase, isOpenTo, livePause } from '../../define/fold.ts'
import { type LoggedEntry, loadEntries, type NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { type AttachmentView, attachmentsOf, isPublicEntry, listAttachments } from '../entry-files.ts'
import { namesOf } from '../view-entries.ts'
import { clockView, holderOf, iso } from '../view-row.ts'

/** The case as its resident sees it: steps that are public, no names of staff beyond their unit, no internal note. Runs as the system. */
export async function viewPublicCase(system: Ctx, deps: CasesDeps, row: NamedFileRow): Promise<PublicCase> {
  const type = deps.catalogue.get(row.case_type)
  const entries = await loadEntries(system, row.case_id)
  const state = foldCase(type, entries)
  const names = await namesOf(system, row.case_id)
  const by = (entry: LoggedEntry) => names.get(entry.seq)?.org_name ?? (findMove(type, entry.move)?.by === 'system' ? '系统' : '您')
  const open = (key: string) => {
    const move = findMove(type, key)
    return move !== undefined && isOpenTo(type, state, move, system.now)
  }
  const files = await listAttachments(system, row.case_id)
  const publicEntries = entries.filter((entry) => isPublicEntry(type, entry))
  const clock = promisedClock(type, state)
  return {
    number: row.number,
    title: row.title,
    stage: state.stage,
    stageName: type.stages[state.stage]?.publicName ?? state.stage,
    status: state.status,
    holder: holderOf(type, row),
    openedAt: state.openedAt.toISOString(),
    dueAt: iso(row.outer_due_at ?? row.due_at),
    clock: clock ? clockView(type, clock, state, deps, system.now, null) : null,
    steps: stepsOf(type, state, publicEntries, files, by, system.now),
    replies: repliesOf(type, publicEntries, files, by),
    attachments: publicEntries.flatMap((entry) => attachmentsOf(type, entry, files)),
    canRate: type.rating !== undefined && open(type.rating.move),
    canReopen: open('reopen'),
    canWithdrawUntil: open('withdraw') ? withdrawUntil(type, state) : null,
    canAdd: open('add'),
    rating: state.rating ? { score: state.rating.score, at: state.rating.at.toISOString() } : null,
    hasContact: row.contact_key_id !== null && row.contact_erased_at === null,
    views: await listViews(system, row.case_id),
    now: system.now.toISOString(),
  }
}

/** The clock that says until when the resident is answered: the promise, or before there is one the step that the matter waits for. */
export function promisedClock(type: CaseType, state: CaseState): CaseState['clocks'][number] | undefined {
  return (
    state.clocks.findLast((other) => type.clocks[other.key]?.owner === 'resident') ??
    state.clocks.findLast((other) => other.key === type.stages[state.stage]?.clock) ??
    state.clocks[0]
  )
}

function stepsOf(
  type: CaseType,
  state: CaseState,
  entries: LoggedEntry[],
  files: AttachmentView[],
  by: (entry: LoggedEntry) => string,
  now: Date,
): PublicStep[] {
  const steps = entries.map((entry): PublicStep => {
    const move = findMove(type, entry.move)
    const pause = move?.effects?.find((effect) => effect.does === 'pause')
    return {
      at: entry.at.toISOString(),
      key: entry.move,
      text: move ? fillWords(move.publicText ?? '', entry.data) : '您报了这件事',
      by: by(entry),
      note: move?.reply ? String(entry.data[move.reply] ?? '') : pause ? String(entry.data[pause.reason] ?? '') : null,
      kind: pause ? 'paused' : 'done',
      until: pause ? String(entry.data[pause.until]) : null,
      attachments: attachmentsOf(type, entry, files),
    }
  })
  if (state.status !== 'open') return steps
  const pause = livePause(state.pause, now)
  const current = type.stages[state.stage]?.publicName ?? state.stage
  return [
    ...steps,
    {
      at: now.toISOString(),
      key: state.stage,
      text: current,
      by: '',
      note: pause?.reason ?? null,
      kind: 'current',
      until: iso(pause?.until ?? null),
      attachments: [],
    },
  ]
}

function repliesOf(
  type: CaseType,
  entries: LoggedEntry[],
  files: AttachmentView[],
  by: (entry: LoggedEntry) => string,
): PublicCase['replies'] {
  return entries.flatMap((entry) => {
    const field = findMove(type, entry.move)?.reply
    const text = field ? entry.data[field] : undefined
    return typeof text === 'string'
      ? [{ at: entry.at.toISOString(), by: by(entry), text, attachments: attachmentsOf(type, entry, files) }]
      : []
  })
}

/** The words of a move with the fields of its form in them. */
export const fillWords = (text: string, data: Readonly<Record<string, unknown>>): string =>
  text.replace(/\{(\w+)\}/g, (_, key) => String(data[key] ?? ''))

function withdrawUntil(type: CaseType, state: CaseState): string | null {
  const limit = findMove(type, 'withdraw')?.only?.find((condition) => condition.when === 'within')
  return limit && 'seconds' in limit ? new Date(state.openedAt.getTime() + limit.seconds * 1000).toISOString() : null
}

interface ViewRow {
  viewed_at: Date
  org_name: string | null
  by_name: string
  reason: string
}

async function listViews(system: Ctx, caseId: string): Promise<PublicCase['views']> {
  const rows = await system.rows(sql<ViewRow>`
    SELECT v.viewed_at, o.name AS org_name, v.by_name, v.reason FROM cases.contact_view v LEFT JOIN access.organization o USING (org_id)
    WHERE v.case_id = ${caseId} ORDER BY v.viewed_at DESC LIMIT 50`)
  return rows.map((row) => ({ at: row.viewed_at.toISOString(), by: `${row.org_name ?? ''} ${row.by_name}`.trim(), reason: row.reason }))
}
