import { type Ctx, sql } from '@linli/base/server'
import { isViewer } from '../define/care-groups.ts'
import type { PersonState, Tag } from '../define/person-state.ts'

/** The labels of a file that a post of this reach sees; the others are not there for it. */
export const seenTags = ({ tags }: Pick<PersonState, 'tags'>, reach: string): Tag[] =>
  tags.filter(({ viewers }) => isViewer(viewers, reach))

/** Every care group that the acting post knows this person to be or to have been in. */
export async function knownCareGroups(ctx: Ctx, personId: string): Promise<Set<string>> {
  const rows = await ctx.rows(sql<{ care_group: string }>`SELECT care_group FROM registry.care_tag WHERE person_id = ${personId}::uuid`)
  return new Set(rows.map((row) => row.care_group))
}
