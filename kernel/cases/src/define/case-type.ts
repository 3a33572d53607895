import type { FormDefinition } from '@linli/forms/define'
import type { ClockPolicy } from './clock/index.ts'

/** The kinds of work; each has its own rulebook, and they are never one statistic (DESIGN 5). */
export type CaseKind =
  | 'appeal'
  | 'event'
  | 'application'
  | 'tip'
  | 'repair'
  | 'disposition'
  | 'visit'
  | 'inspection'
  | 'task'
  | 'callOut'
  | 'assistance'

/** Which list a stage waits in, in the words of the trade: the engine counts and filters by these, not by the stages of a scene. */
export type Queue = 'accept' | 'admit' | 'dispatch' | 'rule' | 'handle' | 'followUp' | 'rectify' | 'verify' | 'check' | 'close'

/** Who holds a case in a stage: the desk of its place, the main organization, the organization that asked for it, the superior that rules, or nobody any more. */
export type Holder = 'desk' | 'main' | 'requester' | 'superior' | 'none'

export interface Stage {
  readonly name: string
  readonly holder: Holder
  readonly queue?: Queue
  /** The clock that the holder works against; lists are ordered by it. */
  readonly clock?: string
  /** What a resident reads. */
  readonly publicName: string
  readonly final?: 'closed' | 'withdrawn'
}

/** What the engine's statistics read: each is marked the first time, whatever the stages of a scene are called. */
export type Milestone = 'accepted' | 'dispatched' | 'takenOn' | 'contacted' | 'replied' | 'followedUp' | 'checked'

/** What a case is known by from its opening or a later step; limits, branches and demands may depend on it. `level` says how urgent it is, `wantedBy` until when it is wanted. */
export type Fact = 'category' | 'appealType' | 'level' | 'wantedBy'

/** A fact has one of these values. */
export interface FactIs {
  readonly fact: Fact
  readonly in: readonly string[]
}

/** Who may make a move, beside the permission: a post of the place (territory), of the main organization, that works on a part of it, of the organization that asked for it, of the superior that rules, the resident, or the platform. */
export type By = 'desk' | 'main' | 'co' | 'requester' | 'superior' | 'party' | 'resident' | 'system'

/** What a move does beyond its stage, as data; the fold knows these and nothing else. */
export type Effect =
  | { readonly does: 'mark'; readonly milestone: Milestone }
  | { readonly does: 'setMain'; readonly from: string }
  | { readonly does: 'setHandler'; readonly from: 'actor' | string }
  | { readonly does: 'clearHandler' }
  | { readonly does: 'set'; readonly fact: Fact; readonly from: string }
  | { readonly does: 'startClock'; readonly clock: string }
  | { readonly does: 'stopClock'; readonly clock: string }
  /** The clock runs on with the deadline it had: the stop turned out to be none. */
  | { readonly does: 'continueClock'; readonly clock: string }
  | { readonly does: 'pause'; readonly until: string; readonly reason: string }
  | { readonly does: 'resume' }
  | { readonly does: 'askExtension'; readonly reason: string }
  | { readonly does: 'grantExtension'; readonly clocks: readonly string[] }
  | { readonly does: 'refuseExtension' }
  | { readonly does: 'startRound' }
  /** The main organization gives the dispatch back, with a reason code and its basis; it has no part in the matter any more. */
  | { readonly does: 'reject'; readonly reason: string; readonly basis: string }
  /** Who was asked says no, with a reason code and why, and stays the one who was asked. */
  | { readonly does: 'decline'; readonly reason: string; readonly basis: string }
  /** The lowest common superior of all who rejected is to rule; the platform writes into the entry who that is. */
  | { readonly does: 'askRuling' }
  | { readonly does: 'settleRuling' }
  /** Gives another organization a part of the matter, with a clock of its own; a serial one waits until the parts before it are settled. */
  | { readonly does: 'openTask'; readonly org: string; readonly part: string; readonly serial: string; readonly clock: string }
  /** The acting organization's open part is done, with what came of it. */
  | { readonly does: 'finishTask'; readonly result: string }
  /** The acting organization gives its part back. */
  | { readonly does: 'rejectTask'; readonly reason: string }
  | { readonly does: 'recallTask'; readonly org: string }
  /** It is the same matter as another one, named by the form by its number: that one goes on, this one ends and its reporter is told what comes of it. */
  | { readonly does: 'merge'; readonly into: string }
  | { readonly does: 'unmerge' }
  /** A superior wants to see the end of it (督办): it stays marked until it is closed. */
  | { readonly does: 'supervise' }
  | { readonly does: 'rate'; readonly score: string }

