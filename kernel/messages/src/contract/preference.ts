import { endpoint, RequestId } from '@linli/base/contract'
import { z } from 'zod'
import { type OutsideChannel, outsideChannels, type Welcome, welcomes } from '../define/delivery.ts'

const MinuteOfDay = z.number().int().min(0).max(1439)
const Channels = z.array(z.enum(outsideChannels as [OutsideChannel, ...OutsideChannel[]])).max(2)

/** How an account hears of what nobody read. Red and orange alarms ask for none of it but the number. */
export const MessagePreference = z.object({
  /** Masked; null where none is known. */
  phone: z.string().nullable(),
  /** In the order in which they are tried; none: the inbox alone. */
  channels: Channels,
  /** Unread for so many minutes, then the first channel; as many again, then the second. */
  afterMinutes: z.number().int(),
  quietFrom: MinuteOfDay.nullable(),
  quietTo: MinuteOfDay.nullable(),
  lang: z.enum(['zh', 'en']),
})
export type MessagePreference = z.infer<typeof MessagePreference>

export const getMessagePreference = endpoint({
  method: 'GET',
  path: '/me/message-preference',
  summary: '怎样通知我',
  permission: 'signed-in',
  result: MessagePreference,
})

export const setMessagePreference = endpoint({
  method: 'PUT',
  path: '/me/message-preference',
  summary: '改怎样通知我（红色、橙色告警不受免打扰影响）',
  permission: 'signed-in',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    /** Absent: as it is. Null: none any more. */
    phone: z
      .string()
      .regex(/^1\d{10}$/, '请填 11 位手机号')
      .nullable()
      .optional(),
    channels: Channels,
    afterMinutes: z.number().int().min(1).max(1440),
    quietFrom: MinuteOfDay.nullable(),
    quietTo: MinuteOfDay.nullable(),
    lang: z.enum(['zh', 'en']),
  }),
  result: MessagePreference,
  errors: ['messages.data_invalid'],
})

const WelcomeWay = z.enum(welcomes as [Welcome, ...Welcome[]])

/** By which ways a resident hears of what can wait, and when. Red and orange alarms and the code for signing in ask for none of it. */
export const ResidentPreference = z.object({
  sms: WelcomeWay,
  voice: WelcomeWay,
  quietFrom: MinuteOfDay,
  quietTo: MinuteOfDay,
  /** What is sent and said is in this language. */
  lang: z.enum(['zh', 'en']),
})
export type ResidentPreference = z.infer<typeof ResidentPreference>

export const getResidentPreference = endpoint({
  method: 'GET',
  path: '/residents/me/message-preference',
  summary: '怎样通知我（居民本人的手机）',
  permission: 'resident',
  result: ResidentPreference,
})

export const setResidentPreference = endpoint({
  method: 'PUT',
  path: '/residents/me/message-preference',
  summary: '居民改怎样通知自己（红色、橙色告警任何时候都发短信、打电话）',
  permission: 'resident',
  idempotent: true,
  body: ResidentPreference.extend({ requestId: RequestId }),
  result: ResidentPreference,
  errors: ['messages.data_invalid'],
})
