import { endpoint, Id, Instant, RequestId } from '@linli/base/contract'
import { z } from 'zod'
import { type ProxyScope, proxyScopeKeys } from '../define/family-proxy.ts'
import { HealthNote } from './person-values.ts'

/** Somebody a resident acts for, or is asked to. */
export const FamilyBond = z.object({
  proxyId: Id,
  /** Masked. */
  name: z.string(),
  relation: z.string(),
  scope: z.array(z.enum(proxyScopeKeys as [ProxyScope, ...ProxyScope[]])),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
  /** `asked`: the person agreed, and now asks this resident. */
  state: z.enum(['asked', 'inForce', 'later']),
})
export type FamilyBond = z.infer<typeof FamilyBond>

export const listFamilyBonds = endpoint({
  method: 'GET',
  path: '/residents/me/family',
  summary: '我替谁看着：家人同意过、等我同意的',
  permission: 'resident',
  result: z.object({ items: z.array(FamilyBond) }),
})

export const acceptFamilyBond = endpoint({
  method: 'POST',
  path: '/residents/me/family/:proxyId/acceptance',
  summary: '同意做家人的代理（家人已先同意）',
  permission: 'resident',
  idempotent: true,
  params: z.object({ proxyId: Id }),
  body: z.object({ requestId: RequestId, textVersion: z.string().min(1).max(40) }),
  result: z.object({ items: z.array(FamilyBond) }),
  errors: ['registry.person_unknown', 'registry.data_invalid'],
})

export const leaveFamilyBond = endpoint({
  method: 'DELETE',
  path: '/residents/me/family/:proxyId',
  summary: '不再做家人的代理，立即生效',
  permission: 'resident',
  params: z.object({ proxyId: Id }),
  result: z.object({ items: z.array(FamilyBond) }),
  errors: ['registry.person_unknown', 'registry.data_invalid'],
})

/** Who opened the resident's own file, or looked at a value in clear, and why. */
export const listOwnViews = endpoint({
  method: 'GET',
  path: '/residents/me/views',
  summary: '谁看过我的档案',
  permission: 'resident',
  result: z.object({
    items: z.array(
      z.object({
        at: Instant,
        by: z.string(),
        office: z.string().nullable(),
        kind: z.enum(['profile', 'reveal']),
        reason: z.string().nullable(),
        fields: z.array(z.string()),
      }),
    ),
  }),
})

/** Of oneself in clear; of those one acts for, whether there is one. */
const HealthNotes = z.object({
  /** Null where the number stands in no file. */
  own: z.object({ note: z.string().nullable(), at: Instant.nullable() }).nullable(),
  family: z.array(z.object({ proxyId: Id, name: z.string(), relation: z.string(), at: Instant.nullable() })),
})
export type HealthNotes = z.infer<typeof HealthNotes>

export const getHealthNotes = endpoint({
  method: 'GET',
  path: '/residents/me/health-notes',
  summary: '急救提示：本人的，和替家人写的有没有',
  permission: 'resident',
  result: HealthNotes,
})

export const writeHealthNote = endpoint({
  method: 'POST',
  path: '/residents/me/health-notes',
  summary: '写或删急救提示：只给被叫来处置本人告警的人看，办结就看不到',
  permission: 'resident',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    /** Of somebody one acts for; without it one's own. */
    proxyId: Id.optional(),
    /** Null takes it back, and the agreement with it. */
    note: HealthNote.nullable(),
    textVersion: z.string().min(1).max(40),
  }),
  result: HealthNotes,
  errors: ['registry.person_unknown', 'registry.data_invalid'],
})
