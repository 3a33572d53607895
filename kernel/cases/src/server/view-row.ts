import type { CaseRow, ClockView } from '../contract/case.ts'
import type { CaseType } from '../define/case-type.ts'
import { type CaseClock, type CaseState, livePause } from '../define/fold.ts'
import { pictureOf } from '../define/view-clock.ts'
import type { NamedFileRow } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'

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
