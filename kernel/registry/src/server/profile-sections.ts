import { type Ctx, may } from '@linli/base/server'
import type { ProfileItem, ProfileSection } from '../contract/profile.ts'

/** What is open: the file of a person, under every id that it has had and with the home; or a dwelling; or a device. */
export interface ProfileSubject {
  personIds: readonly string[]
  /** `since`: the day of moving in; null where it is the dwelling itself that is looked at. */
  home: { addressId: string; since: string | null } | null
  deviceId?: string
}

/**
 * A slot of a profile (of a person 居民服务档案, of a dwelling, of a device) that an engine to the right fills, wired in `apps/server`. It reads in the transaction and the scope of
 * whoever opened the file, the latest first: what its own lists do not show this reader, no file shows.
 */
export interface ProfileSlot extends Pick<ProfileSection, 'key' | 'name' | 'none' | 'kind'> {
  /** Whoever may not do this has no such section. */
  readonly permission: string
  /** At most `most` lines. */
  read(ctx: Ctx, subject: ProfileSubject, most: number): Promise<ProfileItem[]>
}

const shown = 10

/** The sections that the reader may see, in the order in which they were wired. */
export async function readSections(ctx: Ctx, slots: readonly ProfileSlot[], subject: ProfileSubject): Promise<ProfileSection[]> {
  const sections: ProfileSection[] = []
  for (const { key, name, none, kind, permission, read } of slots) {
    if (!may(ctx.actor, permission)) continue
    const items = await read(ctx, subject, shown + 1)
    sections.push({ key, name, none, kind, items: items.slice(0, shown), hasMore: items.length > shown })
  }
  return sections
}
