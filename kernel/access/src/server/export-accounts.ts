import type { ExportColumn } from '@linli/base/define'
import { type Ctx, countRows, type ListSource, pickIds, sql, sqlAnd } from '@linli/base/server'
import { z } from 'zod'
import type { AccountRow } from '../contract/administration.ts'
import { baseRoles } from '../define/roles.ts'
import { accountConditions, loadAccounts } from './list-accounts.ts'

const filter = z.object({ q: z.string().max(60).optional() }).strict()
type Filter = z.output<typeof filter>
type Lang = 'zh' | 'en'

/** Accounts and their posts for a file: those that the administrator manages, as on the screen. */
export function accountExport() {
  const source = ({ q }: Filter): ListSource => ({
    id: sql`account_id`,
    from: sql`access.account`,
    where: sqlAnd(accountConditions(q)),
    orderBy: sql`login`,
  })
  return {
    key: 'access.accounts',
    zh: '用户与岗位',
    en: 'Accounts and posts',
    permission: 'access.view',
    query: filter,
    columns,
    count: (ctx: Ctx, query: Filter, most: number): Promise<number> => countRows(ctx, source(query), most),
    pick: (ctx: Ctx, query: Filter, most: number): Promise<string[]> => pickIds(ctx, source(query), most),
    load: async (ctx: Ctx, ids: readonly string[]): Promise<Map<string, AccountRow>> =>
      new Map((await loadAccounts(ctx, ids)).map((row) => [row.accountId, row])),
  }
}

const english = new Map(baseRoles.map(({ key, nameEn }) => [key, nameEn]))

const postsOf = ({ posts }: AccountRow, lang: Lang): string =>
  posts
    .map(({ role, roleName, orgName, areaName }) =>
      [lang === 'zh' ? roleName : (english.get(role) ?? roleName), orgName, areaName].join(' '),
    )
    .join(lang === 'zh' ? '；' : '; ')

function stateOf({ disabledAt, lockedUntil }: AccountRow, lang: Lang): string {
  const [zh, en] = disabledAt ? ['已停用', 'Disabled'] : lockedUntil ? ['已锁定', 'Locked'] : ['正常', 'Enabled']
  return (lang === 'zh' ? zh : en) ?? ''
}

const columns: ExportColumn<AccountRow>[] = [
  { key: 'name', zh: '姓名', en: 'Name', kind: 'code', width: 14, value: (row) => row.name },
  { key: 'account', zh: '账号', en: 'Account', kind: 'text', width: 20, value: (row) => row.account },
  { key: 'posts', zh: '岗位', en: 'Posts', kind: 'code', width: 50, value: postsOf },
  { key: 'state', zh: '状态', en: 'State', kind: 'code', width: 10, value: stateOf },
  {
    key: 'last',
    zh: '上次登录',
    en: 'Last sign-in',
    kind: 'instant',
    width: 17,
    value: (row) => row.lastSignInAt && new Date(row.lastSignInAt),
  },
]
