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
  /** Whose pages hear of it. Those of residents hear of nothing that does not say so, and those of staff of nothing that does. */
  readonly audience?: 'residents'
  /** As `concerns`, looked up once for all who listen: a town of them cannot be asked one by one about each thing. As system. */
  findConcerned?(system: Ctx, ids: string[]): Promise<(actor: Actor, id: string) => boolean>
}

/** Told by this engine itself: the unread count of a post. */
export const inboxEvents = ['message.told', 'message.read'] as const
