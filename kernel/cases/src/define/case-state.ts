import type { Milestone } from './case-type.ts'
import type { ClockEntry, ClockPolicy } from './clock/index.ts'

/** One line of the log of a case. Nothing but these decides what the case is. */
export interface Entry {
  readonly seq: number
  readonly move: string
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Date
  readonly accountId: string | null
  readonly orgId: string | null
}

/** A clock of the case: when it started, under which policy, and the entries that move it. */
export interface CaseClock {
  readonly key: string
  readonly round: number
  readonly orgId: string | null
  readonly policy: ClockPolicy
  readonly startedAt: Date
  readonly entries: readonly ClockEntry[]
  readonly stoppedAt: Date | null
}

/** Where a case lies in the tree: its own area and the levels above it. */
export interface CasePlace {
  readonly areaId: string
  readonly areaPath: string
  readonly countyId: string | null
  readonly townshipId: string | null
  readonly communityId: string | null
  readonly cellId: string | null
}

export interface CaseState {
  /** Where it lies now, once cells were redrawn around it; null while it lies where it was opened. */
  readonly place: CasePlace | null
  readonly stage: string
  readonly status: 'open' | 'closed' | 'withdrawn'
  readonly seq: number
  readonly round: number
  readonly category: string | null
  readonly appealType: string | null
  readonly level: string | null
  readonly mainOrgId: string | null
  /** The organization that asks another one for assistance; null for every other kind of work. */
  readonly requesterOrgId: string | null
  readonly wantedBy: string | null
  /** The line of the duty lists that it was last sent by, as the platform found it. */
  readonly dutyId: string | null
  /** Every organization that was main or co, in order. */
  readonly parties: readonly { readonly orgId: string; readonly role: 'main' | 'co' | 'requester' | 'former' }[]
  readonly handlerId: string | null
  readonly clocks: readonly CaseClock[]
  readonly pause: { readonly until: Date; readonly reason: string; readonly at: Date } | null
  readonly extension: 'none' | 'asked' | 'granted' | 'refused'
  /** Of all rounds, in order. */
  readonly rejections: readonly Rejection[]
  /** Parts that other organizations do, of all rounds, in order. */
  readonly tasks: readonly Task[]
  /** Of this round: who is to decide, or has decided, where the matter belongs. */
  readonly ruling: Ruling | null
  /** The matter that this one is a part of, as somebody found. */
  readonly mergedInto: MergeTarget | null
  /** Since when a superior watches this round of it. */
  readonly supervisedAt: Date | null
  readonly milestones: Readonly<Record<string, Date>>
  /** Every step that marks a milestone, in order: what figures are counted from. */
  readonly steps: readonly Step[]
  /** Every time an organization was charged with it, in order. */
  readonly dispatches: readonly { readonly orgId: string; readonly at: Date }[]
  /** When it happened, where whoever reported it said so. */
  readonly occurredAt: Date | null
  /** Of this round: one matter, one rating. */
  readonly rating: Rating | null
  /** Of all rounds, in order; the results published per unit are counted from these. */
  readonly ratings: readonly Rating[]
  /** A tip-off (举报) at any time: once sealed, the reporter stays so, whatever the matter is called later. */
  readonly reporterSealed: boolean
  /** Who made each move last: what four eyes look at. */
  readonly madeBy: Readonly<Record<string, { readonly accountId: string | null; readonly orgId: string | null }>>
  readonly openedAt: Date
  readonly closedAt: Date | null
  /** Time of the latest entry; no later entry is dated before it. */
  readonly movedAt: Date
}

/** Another system that a matter was taken in and kept by, before it came here. */
export interface Origin {
  readonly system: string
  /** What it was called there: unique in that system. */
  readonly key: string
  /** The deadline it had there, ISO 8601; it goes on here. */
  readonly dueAt: string | null
}

export interface Rating {
  readonly seq: number
  readonly score: number
  readonly at: Date
  /** Who had handled the matter when it was rated. */
  readonly orgId: string | null
  /** When somebody else verified the rectification of a bad one. */
  readonly rectifiedAt: Date | null
}

/** A step that marks a milestone, and what its form said of it. */
export interface Step {
  readonly milestone: Milestone
  readonly at: Date
  readonly resolved: boolean | null
  readonly satisfied: boolean | null
  readonly passed: boolean | null
}

/** A dispatch that was given back. */
export interface Rejection {
  readonly seq: number
  readonly round: number
  readonly orgId: string
  readonly reason: string | null
  readonly basis: string | null
  readonly at: Date
}

export interface MergeTarget {
  readonly caseId: string
  readonly number: string
}

/** A part of the matter (协办) that another organization does beside the main one. */
export interface Task {
  /** The entry that gave it. */
  readonly seq: number
  readonly round: number
  readonly orgId: string
  readonly part: string
  readonly clock: string
  /** `lapsed`: the matter ended before anything was reported of it. */
  readonly status: 'waiting' | 'open' | 'done' | 'rejected' | 'recalled' | 'lapsed'
  readonly startedAt: Date | null
  readonly settledAt: Date | null
  /** What came of it, or why it was given back. */
  readonly result: string | null
}

/** The area that all who rejected have in common, a township at least: a township never rules over a county department. */
export interface Superior {
  readonly areaId: string
  readonly name: string
  readonly level: string
}

export interface Ruling {
  readonly superior: Superior
  readonly askedAt: Date
  readonly settledAt: Date | null
}
