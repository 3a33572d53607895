import { endpoint, Id, Instant, text } from '@linli/base/contract'
import { z } from 'zod'

export const AreaLevel = z.enum(['province', 'prefecture', 'county', 'township', 'community', 'cell'])
export type AreaLevel = z.infer<typeof AreaLevel>

export const PostSummary = z.object({
  postId: Id,
  role: z.string(),
  roleName: z.string(),
  orgId: Id,
  orgName: z.string(),
  orgKind: z.string(),
  areaId: Id,
  areaName: z.string(),
  areaCode: z.string(),
  areaLevel: AreaLevel,
  reach: z.string(),
  /** Whose post it is, where one stands in for him, and until when. */
  deputyFor: z.object({ name: z.string(), until: z.iso.date() }).nullable(),
})
export type PostSummary = z.infer<typeof PostSummary>

export const Me = z.object({
  accountId: Id,
  account: z.string(),
  name: z.string(),
  actingPost: PostSummary.nullable(),
  posts: z.array(PostSummary),
  permissions: z.array(z.string()),
  areas: z.array(z.object({ areaId: Id, code: z.string(), name: z.string(), level: AreaLevel })),
  demo: z.boolean(),
  now: Instant,
})
export type Me = z.infer<typeof Me>

export const openSession = endpoint({
  method: 'POST',
  path: '/sessions',
  summary: '登录',
  permission: 'public',
  rate: 120,
  body: z.object({ account: z.string().trim().min(1).max(64), password: z.string().min(1).max(200) }),
  result: z.object({ token: z.string(), expiresAt: Instant }),
  status: 201,
  errors: ['access.credentials_wrong', 'access.account_locked', 'access.account_disabled'],
})

/**
 * Opens a screen on a wall: a session beside that of the desk, a day long and used or not, that may only ask what is marked for walls.
 * Asked with the password, since it outlives whoever stands before it.
 */
export const openWall = endpoint({
  method: 'POST',
  path: '/sessions/wall',
  summary: '打开大屏（一天，只读，只看大屏上的数）',
  permission: 'public',
  rate: 120,
  body: z.object({ account: z.string().trim().min(1).max(64), password: z.string().min(1).max(200) }),
  result: z.object({ expiresAt: Instant }),
  status: 201,
  errors: ['access.credentials_wrong', 'access.account_locked', 'access.account_disabled', 'access.wall_forbidden'],
})

/** From a wall: that one. From a desk: every wall that this account opened. */
export const closeWalls = endpoint({
  method: 'DELETE',
  path: '/sessions/wall',
  summary: '关闭大屏（在工作台上：关闭自己打开的每一块）',
  permission: 'signed-in',
  onWall: true,
  result: z.object({ closed: z.number().int() }),
})

/** A screen that is open on a wall. */
export const OwnWall = z.object({ openedAt: Instant, expiresAt: Instant, areaName: z.string() })
export type OwnWall = z.infer<typeof OwnWall>

export const listWalls = endpoint({
  method: 'GET',
  path: '/sessions/wall',
  summary: '自己打开的大屏',
  permission: 'signed-in',
  result: z.object({ items: z.array(OwnWall) }),
})

export const closeSession = endpoint({
  method: 'DELETE',
  path: '/sessions/current',
  summary: '退出登录',
  permission: 'signed-in',
  result: z.undefined(),
  status: 204,
})

export const getSession = endpoint({
  method: 'GET',
  path: '/sessions/current',
  summary: '这次登录还能用多久',
  permission: 'signed-in',
  onWall: true,
  /** In whole seconds: until it ends if nobody uses it, and until it ends in any case. */
  result: z.object({ idleSecondsLeft: z.number().int(), secondsLeft: z.number().int() }),
})

export const getMe = endpoint({
  method: 'GET',
  path: '/me',
  summary: '我是谁，在哪个岗位',
  permission: 'signed-in',
  onWall: true,
  result: Me,
})

export const actAs = endpoint({
  method: 'POST',
  path: '/me/acting-post',
  summary: '换岗位',
  permission: 'signed-in',
  body: z.object({ postId: Id }),
  result: Me,
  errors: ['access.post_unknown'],
})

export const changePassword = endpoint({
  method: 'POST',
  path: '/me/password',
  summary: '改密码',
  permission: 'signed-in',
  rate: 10,
  body: z.object({ current: z.string().min(1).max(200), next: z.string().min(10, '至少 10 位').max(200) }),
  result: z.undefined(),
  status: 204,
  errors: ['access.credentials_wrong', 'access.account_locked', 'access.password_weak'],
})

export const Colleague = z.object({ accountId: Id, name: z.string(), roleName: z.string() })
export type Colleague = z.infer<typeof Colleague>

/** Whom a step of a case can be handed to: people with a live post in the acting organization. */
export const listColleagues = endpoint({
  method: 'GET',
  path: '/colleagues',
  summary: '本单位在岗的人',
  permission: 'signed-in',
  query: z.object({ q: text(0, 60).optional() }),
  result: z.object({ items: z.array(Colleague) }),
})
