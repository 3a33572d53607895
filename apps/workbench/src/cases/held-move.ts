import { useSyncExternalStore } from 'react'

/** A step that one key did: it waits here, still in the browser, before it goes to the server. */
export interface HeldMove {
  caseId: string
  move: string
  name: string
  /** The state that the person saw. */
  seq: number
  sendsAt: number
}

interface HeldPlan extends Omit<HeldMove, 'sendsAt'> {
  send(): Promise<unknown>
  /** For a page that is being torn down: no answer can be waited for any more. */
  leave(): void
}

/** What went wrong with a step after its case had been left. */
export interface HeldProblem {
  caseId: string
  name: string
  error: unknown
}

export const holdMs = 10_000

let held: { plan: HeldPlan; shown: HeldMove; timer: ReturnType<typeof setTimeout> } | undefined
let problem: HeldProblem | undefined
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

function take(): HeldPlan | undefined {
  const plan = held?.plan
  clearTimeout(held?.timer)
  held = undefined
  if (plan) tell()
  return plan
}

/**
 * The log of a case is append-only: what was sent cannot be unmade, and a counter-move would be read by residents. So a step that one key
 * does, without a form to read first (claim, resume, dispatch by the suggestion), is held back for ten seconds in which it can be taken
 * back and nobody was told anything. It goes at once when the person does something else: another step, another case, another page,
 * signing out, closing the window. Steps with a form are not held: they were read before they were sent, and a conflict is shown beside
 * the words.
 */
export function holdMove(plan: HeldPlan): void {
  void releaseHeld()
  const { send: _, leave: __, ...shown } = plan
  held = { plan, shown: { ...shown, sendsAt: Date.now() + holdMs }, timer: setTimeout(() => void releaseHeld(), holdMs) }
  problem = undefined
  tell()
}

/** Takes it back; nothing was sent. */
export function undoHeld(): void {
  take()
}

/** Sends what is held; resolves when the server has answered. With `isLeft` nobody looks at its case any more, so a refusal is kept to be shown elsewhere. */
export async function releaseHeld({ isLeft = false } = {}): Promise<void> {
  const plan = take()
  if (!plan) return
  try {
    await plan.send()
  } catch (error) {
    if (!isLeft) return
    problem = { caseId: plan.caseId, name: plan.name, error }
    tell()
  }
}

export function leaveHeld(): void {
  take()?.leave()
}

export function forgetHeldProblem(): void {
  problem = undefined
  tell()
}

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const heldNow = (): HeldMove | undefined => held?.shown
export const heldProblemNow = (): HeldProblem | undefined => problem
export const useHeldMove = () => useSyncExternalStore(listen, heldNow)
export const useHeldProblem = () => useSyncExternalStore(listen, heldProblemNow)
