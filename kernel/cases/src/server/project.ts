import type { WorkingCalendar } from '@linli/base/define'
import type { CaseType } from '../define/case-type.ts'
import { type CasePlace, type CaseState, taskOf } from '../define/fold.ts'
import { firstTimesOf, type Tally, tallyCase } from '../define/tally.ts'
import { type ClockTimes, timesOf } from '../define/view-clock.ts'

/** The columns of case_file that follow from the entries. */
export interface Projection {
  /** Null: where it was opened. */
  place: CasePlace | null
  stage: string
  queue: string | null
  status: string
  holder: string
  category: string | null
  appealType: string | null
  level: string | null
  mainOrgId: string | null
  dutyId: string | null
  requesterOrgId: string | null
  handlerId: string | null
  round: number
  extension: string
  score: number | null
  seq: number
  closedAt: Date | null
  clockKey: string | null
  clockStartedAt: Date | null
  dueAt: Date | null
  amberAt: Date | null
  pausedUntil: Date | null
  pauseReason: string | null
  outerDueAt: Date | null
  supervisedAt: Date | null
  mergedInto: string | null
  /** Who is to rule between those who rejected it. */
  rulingAreaId: string | null
  reporterSealed: boolean
  /** What the statistics of its kind count of it, see `tallyCase`. */
  figures: string
  runningDue: readonly Date[] | null
  /** The three first times, in seconds. */
  knownIn: number | null
  seenIn: number | null
  handledIn: number | null
  clocks: ClockRow[]
  parties: PartyRow[]
}

export interface PartyRow {
  orgId: string
  role: string
  /** Of the part in hand, otherwise of the case. */
  dueAt: Date | null
  taskKey: string | null
  taskStartedAt: Date | null
  taskAmberAt: Date | null
  /** What of the figures is told of this organization. */
  figures: string
  runningDue: readonly Date[] | null
}

export interface ClockRow {
  key: string
  round: number
  orgId: string | null
  startedAt: Date
  dueAt: Date | null
  amberAt: Date | null
  stoppedAt: Date | null
  /** Every notice that a running clock leads to, lowest level first. */
  notices: Notice[]
  /** The first of them: what a clock that never told anyone waits for. */
  nextLevel: number | null
  nextNoticeAt: Date | null
}

export interface Notice {
  level: number
  at: Date
}

/** State → what lists and sweeps need. The only place where columns come from, whether a move was made or everything is rebuilt. */
export function project(type: CaseType, state: CaseState, calendar: WorkingCalendar): Projection {
  const clocks = state.clocks.map((clock): ClockRow => {
    const times = timesOf(clock, calendar)
    const notices = clock.stoppedAt ? [] : noticesOf(type, times)
    return {
      key: clock.key,
      round: clock.round,
      orgId: clock.orgId,
      startedAt: clock.startedAt,
      dueAt: times.dueAt,
      amberAt: times.amberAt,
      stoppedAt: clock.stoppedAt,
      notices,
      nextLevel: notices[0]?.level ?? null,
      nextNoticeAt: notices[0]?.at ?? null,
    }
  })
  const stage = type.stages[state.stage]
  const current = clocks.findLast((clock) => clock.key === stage?.clock && !clock.stoppedAt)
  const outer = clocks.findLast((clock) => type.clocks[clock.key]?.owner === 'resident')
  return {
    place: state.place,
    stage: state.stage,
    queue: stage?.queue ?? null,
    status: state.status,
    holder: stage?.holder ?? 'none',
    category: state.category,
    appealType: state.appealType,
    level: state.level,
    mainOrgId: state.mainOrgId,
    dutyId: state.dutyId,
    requesterOrgId: state.requesterOrgId,
    handlerId: state.handlerId,
    round: state.round,
    extension: state.extension,
    score: state.rating?.score ?? null,
    seq: state.seq,
    closedAt: state.closedAt,
    clockKey: current?.key ?? null,
    clockStartedAt: current?.startedAt ?? null,
    dueAt: current?.dueAt ?? null,
    amberAt: current?.amberAt ?? null,
    pausedUntil: state.pause?.until ?? null,
    pauseReason: state.pause?.reason ?? null,
    outerDueAt: outer?.dueAt ?? null,
    supervisedAt: state.supervisedAt,
    mergedInto: state.mergedInto?.caseId ?? null,
    rulingAreaId: state.ruling && !state.ruling.settledAt ? state.ruling.superior.areaId : null,
    reporterSealed: state.reporterSealed,
    ...tallyCase(type, state, clocks),
    ...firstTimesOf(state),
    clocks,
    parties: state.parties.map((party) => ({
      ...partyRow(state, party, clocks, current?.dueAt ?? null),
      ...tallyCase(type, state, clocks, party.orgId),
    })),
  }
}

function partyRow(
  state: CaseState,
  { orgId, role }: CaseState['parties'][number],
  clocks: readonly ClockRow[],
  dueAt: Date | null,
): Omit<PartyRow, keyof Tally> {
  const task = taskOf(state, orgId)
  const clock = task && clocks.findLast((one) => one.key === task.clock && one.orgId === orgId && !one.stoppedAt)
  return {
    orgId,
    role,
    dueAt: clock ? clock.dueAt : dueAt,
    taskKey: clock?.key ?? null,
    taskStartedAt: clock?.startedAt ?? null,
    taskAmberAt: clock?.amberAt ?? null,
  }
}

/** The notices of a clock with these times, lowest level first. */
export function noticesOf(type: CaseType, times: Pick<ClockTimes, 'dueAt' | 'amberAt'>): Notice[] {
  return type.notices
    .flatMap(({ level }) => {
      const at = noticeTime(type, level, times)
      return at ? [{ level, at }] : []
    })
    .sort((a, b) => a.level - b.level)
}

/** When this level of notice is due for a clock with these times; undefined when there is none. */
export function noticeTime(type: CaseType, level: number, times: Pick<ClockTimes, 'dueAt' | 'amberAt'>): Date | undefined {
  const notice = type.notices.find((other) => other.level === level)
  if (!notice || !times.dueAt) return undefined
  if (notice.at === 'amber') return times.amberAt ?? undefined
  if (notice.at === 'due') return times.dueAt
  return new Date(times.dueAt.getTime() + notice.at.afterDueHours * 3_600_000)
}
