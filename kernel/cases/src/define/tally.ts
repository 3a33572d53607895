import type { CaseState, Step } from './case-state.ts'
import { type CaseKind, type CaseType, findMerge, type Milestone } from './case-type.ts'
import { type Mark, type Measure, marks, ratesOf, type Seen } from './rates.ts'

/** A clock with the deadline that the calendar gives it. */
export interface TimedClock {
  readonly key: string
  readonly orgId: string | null
  readonly startedAt: Date
  readonly stoppedAt: Date | null
  readonly dueAt: Date | null
}

/** What the figures of its kind count of a case. */
export interface Tally {
  /** How often each mark, in letters; the running clocks last, the next one due first; then where it ended unhandled. */
  readonly figures: string
  /** The deadlines of the running ones, in the same order; null where none runs. */
  readonly runningDue: readonly Date[] | null
}

interface Running {
  readonly measure: Measure
  readonly dueAt: Date | null
}

/** Farther than any deadline: a clock without one is never late. */
const never = new Date('9999-12-31T00:00:00Z')

/**
 * Counts one case from its state: as a whole, or what of it is told of one organization, which answers for the matters that it was charged
 * with last and for every dispatch to it. Whoever asked another one for assistance is told the whole of it.
 */
export function tallyCase(type: CaseType, state: CaseState, clocks: readonly TimedClock[], party?: string): Tally {
  const orgId = party === state.requesterOrgId ? undefined : party
  const isOwn = orgId === undefined || state.mainOrgId === orgId
  const of = <T extends { orgId: string | null }>(lines: readonly T[]): readonly T[] =>
    orgId === undefined ? lines : lines.filter((line) => line.orgId === orgId)
  const counted = [
    ...(isOwn ? ownMarks(type, state, clocks, of(clocks)) : []),
    ...of(clocks).flatMap((clock) => disposalOf(type, state, clock)),
    ...of(state.dispatches).map((): Mark => 'dispatched'),
    ...of(state.rejections).map((): Mark => 'rejected'),
    ...of(state.tasks).flatMap((task): (Mark | Running)[] => {
      if (task.status === 'waiting') return []
      const clock = clocks.find(
        ({ key, orgId: whose, startedAt }) => key === task.clock && whose === task.orgId && isAt(startedAt, task.startedAt),
      )
      if (!clock) return []
      return task.status === 'open' || task.status === 'done' ? [timed('part', clock)] : ['part.givenBack']
    }),
  ]
  const known = marksOfKind(type.kind)
  const stage = isOwn ? uncountedStage(type, state) : undefined
  const ended = stage && `x:${type.key}/${stage}`
  return written(
    counted.filter((one) => known.has(typeof one === 'string' ? one : `${one.measure}.running`)),
    ended,
  )
}

/** What is told of a case as a whole, or of whoever was charged with it last. */
function ownMarks(type: CaseType, state: CaseState, all: readonly TimedClock[], own: readonly TimedClock[]): (Mark | Running)[] {
  const [contact, check] = [stoppedBy(type, 'contacted'), stoppedBy(type, 'checked')]
  const isPromise = ({ key }: TimedClock) =>
    type.clocks[key]?.owner === 'resident' && !state.mergedInto && (state.mainOrgId !== null || state.status === 'open')
  // Dispatched anew at the moment that it stopped: the later one counts.
  const isSuperseded = (clock: TimedClock) => {
    const ofKey = all.filter(({ key }) => key === clock.key)
    const later = ofKey[ofKey.indexOf(clock) + 1]
    return later !== undefined && isAt(later.startedAt, clock.stoppedAt)
  }
  return [
    'received',
    lookOf(state),
    ...own
      .filter((clock) => contact.has(clock.key) && !isSuperseded(clock))
      .map((clock) => (isLetGo(type, state, clock) ? ('response.letGo' as const) : timed('response', clock))),
    ...all.filter(isPromise).map((clock) => timed('promise', clock)),
    ...all
      .filter((clock) => check.has(clock.key) && (!clock.stoppedAt || endedBy(state, 'checked', clock)))
      .map((clock) => timed('checking', clock)),
    ...state.steps.flatMap(marksOfStep),
    ...(handledAt(state) && !own.some((clock) => isDisposal(type, clock)) ? (['disposal.onTheSpot'] as const) : []),
  ]
}

/** It ended before anybody came or answered, where the rates of its kind tell that apart. */
const isLetGo = (type: CaseType, state: CaseState, clock: TimedClock): boolean =>
  marksOfKind(type.kind).has('response.letGo') && clock.stoppedAt !== null && !endedBy(state, 'contacted', clock)

function marksOfStep({ milestone, resolved, satisfied, passed }: Step): Mark[] {
  if (milestone === 'followedUp') {
    const opinion = satisfied === null ? 'opinion.silent' : satisfied ? 'opinion.satisfied' : 'opinion.dissatisfied'
    return [resolved ? 'callBack.resolved' : 'callBack.unresolved', opinion]
  }
  if (milestone === 'takenOn') return ['takenOn']
  if (milestone === 'checked') return [passed === false ? 'check.failed' : 'check.passed']
  return []
}

function lookOf(state: CaseState): Mark {
  if (state.steps.some(({ milestone }) => milestone === 'accepted')) return 'look.registered'
  if (state.status === 'withdrawn') return 'look.takenBack'
  return state.status === 'closed' ? 'look.dismissed' : 'look.waiting'
}

