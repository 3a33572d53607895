import { type Actor, may } from '@linli/base/server'
import type { MoveOffer } from '../contract/case.ts'
import type { By, CaseType, Move } from '../define/case-type.ts'
import { type CaseState, isOpenTo, rejectedInRound, taskOf } from '../define/fold.ts'
import { formOf } from '../define/form-of.ts'

const territory = new Set(['cell', 'community', 'township', 'county', 'prefecture', 'province'])

/** The moves that this post may make on this case now, first choice first: buttons need no second rule. */
export function offerMoves(
  type: CaseType,
  state: CaseState,
  actor: Actor,
  now: Date,
  names: ReadonlyMap<string, string> = new Map(),
): MoveOffer[] {
  return type.moves
    .filter((move) => isOpenTo(type, state, move, now) && mayMake(move, state, actor))
    .sort((a, b) => Number(b.primary ?? false) - Number(a.primary ?? false))
    .map((move) => ({
      key: move.key,
      name: move.name,
      form: formOf(move, state) ?? null,
      because: move.because ?? null,
      primary: move.primary ?? false,
      initial: move.merges ? { [move.merges]: mergedOf(state, names) } : null,
    }))
}

/** What the others reported of their parts in this round, to begin the one answer with. */
function mergedOf(state: CaseState, names: ReadonlyMap<string, string>): string {
  return state.tasks
    .filter((task) => task.round === state.round && task.status === 'done' && task.result)
    .map((task) => `${names.get(task.orgId) ?? ''}：${task.result}`)
    .join('\n')
}

/** Permission, side and four eyes. The caller has already shown that the post sees the case. */
export function mayMake(move: Move, state: CaseState, actor: Actor): boolean {
  if (move.by === 'resident' || move.by === 'system') return false
  if (move.permission && !may(actor, move.permission)) return false
  const isMain = actor.orgId !== null && actor.orgId === state.mainOrgId
  const isDesk = territory.has(actor.reach)
  // Nobody rules in a matter that his own organization gave back, or asked for.
  const isJudge =
    isDesk &&
    actor.areaId === state.ruling?.superior.areaId &&
    actor.orgId !== state.requesterOrgId &&
    !rejectedInRound(state).some(({ orgId }) => orgId === actor.orgId)
  const sides: Record<Exclude<By, 'resident' | 'system'>, boolean> = {
    main: isMain,
    co: taskOf(state, actor.orgId) !== undefined,
    desk: isDesk,
    requester: actor.orgId !== null && actor.orgId === state.requesterOrgId,
    superior: isJudge,
    party: isMain || isDesk || state.parties.some((party) => party.orgId === actor.orgId),
  }
  return sides[move.by] && !isSameEyes(move, state, actor)
}

function isSameEyes(move: Move, state: CaseState, actor: Actor): boolean {
  return (move.notBy?.moves ?? []).some((key) => {
    const made = state.madeBy[key]
    if (!made) return false
    return made.accountId === actor.accountId || (move.notBy?.organization === true && made.orgId !== null && made.orgId === actor.orgId)
  })
}
