import type { Separation } from './roles.ts'

/** What holds for the sessions of a post. */
export interface SessionRule {
  /** Milliseconds without use after which a session is over. */
  readonly idleFor: number
  /** Signing in somewhere ends the session elsewhere. */
  readonly isSingle: boolean
  readonly because: string
}

const minute = 60_000
const because = 'GB/T 22239-2019 第三级 8.1.4.1 身份鉴别：登录连接超时自动退出'
const staff: SessionRule = { idleFor: 30 * minute, isSingle: false, because }
const administrator: SessionRule = { idleFor: 15 * minute, isSingle: true, because }

/** By the kind of post, so that no role, also of a scene, can leave it out. A session without a post is one of `work`. */
export const sessionRules: Readonly<Record<Separation, SessionRule>> = {
  work: staff,
  system: administrator,
  security: administrator,
  audit: administrator,
}
