import { newId } from '@linli/base/define'
import { type Actor, type Ctx, newSecret, sha256, sql } from '@linli/base/server'
import { baseRoles, type RoleDefinition } from '../define/roles.ts'
import { addAccount, addPost } from '../server/appoint.ts'
import type { AreaRow } from '../server/find-area.ts'
import { addArea, addBuilding, addOrganization } from '../server/place-areas.ts'
import { actorOf } from '../server/scope-of.ts'
import { seedRoles } from '../server/seed-roles.ts'
import { orgPlan, postPlan, type TownArea, type TownOrg, type TownPost, townPlan } from './town-plan.ts'

export interface TownMember {
  accountId: string
  postId: string
  login: string
  name: string
  /** To act in a transaction without HTTP. */
  actor: Actor
  token: string
}

export interface Town {
  areas: Record<TownArea, AreaRow>
  orgs: Record<TownOrg, string>
  posts: Record<TownPost, TownMember>
  /** One per cell: id and name. */
  buildings: Record<string, string>
  /** Headers of a request by this post; its session neither idles out nor expires, however far the test moves its clock. */
  signIn(post: TownPost): { authorization: string }
}

/**
 * A county to test in: two townships, three communities (the first two are siblings), six cells with a building each, offices
 * of many kinds, and a post of every base role, already signed in. As system. No password is hashed, so it costs little.
 */
export async function aTown(ctx: Ctx, roles: readonly RoleDefinition[] = baseRoles): Promise<Town> {
  await seedRoles(ctx, roles)
  const areas = {} as Town['areas']
  const buildings: Town['buildings'] = {}
  for (const [key, { parent, ...area }] of Object.entries(townPlan) as [TownArea, (typeof townPlan)[TownArea]][]) {
    areas[key] = await addArea(ctx, { ...area, parent: parent && areas[parent].areaId })
    if (area.level === 'cell') buildings[key] = await addBuilding(ctx, { cell: area.code, name: `${area.name}1号楼`, ...area.center })
  }
  const orgs = {} as Town['orgs']
  for (const [key, { area, ...org }] of Object.entries(orgPlan) as [TownOrg, (typeof orgPlan)[TownOrg]][]) {
    orgs[key] = await addOrganization(ctx, { ...org, area: areas[area].areaId })
  }
  const posts = {} as Town['posts']
  for (const [key, plan] of Object.entries(postPlan) as [TownPost, (typeof postPlan)[TownPost]][]) {
    const role = roles.find((one) => one.key === plan.role)
    if (!role) throw new Error(`no role ${plan.role}`)
    posts[key] = await addMember(ctx, key, plan.name, role, orgs[plan.org], areas[plan.area])
  }
  return { areas, orgs, posts, buildings, signIn: (post) => ({ authorization: `Bearer ${posts[post].token}` }) }
}

async function addMember(ctx: Ctx, key: string, name: string, role: RoleDefinition, orgId: string, area: AreaRow): Promise<TownMember> {
  const login = key.toLowerCase()
  const accountId = await addAccount(ctx, { login, name, area: area.areaId })
  const postId = await addPost(ctx, { accountId, orgId, area: area.areaId, role: role.key })
  const token = await aSession(ctx, accountId, postId)
  const post = { postId, orgId, areaId: area.areaId, areaPath: area.areaPath, role: role.key, reach: role.reach }
  return { accountId, postId, login, name, token, actor: actorOf({ accountId, displayName: name }, post, role.permissions) }
}

/** Signs an account in without a password; answers the bearer token. As system. */
export async function aSession(ctx: Ctx, accountId: string, postId: string | null): Promise<string> {
  const token = newSecret()
  const forever = '2999-01-01T00:00:00Z'
  await ctx.run(sql`INSERT INTO access.session (token_hash, account_id, post_id, made_at, seen_at, expires_at)
    VALUES (${sha256(token)}, ${accountId}::uuid, ${postId}::uuid, ${ctx.now}, ${forever}, ${forever})`)
  return token
}

/** A further post beside those of the town, with an account of its own. As system. */
export async function aMember(
  ctx: Ctx,
  town: Town,
  spec: { role: string; org: TownOrg; area: TownArea; name?: string },
): Promise<TownMember> {
  const role = baseRoles.find((one) => one.key === spec.role)
  if (!role) throw new Error(`no role ${spec.role}`)
  return addMember(ctx, `m-${newId().slice(-12)}`, spec.name ?? '林晓', role, town.orgs[spec.org], town.areas[spec.area])
}
