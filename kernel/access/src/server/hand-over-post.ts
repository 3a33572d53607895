import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { type AreaRow, findArea, placeFrom } from './find-area.ts'
import { type FoundPost, findPosts } from './find-posts.ts'
import type { HandoverParticipant } from './handover-slot.ts'
import { communityPosts, type ItemOfKind, partyOf, writeHandover } from './write-handover.ts'

/** Hands on what the holder of a post that has just ended had in hand. As the system, in the name of whoever ended it. */
export async function handOverPost(system: Ctx, participants: readonly HandoverParticipant[], postId: string): Promise<void> {
  const post = await system.get(sql<FoundPost>`
    SELECT p.post_id AS "postId", p.account_id AS "accountId", a.display_name AS "displayName", p.org_id AS "orgId", p.role_key AS role,
      p.area_id AS "areaId", p.area_path AS "areaPath", p.reach
    FROM access.post p JOIN access.account a USING (account_id) WHERE p.post_id = ${postId}::uuid`)
  const area = (await findArea(system, post.areaId)) as AreaRow
  const handoverId = newId(system.now.getTime())
  const moving = { cause: 'post' as const, handoverId, accountId: post.accountId, orgId: post.orgId, area: placeFrom(area) }
  const items: ItemOfKind[] = []
  for (const participant of participants) {
    for (const item of await participant.handOver(system, moving)) items.push({ kind: participant.kind, ...item })
  }
  if (items.length === 0) return
  const community = area.communityId ? await findArea(system, area.communityId) : undefined
  const knows = community ? await communityPosts(system, community.areaPath) : []
  const sides = [partyOf('gives', post), ...(await successorsOf(system, post, knows)), ...knows.map((one) => partyOf('knows', one))]
  await writeHandover(system, { handoverId, cause: 'post', postId, area: community ?? area, reason: '岗位结束', parties: sides, items })
}

/** Who works at the same place for the same unit; where nobody does, the community looks after it until somebody is sent. */
async function successorsOf(system: Ctx, post: FoundPost, community: readonly FoundPost[]) {
  const found = await findPosts(system, { orgId: post.orgId, containing: post.areaPath })
  const beside = found.filter(({ areaPath, accountId }) => areaPath === post.areaPath && accountId !== post.accountId)
  return (beside.length > 0 ? beside : community).map((one) => partyOf('takes', one))
}
