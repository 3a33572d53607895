import { Id, Instant } from '@linli/base/contract'
import { z } from 'zod'

/** In both languages: a section is shown by portals that know nothing of the engine that filled it. */
const Said = z.object({ zh: z.string(), en: z.string() })

/** One line of a section: what, when, how it stands, and where the whole of it is shown. */
export const ProfileItem = z.object({
  id: Id,
  title: Said,
  at: Instant.nullable(),
  state: Said.nullable(),
  /** What came after, each with its time. */
  marks: z.array(z.object({ name: Said, at: Instant })),
  /** A number or a place, as it stands on paper too. */
  note: z.string().nullable(),
  /** 1 red to 4 blue, where it has one. */
  level: z.number().int().min(1).max(4).nullable(),
})
export type ProfileItem = z.infer<typeof ProfileItem>

/** A section of the profile (居民服务档案) that another engine filled, as far as whoever reads it may see. */
export const ProfileSection = z.object({
  key: z.string(),
  name: Said,
  /** What is said where there is nothing. */
  none: Said,
  /** What its lines are, for a portal that has a page for them: `case`, `alarm`, `device`. */
  kind: z.string(),
  items: z.array(ProfileItem),
  /** There are older ones than these. */
  hasMore: z.boolean(),
})
export type ProfileSection = z.infer<typeof ProfileSection>