function disposalOf(type: CaseType, state: CaseState, clock: TimedClock): (Mark | Running)[] {
  if (!isDisposal(type, clock)) return []
  return !clock.stoppedAt || endedBy(state, 'replied', clock) ? [timed('disposal', clock)] : ['disposal.passedOn']
}

/** The clock of whoever it was sent to, which a result stops. */
const isDisposal = (type: CaseType, { key }: TimedClock): boolean =>
  type.clocks[key]?.owner === 'main' && stoppedBy(type, 'replied').has(key)

const endedBy = (state: CaseState, milestone: Milestone, { stoppedAt }: TimedClock): boolean =>
  state.steps.some((step) => step.milestone === milestone && isAt(step.at, stoppedAt))

const isAt = (at: Date, other: Date | null): boolean => at.getTime() === other?.getTime()

const handledAt = (state: CaseState): Date | undefined => state.steps.findLast(({ milestone }) => milestone === 'replied')?.at

/** Where it ended, when no rate of handling counts it: an appeal that nobody was charged with, anything else that nobody handled. */
function uncountedStage(type: CaseType, state: CaseState): string | undefined {
  // One report of several of a matter, whatever became of it: the matter is counted, not each report.
  if (type.kind === 'appeal' && state.mergedInto) return findMerge(type, 'desk')?.move.to ?? type.opens
  if (state.status === 'open') return undefined
  return (type.kind === 'appeal' ? state.mainOrgId === null : handledAt(state) === undefined) ? state.stage : undefined
}

function timed(measure: Measure, { stoppedAt, dueAt }: TimedClock): Mark | Running {
  if (!stoppedAt) return { measure, dueAt }
  return dueAt && stoppedAt <= dueAt ? `${measure}.kept` : `${measure}.late`
}

/** The clocks that a step of this milestone stops. */
function stoppedBy(type: CaseType, milestone: Milestone): ReadonlySet<string> {
  const marking = type.moves.filter((move) => move.effects?.some((effect) => effect.does === 'mark' && effect.milestone === milestone))
  return new Set(marking.flatMap((move) => move.effects?.flatMap((effect) => (effect.does === 'stopClock' ? [effect.clock] : [])) ?? []))
}

/** How long it took to become known, to be looked at, and to be handled for the last time; in seconds, null where that is not known. */
export function firstTimesOf(state: CaseState): { knownIn: number | null; seenIn: number | null; handledIn: number | null } {
  const seenAt = state.steps.find(({ milestone }) => milestone === 'accepted')?.at
  const span = (from: Date | null | undefined, to: Date | null | undefined): number | null =>
    from && to ? Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000)) : null
  return {
    knownIn: span(state.occurredAt, state.openedAt),
    seenIn: span(state.openedAt, seenAt),
    handledIn: span(seenAt, handledAt(state)),
  }
}

function marksOfKind(kind: CaseKind): ReadonlySet<Mark> {
  const seen = ratesOf(kind).flatMap(({ numerator, denominator, leftOut }) => [
    ...numerator,
    ...denominator,
    ...leftOut.flatMap((one) => one.marks),
  ])
  return new Set<Mark>(['received', ...seen.map((one) => one.replace(/\.(pending|overdue)$/, '.running') as Mark)])
}

function written(counted: readonly (Mark | Running)[], ended: string | undefined): Tally {
  const times = new Map<string, number>()
  for (const one of counted) if (typeof one === 'string') times.set(marks[one], (times.get(marks[one]) ?? 0) + 1)
  const running = counted
    .filter((one): one is Running => typeof one !== 'string')
    .map(({ measure, dueAt }) => ({ letters: marks[`${measure}.running`], dueAt: dueAt ?? never }))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.letters.localeCompare(b.letters))
  const settled = [...times].sort(([a], [b]) => (a < b ? -1 : 1)).map(([letters, count]) => (count === 1 ? letters : `${letters}${count}`))
  return {
    figures: [...settled, ...running.map(({ letters }) => letters), ...(ended ? [ended] : [])].join(' '),
    runningDue: running.length > 0 ? running.map(({ dueAt }) => dueAt) : null,
  }
}

const markBy = new Map<string, Mark>(Object.entries(marks).map(([mark, letters]) => [letters, mark as Mark]))

/** How often each thing is to be counted of a case with these figures, `late` of its running clocks being past their deadlines. */
export function readFigures(figures: string, late: number): { seen: ReadonlyMap<Seen, number>; ended: string | undefined } {
  const seen = new Map<Seen, number>()
  const add = (mark: Seen, count: number) => seen.set(mark, (seen.get(mark) ?? 0) + count)
  let ended: string | undefined
  let running = 0
  for (const word of figures.split(' ')) {
    if (word.startsWith('x:')) ended = word.slice(2)
    const [, letters = '', count] = /^([a-z]+)(\d*)$/.exec(word) ?? []
    const mark = markBy.get(letters)
    if (!mark) continue
    if (isRunning(mark)) {
      const measure = mark.slice(0, -'.running'.length) as Measure
      add(running++ < late ? `${measure}.overdue` : `${measure}.pending`, 1)
    } else add(mark, count ? Number(count) : 1)
  }
  return { seen, ended }
}

const isRunning = (mark: Mark): mark is `${Measure}.running` => mark.endsWith('.running')
