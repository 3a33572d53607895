import { Cursor, Day, endpoint, Id, Instant, page } from '@linli/base/contract'
import { z } from 'zod'
import { PersonField } from './person-values.ts'

/** `profile`: a file was opened, masked; `reveal`: values were looked at in clear, with a reason. */
const LookKind = z.enum(['profile', 'reveal'])

/** One look at a person file: who, when, in which post and what for; whose it is only masked. */
export const Look = z.object({
  viewId: Id,
  at: Instant,
  kind: LookKind,
  fields: z.array(PersonField),
  reason: z.string().nullable(),
  accountId: Id,
  accountName: z.string(),
  roleName: z.string().nullable(),
  roleNameEn: z.string().nullable(),
  orgName: z.string().nullable(),
  personId: Id,
  name: z.string(),
  community: z.string(),
})
export type Look = z.infer<typeof Look>

/** What the list is narrowed to; the screen, a saved view and an export say it in the same words. */
export const LookFilter = z.object({
  /** A login, an id, or the name that an account is shown by. */
  account: z.string().max(64).optional(),
  person: Id.optional(),
  /** In Asia/Shanghai. */
  day: Day.optional(),
  kind: LookKind.optional(),
})
export type LookFilter = z.infer<typeof LookFilter>

export const listLooks = endpoint({
  method: 'GET',
  path: '/looks',
  summary: '谁看过居民档案：账号、岗位、时间、看了什么、为什么（对象脱敏）',
  permission: 'registry.readLooks',
  query: LookFilter.extend({ cursor: Cursor.optional() }),
  result: page(Look),
})

export const countLooks = endpoint({
  method: 'GET',
  path: '/looks/figures',
  summary: '近十四天每天打开和查看明文的次数，各自可以打开到每一次',
  permission: 'registry.readLooks',
  query: LookFilter.pick({ account: true, person: true }),
  result: z.object({ days: z.array(z.object({ day: Day, profile: z.number().int(), reveal: z.number().int() })), asOf: Instant }),
})
