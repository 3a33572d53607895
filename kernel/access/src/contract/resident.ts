import { endpoint, Id, Instant, RequestId } from '@linli/base/contract'
import { z } from 'zod'

const Phone = z.string().regex(/^1\d{10}$/, '请填 11 位手机号')

/** Whether the number is known here cannot be told from the answer or from how long it took. */
export const askSignInCode = endpoint({
  method: 'POST',
  path: '/public/sign-in-codes',
  summary: '发登录验证码（短信，5 分钟有效）',
  permission: 'public',
  rate: 12,
  idempotent: true,
  body: z.object({ requestId: RequestId, phone: Phone, lang: z.enum(['zh', 'en']).default('zh') }),
  result: z.object({ minutes: z.number().int() }),
  status: 202,
})

export const openResidentSession = endpoint({
  method: 'POST',
  path: '/public/resident-sessions',
  summary: '居民用手机号和验证码登录',
  permission: 'public',
  rate: 30,
  body: z.object({ phone: Phone, code: z.string().regex(/^\d{6}$/, '请填 6 位验证码') }),
  result: z.object({ expiresAt: Instant }),
  status: 201,
  errors: ['access.code_wrong'],
})

export const closeResidentSession = endpoint({
  method: 'DELETE',
  path: '/residents/me/session',
  summary: '居民退出登录',
  permission: 'resident',
  result: z.undefined(),
  status: 204,
})

export const ResidentMe = z.object({
  residentId: Id,
  /** Masked, as is the name. */
  phone: z.string(),
  /** Null where the number stands in no person file, or in several. */
  name: z.string().nullable(),
  /** Where the file says that the person belongs. */
  community: z.object({ areaId: Id, code: z.string(), name: z.string() }).nullable(),
})
export type ResidentMe = z.infer<typeof ResidentMe>

export const getResidentMe = endpoint({
  method: 'GET',
  path: '/residents/me',
  summary: '登录的居民是谁',
  permission: 'resident',
  result: ResidentMe,
})
