import type { CaseState, Entry, Rejection } from './case-state.ts'
import type { Branch, CaseType, Condition, Effect, Fact, FactIs, Move } from './case-type.ts'
import { extensionOf, livePause } from './fold-clocks.ts'
import { isUnsettled } from './fold-tasks.ts'

/** May this move be made in this state at this time (leaving aside who asks)? */
export function isOpenTo(type: CaseType, state: CaseState, move: Move, now: Date): boolean {
  return move.from.includes(state.stage) && (move.only ?? []).every((condition) => holds(type, state, condition, now))
}

function holds(type: CaseType, state: CaseState, condition: Condition, now: Date): boolean {
  const paused = livePause(state.pause, now) !== null
  switch (condition.when) {
    case 'paused':
      return paused
    case 'notPaused':
      return !paused
    case 'extensionAsked':
      return state.extension === 'asked'
    case 'noExtensionYet':
      return state.extension === 'none'
    case 'extensible':
      return Object.values(type.clocks).some((rule) => extensionOf(rule, state) !== undefined)
    case 'mayReject':
      return state.ruling === null && !rejectedInRound(state).some(({ orgId }) => orgId === state.mainOrgId)
    case 'rejected':
      return state.ruling === null && rejectedInRound(state).length > 0
    case 'tasksSettled':
      return !state.tasks.some(isUnsettled)
    case 'tasksOpen':
      return state.tasks.some(isUnsettled)
    case 'notSupervised':
      return state.supervisedAt === null
    case 'notRuled':
      return state.ruling === null
    case 'ratable':
      return state.status === 'closed' && state.rating === null
    case 'notMade':
      return state.madeBy[condition.move] === undefined
    case 'running':
      return state.clocks.some(({ key, stoppedAt }) => key === condition.clock && stoppedAt === null)
    case 'within': {
      if (condition.of === 'opening') return now.getTime() - state.openedAt.getTime() <= condition.seconds * 1000
      return state.closedAt !== null && now.getTime() - state.closedAt.getTime() <= condition.days * 86_400_000
    }
  }
}

/** Where a move with these data leads from here, when not where it usually does. */
export function branchOf(type: CaseType, before: CaseState, move: Move, data: Entry['data'], at: Date): Branch | undefined {
  return move.toWhen?.find((branch) => {
    if ('from' in branch) return branch.from === before.stage
    if ('when' in branch) return holds(type, before, branch, at)
    if ('fact' in branch) return isFact(before, branch)
    return data[branch.field] === branch.is
  })
}

/** Whether a fact of the case is one of these. */
export const isFact = (facts: Readonly<Partial<Record<Fact, string | null>>>, { fact, in: values }: FactIs): boolean =>
  values.includes(facts[fact] ?? '')

/** What this step does from here, its branch included. */
export function effectsOf(type: CaseType, before: CaseState, move: Move, data: Entry['data'], at: Date): readonly Effect[] {
  return [...(move.effects ?? []), ...(branchOf(type, before, move, data, at)?.effects ?? [])]
}

/** Who gave the matter back since it was (re)opened. */
export const rejectedInRound = (state: CaseState): readonly Rejection[] => state.rejections.filter(({ round }) => round === state.round)
