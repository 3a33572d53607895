import { findStandingPost } from '@linli/access/server'
import type { Actor, Ctx } from '@linli/base/server'
import type { Town } from './seed-town.ts'

/** Somebody of the demo town at work. As system. */
export async function actorOf(system: Ctx, town: Town, account: string): Promise<Actor> {
  const { accountId, postId } = town.members.find((member) => member.account === account)!
  return (await findStandingPost(system, { accountId, postId }))!.actor
}

/** The same transaction at an earlier instant. */
export const datedBack = (ctx: Ctx, now: Date): Ctx => ({
  ...ctx,
  now,
  as: (actor, work) => ctx.as(actor, (inner) => work(datedBack(inner, now))),
})
