import { newId } from '../define/ids.ts'
import type { Actor } from '../server/actor.ts'

export interface ActorTraits extends Partial<Omit<Actor, 'permissions'>> {
  permissions?: Iterable<string>
}

/** Someone at a post: a community worker with ids of their own and no permission, except for what is said. */
export function anActor(traits: ActorTraits = {}): Actor {
  const accountId = traits.accountId === undefined ? newId() : traits.accountId
  return {
    sender: accountId ?? 'public',
    databaseRole: 'linli_app',
    reach: 'community',
    postId: newId(),
    orgId: newId(),
    areaId: newId(),
    areaPath: '/1/2/3/',
    displayName: '王小燕',
    ...traits,
    accountId,
    permissions: new Set(traits.permissions ?? []),
  }
}
