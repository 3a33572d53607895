import type { Actor, Ctx } from '@linli/base/server'

/** A kind of thing that open pages hear of. Filled by the engine that owns it, wired in `apps/server`. */
export interface LiveTopic {
  /** The name of the server-sent event. */
  readonly name: string
  /** Outbox events that touch such a thing. */
  readonly events: readonly string[]
  /** The field of their payload with its id, and of the data a page gets: `caseId`. */
  readonly key: string
  /** Which of these things the acting post may see; runs in a transaction under its own scope. */
  visible(ctx: Ctx, ids: string[]): Promise<readonly string[]>
  /** A cheap no for most of those who cannot see it, so that the database need not be asked: never the only guard. */
  concerns?(actor: Actor, payload: Record<string, unknown>): boolean
}

/** Told by this engine itself: the unread count of a post. */
export const inboxEvents = ['message.told', 'message.read'] as const
