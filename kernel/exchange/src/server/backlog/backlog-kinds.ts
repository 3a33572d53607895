import type { Ctx } from '@linli/base/server'
import type { z } from 'zod'

/** One kind of work that may be handed in: how it is read, and how somebody else writes it. The engines to the left fill it, wired in `apps/server`. */
export interface BacklogKind {
  readonly key: string
  /** What whoever takes it over must be allowed to do. */
  readonly permission: string
  readonly params: z.ZodType
  readonly body: z.ZodType
  /** Writes it in the name of whoever takes it over; `note` says in Chinese whose doing it was. Answers what came of it. */
  write(ctx: Ctx, params: unknown, body: unknown, note: string): Promise<string | null>
}

/** A kind with the types of its schemas, told to the list that knows none of them. */
export function defineBacklogKind<P extends z.ZodType, B extends z.ZodType>(kind: {
  key: string
  permission: string
  params: P
  body: B
  write(ctx: Ctx, params: z.output<P>, body: z.output<B>, note: string): Promise<string | null>
}): BacklogKind {
  const { write, ...rest } = kind
  return { ...rest, write: (ctx, params, body, note) => write(ctx, kind.params.parse(params), kind.body.parse(body), note) }
}
