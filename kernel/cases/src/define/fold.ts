import type { CasePlace, CaseState, Entry, MergeTarget, Origin, Rating, Rejection, Superior } from './case-state.ts'
import type { CaseType, Effect, Fact, Milestone } from './case-type.ts'
import { findMove } from './case-type.ts'
import { branchOf } from './conditions.ts'
import {
  closeClock,
  continueClock,
  extendClock,
  livePause,
  pauseCase,
  resumeCase,
  startClock,
  startGiven,
  stopClock,
} from './fold-clocks.ts'
import { endTasks, openTask, settleTask } from './fold-tasks.ts'

export type * from './case-state.ts'
export * from './conditions.ts'
export { livePause } from './fold-clocks.ts'
export { isUnsettled, taskOf } from './fold-tasks.ts'

/** What a case is after its entries. Pure: the projection in the database must always equal it. */
export function foldCase(type: CaseType, entries: readonly Entry[]): CaseState {
  const [first, ...rest] = entries
  if (!first) throw new Error('a case has at least its opening')
  return rest.reduce((state, entry) => applyEntry(type, state, entry), openState(type, first))
}

export function openState(type: CaseType, entry: Entry): CaseState {
  const base: CaseState = {
    place: null,
    stage: type.opens,
    status: 'open',
    seq: entry.seq,
    round: 1,
    category: text(entry.data.category),
    appealType: text(entry.data.appealType),
    level: text(entry.data.level),
    wantedBy: text(entry.data.wantedBy),
    ...partiesOf(type, entry),
    handlerId: null,
    clocks: [],
    pause: null,
    extension: 'none',
    rejections: [],
    tasks: [],
    supervisedAt: null,
    mergedInto: null,
    ruling: null,
    milestones: {},
    steps: [],
    dispatches: [],
    occurredAt: text(entry.data.occurredAt) ? new Date(String(entry.data.occurredAt)) : null,
    rating: null,
    ratings: [],
    reporterSealed: isTip(text(entry.data.appealType)),
    madeBy: { open: { accountId: entry.accountId, orgId: entry.orgId } },
    openedAt: entry.at,
    closedAt: null,
    movedAt: entry.at,
  }
  const origin = originOf(entry)
  if (!origin) return type.opensClocks.reduce((state, clock) => startClock(type, state, clock, entry.at), base)
  // Our limits did not hold where it was; without a deadline of its own it has none until somebody takes it up here.
  return origin.dueAt === null ? base : startGiven(type, base, origin.dueAt, entry.at)
}

/** Where a matter came over from, as its opening has it. */
export function originOf({ data }: Pick<Entry, 'data'>): Origin | undefined {
  return data.origin as Origin | undefined
}

/**
 * What the platform itself writes into the log of any type when the cell around a case is redrawn or its handler leaves (交接): where it
 * lies from now on, and whether nobody has it in hand any more. It moves no deadline and no stage.
 */
export const handoverMove = 'changeHands'

function changeHands(state: CaseState, { data }: Entry): CaseState {
  const place = (data.place as CasePlace | undefined) ?? state.place
  return { ...state, place, handlerId: data.handlerLeft === true ? null : state.handlerId }
}

/** Where one organization asks another, both stand in it from the first. */
function partiesOf(type: CaseType, { data, orgId }: Entry): Pick<CaseState, 'mainOrgId' | 'requesterOrgId' | 'dutyId' | 'parties'> {
  const asked = text(data.orgId)
  if (!type.asks || !asked || !orgId) return { mainOrgId: null, requesterOrgId: null, dutyId: null, parties: [] }
  const parties = [{ orgId, role: 'requester' } as const, { orgId: asked, role: 'main' } as const]
  return { mainOrgId: asked, requesterOrgId: orgId, dutyId: text(data.dutyId), parties }
}

/** The state after one more entry; an entry of an unknown move (an older definition) changes nothing but `seq`. */
export function applyEntry(type: CaseType, before: CaseState, entry: Entry): CaseState {
  const move = findMove(type, entry.move)
  let state: CaseState = { ...before, seq: entry.seq, pause: livePause(before.pause, entry.at), movedAt: entry.at }
  if (entry.move === handoverMove) return changeHands(state, entry)
  if (!move) return state
  const branch = branchOf(type, before, move, entry.data, entry.at)
  for (const effect of [...(move.effects ?? []), ...(branch?.effects ?? [])]) state = applyEffect(type, state, effect, entry)
  const stage = branch?.to ?? move.to ?? state.stage
  state = enterStage(type, state, stage, entry)
  if (move.key === type.rating?.verifiedBy && type.stages[stage]?.final) state = markRectified(state, entry.at)
  return { ...state, madeBy: { ...state.madeBy, [move.key]: { accountId: entry.accountId, orgId: entry.orgId } } }
}

function enterStage(type: CaseType, state: CaseState, stage: string, entry: Entry): CaseState {
  const final = type.stages[stage]?.final
  if (!final) return { ...state, stage, status: 'open', closedAt: null }
  const alone = endTasks(type, state, 'lapsed', entry.at)
  const clocks = alone.clocks.map((clock) => (clock.stoppedAt ? clock : closeClock(clock, entry.at)))
  return { ...alone, stage, status: final, closedAt: state.stage === stage ? state.closedAt : entry.at, clocks, pause: null }
}

