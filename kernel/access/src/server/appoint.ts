import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { AccountError } from './account-error.ts'
import { findArea } from './find-area.ts'
import { hashPassword } from './passwords.ts'

export interface NewAccount {
  login: string
  name: string
  /** Without one nobody can sign in by password. */
  password?: string
  /** Code or id of the area whose administrators manage it. */
  area: string
}

/** Sets up an account. As system; the password rule is not asked, for demo passwords are published. Answers its id. */
export async function addAccount(ctx: Ctx, { login, name, password, area }: NewAccount): Promise<string> {
  const home = await findArea(ctx, area)
  if (!home) throw AccountError('area_unknown', { detail: `没有区划 ${area}` })
  const accountId = newId(ctx.now.getTime())
  await insertAccount(ctx, {
    accountId,
    login,
    name,
    passwordHash: password ? await hashPassword(password) : null,
    areaPath: home.areaPath,
    madeBy: null,
  })
  return accountId
}

export interface AccountToInsert {
  accountId: string
  login: string
  name: string
  passwordHash: string | null
  areaPath: string
  madeBy: string | null
}

/** Refuses a login that is taken, whatever its case. */
export async function insertAccount(ctx: Ctx, account: AccountToInsert): Promise<void> {
  const { accountId, login, name, passwordHash, areaPath, madeBy } = account
  const made = await ctx.run(sql`
    INSERT INTO access.account (account_id, login, display_name, password_hash, area_path, made_at, made_by)
    VALUES (${accountId}::uuid, ${login.toLowerCase()}, ${name}, ${passwordHash}, ${areaPath}, ${ctx.now}, ${madeBy}::uuid)
    ON CONFLICT DO NOTHING`)
  if (made === 0) throw AccountError('account_taken', { fields: [{ path: 'account', message: '换一个账号' }] })
}

export interface NewPost {
  accountId: string
  orgId: string
  /** Code or id. */
  area: string
  role: string
  /** Days in Asia/Shanghai; from today and without end when absent. */
  from?: string
  until?: string
  madeBy?: string | null
}

/** Gives an account a post. Answers its id. Refuses what does not fit: role and level of the area, organization, separated administrators. */
export async function addPost(ctx: Ctx, { accountId, orgId, area, role, from, until, madeBy }: NewPost): Promise<string> {
  const place = await findArea(ctx, area)
  if (!place) throw AccountError('area_unknown', { detail: '没有这个区划' })
  const postId = newId(ctx.now.getTime())
  try {
    await ctx.run(sql`
      INSERT INTO access.post (post_id, account_id, org_id, area_id, role_key, valid_from, valid_to, made_at, made_by)
      VALUES (${postId}::uuid, ${accountId}::uuid, ${orgId}::uuid, ${place.areaId}::uuid, ${role},
        coalesce(${from ?? null}::date, (${ctx.now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date), ${until ?? null}::date, ${ctx.now}, ${madeBy ?? null}::uuid)`)
  } catch (error) {
    throw postRefusal(error)
  }
  return postId
}

const refusals: Record<string, () => Error> = {
  post_area_in_organization: () =>
    AccountError('area_forbidden', { detail: '岗位的区域不在这个组织的范围内', fields: [{ path: 'areaId', message: '换一个区域' }] }),
  post_level_of_role: () =>
    AccountError('role_unfit', { detail: '这个角色不设在这一级区域', fields: [{ path: 'areaId', message: '换一级区域' }] }),
  post_role_of_organization: () =>
    AccountError('role_unfit', { detail: '这类组织没有这个角色', fields: [{ path: 'role', message: '换一个角色或组织' }] }),
  post_separation: () => AccountError('role_separated'),
  post_granted_once: () => AccountError('post_held'),
  post_period: () => AccountError('role_unfit', { detail: '到期日早于开始日', fields: [{ path: 'until', message: '改晚一些' }] }),
}

/** The constraints decide; here they get words. */
function postRefusal(error: unknown): unknown {
  const { constraint, code, message } = error as { constraint?: string; code?: string; message?: string }
  if (constraint && refusals[constraint]) return refusals[constraint]()
  if (code === '42501' && /row-level security/.test(message ?? '')) return AccountError('area_forbidden', { detail: '您不能授予这个岗位' })
  return error
}
