import type { CaseView, Entry } from '../api/queries.ts'

/** What a person whose step came second is told: who did what meanwhile, where the case is now, and whether the step still makes sense. */
export interface Conflict {
  /** Steps made since the state that this desk had seen, oldest first. */
  steps: Pick<Entry, 'seq' | 'move' | 'moveName' | 'byName' | 'orgName' | 'at'>[]
  stage: string
  stageName: string
  /** The same move is still offered to this post on the new state. */
  isStillOffered: boolean
  /** The state on which to act now. */
  seq: number
}

export function describeConflict(
  seenSeq: number,
  move: string,
  current: Pick<CaseView, 'seq' | 'stage' | 'stageName' | 'moves'>,
  entries: readonly Entry[],
): Conflict {
  const steps = entries
    .filter((entry) => entry.seq > seenSeq)
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, move: key, moveName, byName, orgName, at }) => ({ seq, move: key, moveName, byName, orgName, at }))
  return {
    steps,
    stage: current.stage,
    stageName: current.stageName,
    isStillOffered: current.moves.some((offer) => offer.key === move),
    seq: current.seq,
  }
}
