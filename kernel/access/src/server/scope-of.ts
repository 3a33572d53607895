import type { Actor, Reach } from '@linli/base/server'

/** What is known about a live post when someone acts in it. */
export interface ActingPost {
  postId: string
  orgId: string
  areaId: string
  areaPath: string
  role: string
  reach: Reach
}

/** How far a post sees; without one, nothing. */
export const scopeOf = (post: ActingPost | undefined): Reach => post?.reach ?? 'none'

/** The actor of every transaction that this account makes in this post. */
export function actorOf(
  account: { accountId: string; displayName: string },
  post: ActingPost | undefined,
  permissions: Iterable<string>,
): Actor {
  return {
    sender: account.accountId,
    databaseRole: 'linli_app',
    reach: scopeOf(post),
    accountId: account.accountId,
    postId: post?.postId ?? null,
    orgId: post?.orgId ?? null,
    areaId: post?.areaId ?? null,
    areaPath: post?.areaPath ?? null,
    permissions: new Set(post ? permissions : []),
    displayName: account.displayName,
  }
}
