import { endpoint, Id, Instant, RequestId } from '@linli/base/contract'
import { z } from 'zod'

/** In which way the person said so; what can be done on a phone can be said at the counter too. */
const Channel = z.enum(['paper', 'counter', 'phone', 'resident'])
const Away = z.enum(['hospital', 'away'])
/** ISO 8601 duration of whole hours. */
const Hours = z.string().regex(/^PT\d{1,3}H$/, '写成 PT24H')

export const WatchState = z.enum([
  'off',
  'not-in-group',
  'no-consent',
  'muted',
  'away',
  'no-sensor',
  'offline',
  'unheard',
  'learning',
  'unknown',
  'watching',
])

/** One rule that could watch over a person, and whether it does. */
export const WatchRule = z.object({
  rule: z.string(),
  name: z.string(),
  because: z.string(),
  state: WatchState,
  /** What the person must have agreed to, and since when they do. */
  purpose: z.string(),
  agreedAt: Instant.nullable(),
  mutedAt: Instant.nullable(),
  /** After how long it says something, for this person. */
  after: z.string(),
  usualAfter: z.string(),
  /** Between what this person may have another time; null where nobody may. */
  own: z.object({ least: z.string(), most: z.string() }).nullable(),
  sensors: z.array(z.object({ deviceId: Id, code: z.string(), name: z.string(), isOnline: z.boolean() })),
  newestSignAt: Instant.nullable(),
  /** When it will say something if nothing comes; of `watching` alone. */
  dueAt: Instant.nullable(),
})

export const Watch = z.object({
  asOf: Instant,
  pause: z.object({ for: Away, until: Instant }).nullable(),
  rules: z.array(WatchRule),
  mayChange: z.boolean(),
})
export type Watch = z.infer<typeof Watch>

const PersonParams = z.object({ personId: Id })

export const getWatch = endpoint({
  method: 'GET',
  path: '/persons/:personId/watch',
  summary: '哪些规则在关照一位居民：依据、同意、离家、停用、何时提醒',
  permission: 'signals.read',
  params: PersonParams,
  result: Watch,
  errors: ['registry.person_unknown'],
})

export const WatchChange = z.discriminatedUnion('change', [
  z.object({ change: z.literal('muted'), rule: z.string().max(80) }),
  z.object({ change: z.literal('unmuted'), rule: z.string().max(80) }),
  /** Null: as long as everybody. */
  z.object({ change: z.literal('timed'), rule: z.string().max(80), after: Hours.nullable() }),
  z.object({ change: z.literal('paused'), for: Away, until: Instant }),
  z.object({ change: z.literal('resumed') }),
])
export type WatchChange = z.output<typeof WatchChange>

export const changeWatch = endpoint({
  method: 'POST',
  path: '/persons/:personId/watch/changes',
  summary: '按本人意愿停用或恢复一条规则、改提醒时间、登记住院或外出；立即生效',
  permission: 'signals.respond',
  idempotent: true,
  params: PersonParams,
  body: z.object({ requestId: RequestId, channel: Channel, change: WatchChange }),
  result: Watch,
  errors: ['registry.person_unknown', 'signals.data_invalid'],
})