/** A plain condition over the folded state. */
export type Condition =
  | { readonly when: 'paused' | 'notPaused' | 'extensionAsked' | 'noExtensionYet' | 'extensible' | 'ratable' }
  /** Of this round. `mayReject`: the main organization has not, and nobody was asked to rule. `rejected`: somebody has, and nobody was asked. `notRuled`: nobody was asked. */
  | { readonly when: 'mayReject' | 'rejected' | 'notRuled' }
  /** No part of the matter is with somebody else any more; some part is. */
  | { readonly when: 'tasksSettled' | 'tasksOpen' | 'notSupervised' }
  /** This step was not made yet. */
  | { readonly when: 'notMade'; readonly move: string }
  /** The clock of this key runs. */
  | { readonly when: 'running'; readonly clock: string }
  | { readonly when: 'within'; readonly seconds: number; readonly of: 'opening' }
  | { readonly when: 'within'; readonly days: number; readonly of: 'closing' }

/** Where else a move leads: when a field of the form has this value (an unresolved call back sends the case back), out of this stage, where a fact is one of these, or where this holds. */
export type Branch<S extends string = string> = (
  | { readonly field: string; readonly is: unknown }
  | { readonly from: S }
  | FactIs
  | Condition
) & {
  readonly to: S
  readonly effects?: readonly Effect[]
  /** Who is told instead of those whom the move tells. */
  readonly tells?: { readonly who: Audience; readonly template: string }
}

export interface Move<S extends string = string> {
  readonly key: string
  readonly name: string
  readonly from: readonly S[]
  /** Absent: the stage stays. */
  readonly to?: S
  /** Another stage, the first that fits, with effects of its own. */
  readonly toWhen?: readonly Branch<S>[]
  readonly by: By
  readonly permission?: string
  readonly form?: FormDefinition
  /** Fields of the form that must be filled where a fact is so, and why: a picture where there was danger. */
  readonly requires?: readonly { readonly field: string; readonly when: FactIs; readonly basis: string }[]
  readonly effects?: readonly Effect[]
  readonly only?: readonly Condition[]
  /** Four eyes: not whoever made the latest of these moves, nor anyone of that organization when `organization` is set. */
  readonly notBy?: { readonly moves: readonly string[]; readonly organization?: true }
  /** What the resident reads of it; absent means the move is internal. `{field}` is replaced from the form. */
  readonly publicText?: string
  /** The field whose text is a reply to the resident. */
  readonly reply?: string
  /** Without being a reply it is passed on to the reporters of merged matters: handed over is handed over for all. */
  readonly isPassedOn?: true
  /** The field that begins with what the other organizations reported of their parts: one matter, one answer. */
  readonly merges?: string
  /** Whom a move tells by a message in the inbox. */
  readonly tells?: { readonly who: Audience; readonly template: string }
  /** Enter key on the desk. */
  readonly primary?: true
  /** Clause or plain reason, shown beside the form. */
  readonly because?: string
}

/** A limit, or one by a fact of the case; what no value of the fact settles may depend on another one. */
export type PolicyRule =
  | ClockPolicy
  | { readonly byFact: Fact; readonly values: Readonly<Record<string, ClockPolicy>>; readonly otherwise: PolicyRule }
  /** Until the instant that a fact of the case is: what was asked for, or agreed on. */
  | { readonly atFact: Fact; readonly otherwise: PolicyRule }

