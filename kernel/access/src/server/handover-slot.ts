import type { Ctx } from '@linli/base/server'
import type { Place } from './find-area.ts'

/** One thing that goes from one area to another; `handOver` says how it stood when it went. */
export interface HandedOver {
  itemId: string
  label: string
  note: string | null
  stage: string | null
  dueAt: Date | null
  fromAreaId: string
  toAreaId: string
}

/** Where a thing lies, as far as it says so itself: in words, as a point, and the cell it counts to. */
export interface Whereabouts {
  cellId: string
  words: string | null
  position: { lon: number; lat: number } | null
}

/** Cells were redrawn: what was counted to one of them may belong to another now. */
export interface MovedCells {
  cause: 'cells'
  handoverId: string
  /** The cells of which something may go. */
  cellIds: readonly string[]
  /** The cell that a thing belongs to from now on; its own where nothing changes. */
  locate(whereabouts: Whereabouts): string
  placeOf(cellId: string): Place
  nameOf(cellId: string): string
}

/** A post ended: what its holder had in hand himself is for whoever works there now. */
export interface EndedPost {
  cause: 'post'
  handoverId: string
  accountId: string
  orgId: string
  area: Place
}

export type Moving = MovedCells | EndedPost

/**
 * An engine whose things lie in cells or in the hands of people (DESIGN 2: the slot of the handover). `apps/server` wires those there are.
 * Both say the same things in the same order; `survey` writes nothing.
 */
export interface HandoverParticipant {
  /** Kind of the items: `case`. */
  readonly kind: string
  survey(system: Ctx, moving: Moving): Promise<HandedOver[]>
  /** In the transaction of the change, as the system in the name of whoever made it. */
  handOver(system: Ctx, moving: Moving): Promise<HandedOver[]>
}
