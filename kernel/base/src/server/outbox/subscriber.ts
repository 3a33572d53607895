import type { Ctx } from '../transaction.ts'

/** Something that became true, as its transaction told it. */
export interface OutboxEvent {
  /** Unique, and the same on every attempt: a key for what must not happen twice outside the database. */
  readonly id: number
  readonly event: string
  readonly payload: Record<string, unknown>
  readonly madeAt: Date
}

/** Someone who wants to know. What `apply` writes commits together with the mark that the event is done: once, also after a crash. */
export interface Subscriber {
  /** Names its place in the line for ever; a renamed subscriber starts from the oldest event kept. */
  readonly name: string
  readonly events: readonly string[]
  /** Runs as `linli_system`. May run again for the same event after its transaction failed, never after it committed. */
  apply(ctx: Ctx, event: OutboxEvent): Promise<void>
}

/** What the dispatcher and its neighbors say to the operator. */
export type Log = (message: string, detail?: Record<string, unknown>) => void
