/** How far a post sees: its area at one level (territory, 块), the files its organization is a party of (line, 条), or nothing but its own writes (public). */
export type Reach = 'cell' | 'community' | 'township' | 'county' | 'prefecture' | 'province' | 'line' | 'public' | 'none'

/** Who acts in one transaction. Becomes the `app.*` settings that every policy reads. */
export interface Actor {
  /** Scope of idempotency: the account, `public`, or `system`. */
  readonly sender: string
  readonly databaseRole: 'linli_app' | 'linli_system'
  readonly reach: Reach
  readonly accountId: string | null
  readonly postId: string | null
  readonly orgId: string | null
  readonly areaId: string | null
  readonly areaPath: string | null
  readonly permissions: ReadonlySet<string>
  /** Of a resident who signed in by phone; such an actor reaches what the public does, and what an endpoint asks of its own person. */
  readonly residentId?: string
  /** The resident's own file, where the number stands in one. */
  readonly personId?: string
  /** Shown to colleagues; never to the public in full. */
  readonly displayName: string | null
}

const nobody = {
  accountId: null,
  postId: null,
  orgId: null,
  areaId: null,
  areaPath: null,
  permissions: new Set<string>(),
  displayName: null,
}

/** A resident without an account: may write an appeal, sees nothing by itself. */
export const publicActor: Actor = { ...nobody, sender: 'public', databaseRole: 'linli_app', reach: 'public' }

/** Workers, sign-in, number + tail look-up: a role with its own policies, not a way around them. */
export const systemActor: Actor = { ...nobody, sender: 'system', databaseRole: 'linli_system', reach: 'none' }

export function may(actor: Actor, permission: string): boolean {
  return actor.permissions.has(permission)
}
