import { formatInstant, type WorkingCalendar } from '@linli/base/define'
import { measureRound } from './measure.ts'
import { type ClockEntry, type ClockPolicy, type ClockState, readPolicy, readTime, type Time } from './policy.ts'
import { foldRounds, type Round } from './rounds.ts'

/** A stretch for drawing the clock. `to` is null where it goes on; between closing and reopening there is no stretch. */
export interface ClockSpan {
  from: string
  to: string | null
  kind: 'running' | 'paused'
}

/** Instants are ISO 8601 in UTC. */
export interface ClockReading {
  /** Null only while an open-ended pause stands before the deadline. */
  dueAt: string | null
  /** 80 % of what is measured; null while an open-ended pause stands before it. */
  amberAt: string | null
  /** Closed no later than due; null for a case that is not closed. */
  onTime: boolean | null
  state: ClockState
  /** Planned end of the pause in force. */
  pausedUntil: string | null
  spans: ClockSpan[]
}

/**
 * Reads the clock of a case: a pure function of the policy, the entries and the working calendar. The rules stand in `README.md`
 * beside this file, the deadlines that it must give in `golden.ts`. The outer clock runs from acceptance, each department's from its
 * dispatch: the caller says which by `openedAt`. `now` decides only `state` and `pausedUntil`; without it they are as of the last
 * entry that moved the clock.
 * Throws `CalendarYearMissing` where the deadline needs a year whose holidays are unknown, `ClockInputInvalid` for unreadable input.
 */
export function runClock(
  policy: ClockPolicy,
  openedAt: Time,
  entries: readonly ClockEntry[],
  calendar: WorkingCalendar,
  now?: Time,
): ClockReading {
  const measure = readPolicy(policy)
  const rounds = foldRounds(readTime(openedAt, 'openedAt'), entries, measure)
  const round = rounds.at(-1)!
  const { dueAt, amberAt } = measureRound(round, measure, calendar)
  const at = now === undefined ? round.movedAt : readTime(now, 'now')
  const pause = round.closedAt === undefined ? round.pauses.find(({ from, to }) => from <= at && at < to) : undefined
  return {
    dueAt: dueAt === undefined ? null : formatInstant(dueAt),
    amberAt: amberAt === undefined ? null : formatInstant(amberAt),
    onTime: round.closedAt === undefined || dueAt === undefined ? null : round.closedAt <= dueAt,
    state: stateAt(at, round, dueAt, amberAt, pause !== undefined),
    pausedUntil: pause ? formatEnd(pause.to) : null,
    spans: rounds.flatMap(spansOf),
  }
}

function stateAt(at: number, round: Round, dueAt: number | undefined, amberAt: number | undefined, isPaused: boolean): ClockState {
  if (round.closedAt !== undefined) return 'done'
  if (dueAt !== undefined && at > dueAt) return 'overdue'
  if (isPaused) return 'paused'
  return amberAt !== undefined && at >= amberAt ? 'dueSoon' : 'onTime'
}

function spansOf({ startAt, pauses, closedAt = Number.POSITIVE_INFINITY }: Round): ClockSpan[] {
  const spans: ClockSpan[] = []
  let from = startAt
  const add = (until: number, kind: ClockSpan['kind']): void => {
    const to = Math.min(until, closedAt)
    if (to <= from) return
    spans.push({ from: formatInstant(from), to: formatEnd(to), kind })
    from = to
  }
  for (const pause of pauses) {
    add(pause.from, 'running')
    add(pause.to, 'paused')
  }
  add(closedAt, 'running')
  return spans
}

function formatEnd(instant: number): string | null {
  return instant === Number.POSITIVE_INFINITY ? null : formatInstant(instant)
}
