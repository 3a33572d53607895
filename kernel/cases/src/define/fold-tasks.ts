import type { CaseClock, CaseState, Entry, Task } from './case-state.ts'
import type { CaseType, Effect } from './case-type.ts'
import { closeClock, newClock } from './fold-clocks.ts'

export const isUnsettled = ({ status }: Task): boolean => status === 'open' || status === 'waiting'

/** The part that an organization has in hand now. */
export const taskOf = (state: CaseState, orgId: string | null): Task | undefined =>
  state.tasks.find((task) => task.status === 'open' && task.orgId === orgId)

/** Another organization gets a part. One that is to come after others waits while any of them is unsettled. */
export function openTask(type: CaseType, state: CaseState, effect: Effect & { does: 'openTask' }, entry: Entry): CaseState {
  const orgId = String(entry.data[effect.org] ?? '')
  if (!orgId || orgId === state.mainOrgId || state.tasks.some((task) => isUnsettled(task) && task.orgId === orgId)) return state
  const waits = entry.data[effect.serial] === true && state.tasks.some(isUnsettled)
  const task: Task = {
    seq: entry.seq,
    round: state.round,
    orgId,
    part: String(entry.data[effect.part] ?? ''),
    clock: effect.clock,
    status: 'waiting',
    startedAt: null,
    settledAt: null,
    result: null,
  }
  const parties = state.parties.filter((party) => party.orgId !== orgId)
  const next: CaseState = { ...state, tasks: [...state.tasks, task], parties: [...parties, { orgId, role: 'co' }] }
  return waits ? next : startTask(type, next, task, entry.at)
}

/** Settles the part that an organization has, open or waiting; the next one that waited begins. */
export function settleTask(
  type: CaseType,
  state: CaseState,
  orgId: string | null,
  status: Exclude<Task['status'], 'waiting' | 'open'>,
  result: string | null,
  at: Date,
): CaseState {
  const task = taskOf(state, orgId) ?? state.tasks.find((other) => other.status === 'waiting' && other.orgId === orgId)
  if (!task) return state
  const isOut = status !== 'done'
  const next: CaseState = {
    ...state,
    tasks: state.tasks.map((other) => (other === task ? { ...task, status, result, settledAt: at } : other)),
    clocks: state.clocks.map((clock) => (isRunningFor(clock, task) ? closeClock(clock, at) : clock)),
    parties: state.parties.map((party) => (isOut && party.orgId === orgId && party.role === 'co' ? { ...party, role: 'former' } : party)),
  }
  const following = next.tasks.some(({ status: other }) => other === 'open')
    ? undefined
    : next.tasks.find((other) => other.status === 'waiting')
  return following ? startTask(type, next, following, at) : next
}

/** Whoever had a part has none any more: the matter ended, left the main organization, or is taken up anew. */
export function endTasks(type: CaseType, state: CaseState, status: 'recalled' | 'lapsed', at: Date): CaseState {
  const left = state.tasks.find(isUnsettled)
  return left ? endTasks(type, settleTask(type, state, left.orgId, status, null, at), status, at) : state
}

function startTask(type: CaseType, state: CaseState, task: Task, at: Date): CaseState {
  const clock = newClock(type, state, task.clock, task.orgId, at)
  return {
    ...state,
    // One step may give several parts, each to another organization.
    tasks: state.tasks.map((other) =>
      other.seq === task.seq && other.orgId === task.orgId ? { ...other, status: 'open', startedAt: at } : other,
    ),
    clocks: clock ? [...state.clocks, clock] : state.clocks,
  }
}

const isRunningFor = (clock: CaseClock, task: Task): boolean => clock.key === task.clock && clock.orgId === task.orgId && !clock.stoppedAt
