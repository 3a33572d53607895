import { AreaCode, Cursor, Day, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { AreaLevel, PostSummary } from './session.ts'

export const Area = z.object({
  areaId: Id,
  parentId: Id.nullable(),
  level: AreaLevel,
  kind: z.string(),
  code: z.string(),
  name: z.string(),
  boundary: z.unknown().nullable(),
})
export type Area = z.infer<typeof Area>

/** Areas below a parent (the roots without one), for pickers. Names of areas are public. */
export const listAreas = endpoint({
  method: 'GET',
  path: '/public/areas',
  summary: '区划与网格',
  permission: 'public',
  query: z.object({ parent: Id.optional(), level: AreaLevel.optional(), code: z.string().max(20).optional() }),
  result: z.object({ items: z.array(Area) }),
})

export const listBuildings = endpoint({
  method: 'GET',
  path: '/public/buildings',
  summary: '一个社区的楼栋（名称与点位）',
  permission: 'public',
  query: z.object({ communityId: Id }),
  result: z.object({ items: z.array(z.object({ buildingId: Id, cellId: Id, name: z.string(), lon: z.number(), lat: z.number() })) }),
})

/** An office that answers the telephone. */
export const PublicOffice = z.object({ kind: z.string(), name: z.string(), level: AreaLevel, phone: z.string() })
export type PublicOffice = z.infer<typeof PublicOffice>

/** Whom to call about a place: its own offices first, then those of the areas above it. */
export const listOffices = endpoint({
  method: 'GET',
  path: '/public/offices',
  summary: '一个地方的办公电话，近的在前',
  permission: 'public',
  query: z.object({ areaCode: AreaCode }),
  result: z.object({ items: z.array(PublicOffice) }),
  errors: ['access.area_unknown'],
})

export const Organization = z.object({
  orgId: Id,
  kind: z.string(),
  name: z.string(),
  areaId: Id,
  areaName: z.string(),
  parentId: Id.nullable(),
})
export type Organization = z.infer<typeof Organization>

export const listOrganizations = endpoint({
  method: 'GET',
  path: '/organizations',
  summary: '组织',
  permission: 'signed-in',
  query: z.object({ kind: z.string().max(60).optional(), q: z.string().max(60).optional() }),
  result: z.object({ items: z.array(Organization) }),
})

export const AccountRow = z.object({
  accountId: Id,
  account: z.string(),
  name: z.string(),
  disabledAt: Instant.nullable(),
  lockedUntil: Instant.nullable(),
  lastSignInAt: Instant.nullable(),
  posts: z.array(PostSummary),
})
export type AccountRow = z.infer<typeof AccountRow>

export const listAccounts = endpoint({
  method: 'GET',
  path: '/accounts',
  summary: '用户与岗位',
  permission: 'access.view',
  query: z.object({ q: z.string().max(60).optional(), cursor: Cursor.optional() }),
  result: page(AccountRow),
})

/** Why a post cannot be given like this. */
const postErrors = [
  'access.organization_unknown',
  'access.area_unknown',
  'access.area_forbidden',
  'access.role_unknown',
  'access.role_unfit',
  'access.role_forbidden',
] as const

export const createAccount = endpoint({
  method: 'POST',
  path: '/accounts',
  summary: '新建用户',
  permission: 'access.administer',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    account: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/, '3–32 位小写字母、数字、点、横线'),
    name: text(1, 40),
    password: z.string().min(10, '至少 10 位').max(200),
    post: z.object({ orgId: Id, areaId: Id, role: z.string().max(60), until: Day.optional() }),
  }),
  result: AccountRow,
  status: 201,
  errors: ['access.account_taken', 'access.password_weak', ...postErrors],
})

export const grantPost = endpoint({
  method: 'POST',
  path: '/accounts/:accountId/posts',
  summary: '授予岗位',
  permission: 'access.administer',
  idempotent: true,
  params: z.object({ accountId: Id }),
  body: z.object({ requestId: RequestId, orgId: Id, areaId: Id, role: z.string().max(60), until: Day.optional() }),
  result: AccountRow,
  status: 201,
  errors: ['access.account_unknown', 'access.account_own', 'access.post_held', 'access.role_separated', ...postErrors],
})

export const endPost = endpoint({
  method: 'DELETE',
  path: '/posts/:postId',
  summary: '收回岗位（立即失效）',
  permission: 'access.administer',
  params: z.object({ postId: Id }),
  result: z.undefined(),
  status: 204,
  errors: ['access.post_unknown', 'access.account_own', 'access.area_forbidden', 'access.role_forbidden'],
})

export const setAccountState = endpoint({
  method: 'POST',
  path: '/accounts/:accountId/state',
  summary: '停用、启用、解锁',
  permission: 'access.secure',
  params: z.object({ accountId: Id }),
  body: z.object({ state: z.enum(['disabled', 'enabled', 'unlocked']), reason: text(2, 200) }),
  result: AccountRow,
  errors: ['access.account_unknown', 'access.account_own', 'access.area_forbidden'],
})

export const Role = z.object({
  role: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  orgKinds: z.array(z.string()),
  level: z.string(),
})
export type Role = z.infer<typeof Role>

export const listRoles = endpoint({
  method: 'GET',
  path: '/roles',
  summary: '角色与权限',
  permission: 'access.view',
  query: z.object({}),
  result: z.object({ items: z.array(Role) }),
})

export const AuditRow = z.object({
  auditId: z.number().int(),
  at: Instant,
  action: z.string(),
  accountName: z.string().nullable(),
  orgName: z.string().nullable(),
  subjectKind: z.string().nullable(),
  subjectId: z.string().nullable(),
  purpose: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  traceId: z.string(),
  sealed: z.boolean(),
})
export type AuditRow = z.infer<typeof AuditRow>

/** What the trail is narrowed to; the screen, a saved view and an export say it in the same words. */
export const AuditFilter = z.object({
  action: z.string().max(60).optional(),
  account: z.string().max(64).optional(),
  subject: z.string().max(80).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>
export const RefusalFilter = AuditFilter.omit({ action: true, subject: true })

export const searchAudit = endpoint({
  method: 'GET',
  path: '/audit',
  summary: '审计检索',
  permission: 'audit.read',
  query: AuditFilter.extend({ cursor: Cursor.optional() }),
  result: page(AuditRow),
})

/** What was refused for want of a permission: the security administrator sees this part of the trail and no other. */
export const listRefusals = endpoint({
  method: 'GET',
  path: '/audit/refused',
  summary: '被拒绝的访问',
  permission: 'audit.readRefused',
  query: RefusalFilter.extend({ cursor: Cursor.optional() }),
  result: page(AuditRow),
})

export const verifyAudit = endpoint({
  method: 'GET',
  path: '/audit/verify',
  summary: '核验审计链',
  permission: 'audit.read',
  rate: 30,
  result: z.object({ sealedTo: Instant.nullable(), ok: z.boolean(), rows: z.number().int(), firstBad: z.number().int().nullable() }),
})