function applyEffect(type: CaseType, state: CaseState, effect: Effect, entry: Entry): CaseState {
  switch (effect.does) {
    case 'mark':
      return mark(state, effect.milestone, entry)
    case 'setMain':
      return setMain(
        settleTask(type, state, text(entry.data[effect.from]), 'recalled', null, entry.at),
        text(entry.data[effect.from]),
        entry,
      )
    case 'setHandler':
      return { ...state, handlerId: effect.from === 'actor' ? entry.accountId : text(entry.data[effect.from]) }
    case 'clearHandler':
      return { ...state, handlerId: null }
    case 'set':
      return entry.data[effect.from] === undefined ? state : setFact(state, effect.fact, text(entry.data[effect.from]))
    case 'startClock':
      return startClock(type, state, effect.clock, entry.at)
    case 'stopClock':
      return stopClock(state, effect.clock, entry.at)
    case 'continueClock':
      return continueClock(type, state, effect.clock, entry.at)
    case 'pause':
      return pauseCase(type, state, new Date(String(entry.data[effect.until])), String(entry.data[effect.reason]), entry.at)
    case 'resume':
      return resumeCase(type, state, entry.at)
    case 'askExtension':
      return { ...state, extension: 'asked' }
    case 'grantExtension':
      return { ...effect.clocks.reduce((next, key) => extendClock(type, next, key, entry.at), state), extension: 'granted' }
    case 'refuseExtension':
      return { ...state, extension: 'refused' }
    case 'startRound':
      return {
        ...endTasks(type, state, 'recalled', entry.at),
        round: state.round + 1,
        extension: 'none',
        ruling: null,
        supervisedAt: null,
        rating: null,
        handlerId: null,
        pause: null,
        milestones: { ...state.milestones, [`round${state.round + 1}`]: entry.at },
      }
    case 'reject':
      return reject(endTasks(type, state, 'recalled', entry.at), rejectionOf(state, effect, entry))
    case 'decline':
      return { ...state, rejections: [...state.rejections, rejectionOf(state, effect, entry)] }
    case 'askRuling':
      return { ...state, ruling: { superior: entry.data.superior as Superior, askedAt: entry.at, settledAt: null } }
    case 'settleRuling':
      return { ...state, ruling: state.ruling && { ...state.ruling, settledAt: entry.at } }
    case 'openTask':
      return openTask(type, state, effect, entry)
    case 'finishTask':
      return settleTask(type, state, entry.orgId, 'done', text(entry.data[effect.result]), entry.at)
    case 'rejectTask':
      return settleTask(type, state, entry.orgId, 'rejected', text(entry.data[effect.reason]), entry.at)
    case 'recallTask':
      return settleTask(type, state, text(entry.data[effect.org]), 'recalled', null, entry.at)
    case 'merge':
      return { ...state, mergedInto: entry.data.target as MergeTarget }
    case 'unmerge':
      return { ...state, mergedInto: null }
    case 'supervise':
      return { ...state, supervisedAt: state.supervisedAt ?? entry.at }
    case 'rate':
      return rate(state, Number(entry.data[effect.score]), entry)
  }
}

function mark(state: CaseState, milestone: Milestone, { at, data }: Entry): CaseState {
  const said = (field: string): boolean | null => (typeof data[field] === 'boolean' ? data[field] : null)
  const step = { milestone, at, resolved: said('resolved'), satisfied: said('satisfied'), passed: said('passed') }
  // The first time counts: a second contact does not make the response later.
  const milestones = state.milestones[milestone] ? state.milestones : { ...state.milestones, [milestone]: at }
  return { ...state, milestones, steps: [...state.steps, step] }
}

function setFact(state: CaseState, fact: Fact, value: string | null): CaseState {
  return { ...state, [fact]: value, reporterSealed: state.reporterSealed || (fact === 'appealType' && isTip(value)) }
}

const isTip = (appealType: string | null): boolean => appealType === 'report'

function rate(state: CaseState, score: number, entry: Entry): CaseState {
  const rating: Rating = { seq: entry.seq, score, at: entry.at, orgId: state.mainOrgId, rectifiedAt: null }
  return { ...state, rating, ratings: [...state.ratings, rating] }
}

function markRectified(state: CaseState, at: Date): CaseState {
  if (!state.rating || state.rating.rectifiedAt) return state
  const rating = { ...state.rating, rectifiedAt: at }
  return { ...state, rating, ratings: [...state.ratings.slice(0, -1), rating] }
}

function setMain(state: CaseState, orgId: string | null, entry: Entry): CaseState {
  if (!orgId) return state
  const others = state.parties
    .filter((party) => party.orgId !== orgId)
    .map((party) => (party.role === 'main' ? { ...party, role: 'former' as const } : party))
  return {
    ...state,
    mainOrgId: orgId,
    dutyId: text(entry.data.dutyId),
    handlerId: null,
    dispatches: [...state.dispatches, { orgId, at: entry.at }],
    parties: [...others, { orgId, role: 'main' }],
  }
}

const rejectionOf = (state: CaseState, by: { reason: string; basis: string }, entry: Entry): Rejection => ({
  seq: entry.seq,
  round: state.round,
  orgId: state.mainOrgId ?? '',
  reason: text(entry.data[by.reason]),
  basis: text(entry.data[by.basis]),
  at: entry.at,
})

function reject(state: CaseState, rejection: Rejection): CaseState {
  const orgId = state.mainOrgId
  if (!orgId) return state
  const parties = state.parties.map((party) => (party.orgId === orgId ? { ...party, role: 'former' as const } : party))
  return { ...state, mainOrgId: null, handlerId: null, parties, rejections: [...state.rejections, rejection] }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
