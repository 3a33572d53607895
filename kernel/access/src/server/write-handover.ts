import { type Ctx, sql } from '@linli/base/server'
import type { HandoverItem, HandoverParty, HandoverSide } from '../contract/cells.ts'
import type { AreaRow } from './find-area.ts'
import { type FoundPost, findPosts } from './find-posts.ts'
import type { HandedOver } from './handover-slot.ts'

export interface ItemOfKind extends HandedOver {
  kind: string
}

/** A post that gives, takes over, or must know. */
export interface Party {
  side: HandoverSide
  postId: string
  accountId: string
  areaId: string
  areaPath: string
}

export interface NewHandover {
  handoverId: string
  cause: 'cells' | 'post'
  changeId?: string
  postId?: string
  /** The community that it is about. */
  area: Pick<AreaRow, 'areaId' | 'areaPath'>
  reason: string
  parties: readonly Party[]
  items: readonly ItemOfKind[]
}

/** Puts a handover list on record, and tells it. As the system, in the name of whoever made the change. */
export async function writeHandover(system: Ctx, handover: NewHandover): Promise<void> {
  const { handoverId, cause, changeId, postId, area, reason, parties, items } = handover
  await system.run(sql`
    INSERT INTO access.handover (handover_id, cause, area_id, area_path, change_id, post_id, reason, made_at, made_by)
    VALUES (${handoverId}::uuid, ${cause}, ${area.areaId}::uuid, ${area.areaPath}, ${changeId ?? null}::uuid, ${postId ?? null}::uuid, ${reason},
      ${system.now}, ${system.actor.accountId}::uuid)`)
  await system.run(sql`
    INSERT INTO access.handover_party (handover_id, side, post_id, account_id, area_id, area_path)
    SELECT ${handoverId}::uuid, p.side, p."postId", p."accountId", p."areaId", p."areaPath"
    FROM jsonb_to_recordset(${JSON.stringify(parties)}::jsonb) AS p(side text, "postId" uuid, "accountId" uuid, "areaId" uuid, "areaPath" text)`)
  await system.run(sql`
    INSERT INTO access.handover_item (handover_id, item_no, kind, item_id, label, note, stage, due_at, from_area_id, to_area_id)
    SELECT ${handoverId}::uuid, i.no, i.kind, i."itemId", i.label, i.note, i.stage, i."dueAt", i."fromAreaId", i."toAreaId"
    FROM jsonb_to_recordset(${JSON.stringify(items.map((item, no) => ({ ...item, no: no + 1 })))}::jsonb) AS i(no integer, kind text, "itemId" uuid, label text,
      note text, stage text, "dueAt" timestamptz, "fromAreaId" uuid, "toAreaId" uuid)`)
  system.audit({
    action: 'access.handed_over',
    subjectKind: 'handover',
    subjectId: handoverId,
    areaPath: area.areaPath,
    purpose: reason,
    detail: { cause, items: items.length },
  })
  system.emit('access.handed_over', { handoverId })
}

/** Who works in these cells now, and the community. A cell where nobody works is the community's own to look after. */
export async function partiesOfCells(
  system: Ctx,
  community: Pick<AreaRow, 'areaPath'>,
  { giving, taking }: { giving: readonly string[]; taking: readonly string[] },
): Promise<Party[]> {
  const workers = await postsAt(system, [...new Set([...giving, ...taking])])
  const known = await communityPosts(system, community.areaPath)
  const side = (which: HandoverSide, cellIds: readonly string[]): Party[] =>
    workers.filter(({ areaId }) => cellIds.includes(areaId)).map((post) => partyOf(which, post))
  return [...side('gives', giving), ...side('takes', taking), ...known.map((post) => partyOf('knows', post))]
}

/** Those of the community itself who answer for it. */
export async function communityPosts(system: Ctx, communityPath: string): Promise<FoundPost[]> {
  const found = await findPosts(system, { containing: communityPath, permission: 'access.viewCells' })
  return found.filter(({ areaPath }) => areaPath === communityPath)
}

export const partyOf = (side: HandoverSide, { postId, accountId, areaId, areaPath }: FoundPost): Party => ({
  side,
  postId,
  accountId,
  areaId,
  areaPath,
})

/** The live posts of cells, those of their micro cells not among them. */
async function postsAt(system: Ctx, cellIds: readonly string[]): Promise<FoundPost[]> {
  const cells = await system.rows(
    sql<{ areaPath: string }>`SELECT area_path AS "areaPath" FROM access.area WHERE area_id = ANY (${cellIds}::uuid[])`,
  )
  const posts: FoundPost[] = []
  for (const { areaPath } of cells) {
    const found = await findPosts(system, { containing: areaPath, permission: 'access.viewCells' })
    posts.push(...found.filter((post) => post.areaPath === areaPath))
  }
  return posts
}

/** Names for parties that need not be on record yet. */
export function listParties(system: Ctx, parties: readonly Party[]): Promise<HandoverParty[]> {
  return system.rows(sql<HandoverParty>`
    SELECT given.side, a.display_name AS name, r.name AS "roleName", o.name AS "orgName", ar.name AS "areaName"
    FROM jsonb_to_recordset(${JSON.stringify(parties)}::jsonb) AS given(side text, "postId" uuid, "accountId" uuid)
    JOIN access.post p ON p.post_id = given."postId" JOIN access.account a ON a.account_id = given."accountId"
    JOIN access.role r ON r.role_key = p.role_key JOIN access.organization o ON o.org_id = p.org_id JOIN access.area ar ON ar.area_id = p.area_id
    ORDER BY array_position(ARRAY['gives', 'takes', 'knows'], given.side), ar.code, a.display_name`)
}

export const presentItems = (items: readonly ItemOfKind[], names: ReadonlyMap<string, string>): HandoverItem[] =>
  items.map(({ fromAreaId, toAreaId, dueAt, ...item }) => ({
    ...item,
    dueAt: dueAt?.toISOString() ?? null,
    fromArea: names.get(fromAreaId) ?? '',
    toArea: names.get(toAreaId) ?? '',
  }))