/** A named clock: its policy may depend on a fact of the case. */
export interface ClockRule {
  readonly name: string
  readonly policy: PolicyRule
  /** Amount added by the one approved extension, by the same fact (absent value: not extensible), or as much again as there was: then only working time can be extended. */
  readonly extension?: Readonly<Record<string, number>> | 'sameAgain'
  /** Whose time it is: the desk's, the main or a co-working organization's (recorded with the clock), that of who asked, the ruling superior's, or the promise to the resident. */
  readonly owner: 'desk' | 'main' | 'co' | 'requester' | 'superior' | 'resident'
  /** Pauses of the case hold this clock too. */
  readonly pausable: boolean
  readonly because: string
}

/** Posts in words of the trade: who takes in and dispatches here, who reviews what is asked of a community, who reported it as staff (else the desk), who works for the organization that asked, for the main one, who is to rule, who approves here, who leads the county. */
export type Audience = 'desk' | 'admitter' | 'reporter' | 'requester' | 'main' | 'superior' | 'approver' | 'county'

/** Whom to tell when a clock passes a point; `at` is a share of the running time or time after the deadline. */
export interface NoticeLevel {
  readonly level: number
  readonly at: 'amber' | 'due' | { readonly afterDueHours: number }
  readonly tells: readonly ('holder' | Audience)[]
  readonly template: string
}

export interface CaseType<S extends string = string> {
  readonly key: string
  readonly kind: CaseKind
  readonly name: string
  readonly form: FormDefinition
  readonly stages: Readonly<Record<S, Stage>>
  readonly opens: NoInfer<S>
  /**
   * One organization asks another one of the place: the kind of the one that is asked. `checks: duty` looks at the duty lists first: what
   * they have withdrawn from it is not asked at all, with the clause named.
   */
  readonly asks?: { readonly of: string; readonly checks: 'duty'; readonly because: string }
  /** Who hears of a new one; `when` a fact is so. Several are told at once, not in sequence. */
  readonly openingTells?: readonly { readonly who: Audience; readonly template: string; readonly when?: FactIs }[]
  /** What an organization is told when its part of a matter begins. */
  readonly taskTells?: string
  /** The platform's move that passes on to a merged matter what was replied to the one it was merged into. */
  readonly mergedTells?: string
  /** The platform's move that ends a merged matter when the one it was merged into is closed; it names who had handled it (`orgId`), so that the rating is theirs. */
  readonly mergedEnds?: string
  /** The platform's move with which a matter that came over from another system ended there. Absent: none of this type can come over. */
  readonly endsElsewhere?: string
  /** Clocks that start with the opening. */
  readonly opensClocks: readonly string[]
  readonly clocks: Readonly<Record<string, ClockRule>>
  readonly moves: readonly Move<NoInfer<S>>[]
  readonly notices: readonly NoticeLevel[]
  /** Scores up to `badAtMost` make the move `rectifyBy`; `verifiedBy` is the move that closes the rectification. */
  readonly rating?: {
    readonly move: string
    readonly badAtMost: number
    readonly rectifyBy: string
    readonly verifiedBy: string
    readonly because: string
  }
  readonly because: string
}

/** A case type as data. A move from or to an undeclared stage does not compile; everything else is checked by `checkCaseType`. */
export function defineCaseType<const S extends string>(type: CaseType<S>): CaseType<S> {
  return type
}

/** The resident's moves that the public API offers by these keys, beside the rating; a type without one refuses it. */
export const residentMoves = ['add', 'withdraw', 'reopen', 'join'] as const

export function findMove(type: CaseType, key: string): Move | undefined {
  return type.moves.find((move) => move.key === key)
}

/** The move by which somebody makes one matter part of another, and the field of its form that names the other. */
export function findMerge(type: CaseType, by: By): { move: Move; into: string } | undefined {
  for (const move of type.moves) {
    const effect = move.effects?.find((one) => one.does === 'merge')
    if (move.by === by && effect?.does === 'merge') return { move, into: effect.into }
  }
  return undefined
}
