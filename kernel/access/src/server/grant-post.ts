import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { AccountRow } from '../contract/administration.ts'
import { AccountError } from './account-error.ts'
import { addPost, insertAccount } from './appoint.ts'
import { type AreaRow, findArea } from './find-area.ts'
import { handOverPost } from './hand-over-post.ts'
import type { HandoverParticipant } from './handover-slot.ts'
import { getAccount } from './list-accounts.ts'
import { hashPassword, passwordFault } from './passwords.ts'
import { endSessions } from './sessions.ts'

export interface PostWanted {
  orgId: string
  areaId: string
  role: string
  until?: string
}

/** Makes an account with its first post, in the area of the administrator. */
export async function createAccount(
  ctx: Ctx,
  wanted: { account: string; name: string; password: string; post: PostWanted },
): Promise<AccountRow> {
  const fault = passwordFault(wanted.password, wanted.account)
  if (fault) throw AccountError('password_weak', { detail: fault, fields: [{ path: 'password', message: fault }] })
  const area = await checkPost(ctx, wanted.post, 'post.')
  const accountId = newId(ctx.now.getTime())
  await insertAccount(ctx, {
    accountId,
    login: wanted.account,
    name: wanted.name,
    passwordHash: await hashPassword(wanted.password),
    areaPath: area.areaPath,
    madeBy: ctx.actor.accountId,
  })
  ctx.audit({ action: 'access.account_created', subjectKind: 'account', subjectId: accountId, areaPath: area.areaPath })
  await givePost(ctx, accountId, wanted.post, area)
  return getAccount(ctx, accountId)
}

/** Gives an account a further post. Nobody gives himself one. */
export async function grantPost(ctx: Ctx, accountId: string, wanted: PostWanted): Promise<AccountRow> {
  await getAccount(ctx, accountId)
  if (accountId === ctx.actor.accountId) throw AccountError('account_own', { detail: '不能给自己授予岗位，请另一位管理员办理' })
  await givePost(ctx, accountId, wanted, await checkPost(ctx, wanted, ''))
  return getAccount(ctx, accountId)
}

async function givePost(ctx: Ctx, accountId: string, { orgId, areaId, role, until }: PostWanted, area: AreaRow): Promise<void> {
  const postId = await addPost(ctx, { accountId, orgId, area: areaId, role, until, madeBy: ctx.actor.accountId })
  ctx.audit({
    action: 'access.post_granted',
    subjectKind: 'post',
    subjectId: postId,
    areaPath: area.areaPath,
    detail: { accountId, orgId, role, until },
  })
  ctx.emit('access.post_granted', { postId, accountId })
}

/** The policies would refuse all this too; here each refusal gets its words and its field. */
async function checkPost(ctx: Ctx, { orgId, areaId, role }: PostWanted, at: string): Promise<AreaRow> {
  const area = await findArea(ctx, areaId)
  if (!area) throw AccountError('area_unknown', { fields: [{ path: `${at}areaId`, message: '没有这个区域' }] })
  if (!ctx.actor.areaPath || !area.areaPath.startsWith(ctx.actor.areaPath)) {
    throw AccountError('area_forbidden', { fields: [{ path: `${at}areaId`, message: '不归您管理' }] })
  }
  const known = await ctx.get(sql<{ has_org: boolean; separation: string | null }>`
    SELECT EXISTS (SELECT FROM access.organization WHERE org_id = ${orgId}::uuid) AS has_org,
      (SELECT separation FROM access.role WHERE role_key = ${role}) AS separation`)
  if (!known.has_org) throw AccountError('organization_unknown', { fields: [{ path: `${at}orgId`, message: '没有这个组织' }] })
  if (!known.separation) throw AccountError('role_unknown', { fields: [{ path: `${at}role`, message: '没有这个角色' }] })
  if (!isGrantable(known.separation)) throw AccountError('role_forbidden', { detail: '安全管理员和审计管理员不由系统管理员任命' })
  return area
}

/** System administrators appoint for work and for administration, never those who watch over them. */
const isGrantable = (separation: string): boolean => separation === 'work' || separation === 'system'

/** Ends a post and every session that acts in it, and hands on what its holder had in hand. */
export async function endPost(ctx: Ctx, participants: readonly HandoverParticipant[], postId: string): Promise<void> {
  const post = await ctx.find(sql<{ account_id: string; area_path: string; separation: string; in_area: boolean }>`
    SELECT account_id, area_path, separation, access.in_own_area(area_path) AS in_area FROM access.post WHERE post_id = ${postId} AND ended_at IS NULL`)
  if (!post) throw AccountError('post_unknown')
  if (post.account_id === ctx.actor.accountId) throw AccountError('account_own', { detail: '不能收回自己的岗位，请另一位管理员办理' })
  if (!isGrantable(post.separation)) throw AccountError('role_forbidden', { detail: '安全管理员和审计管理员不由系统管理员任免' })
  if (!post.in_area) throw AccountError('area_forbidden', { detail: '这个岗位不归您管理' })
  const ended = await ctx.run(sql`
    UPDATE access.post SET ended_at = ${ctx.now}, ended_by = ${ctx.actor.accountId}::uuid WHERE post_id = ${postId} AND ended_at IS NULL`)
  if (ended === 0) throw AccountError('post_unknown')
  await ctx.as(systemActor, (system) => endSessions(system, { postId }))
  const { accountId, orgId } = ctx.actor
  await ctx.as({ ...systemActor, accountId, postId: ctx.actor.postId, orgId }, (system) => handOverPost(system, participants, postId))
  ctx.audit({
    action: 'access.post_ended',
    subjectKind: 'post',
    subjectId: postId,
    areaPath: post.area_path,
    detail: { accountId: post.account_id },
  })
  ctx.emit('access.post_ended', { postId, accountId: post.account_id })
}
