import { endpoint, Id, Instant } from '@linli/base/contract'
import { z } from 'zod'
import { SubjectKind } from './device.ts'

const Level = z.number().int().min(1).max(4)
/** ISO 8601 duration of hours, minutes and seconds, as the rules of scenes write it. */
const Waiting = z.string()
const RuleKey = z.string().regex(/^[a-z][a-z-]{0,40}\.[a-z][a-z-]{0,40}$/)

/** A value of a kind of device beside a number, as device models name them. */
const Said = z.object({ kind: z.string(), value: z.string(), is: z.enum(['atLeast', 'below']), than: z.number() })

/** One part of when a rule holds; a page says it in words. */
export const ConditionPart = z.object({
  op: z.string(),
  isNot: z.boolean(),
  of: z.array(Said),
  /** Kinds of devices, with `offline`. */
  kinds: z.array(z.string()),
  for: Waiting.nullable(),
  /** How often, with `count` and `takenOver`. */
  times: z.number().int().nullable(),
  own: z.object({ least: Waiting, most: Waiting }).nullable(),
  careGroup: z.string().nullable(),
  /** With `nearBase`: more than this share of the other meters of the building dark at once takes the hours out, for so long at most. */
  blackout: z.object({ share: z.number(), within: Waiting }).nullable(),
})
export type ConditionPart = z.infer<typeof ConditionPart>

export const RuleView = z.object({
  key: RuleKey,
  name: z.string(),
  because: z.string(),
  subject: SubjectKind,
  level: Level,
  /** Whether its scene is on at the acting post's place. */
  isOn: z.boolean(),
  parts: z.array(ConditionPart),
  /** Whether one part is enough. */
  isAny: z.boolean(),
  worse: z.object({ detectors: z.number().int(), level: Level, because: z.string() }).nullable(),
  calmer: z.object({ level: Level, within: Waiting, because: z.string() }).nullable(),
  needsConsent: z.boolean(),
  pauses: z.boolean(),
  ladder: z.object({
    key: z.string(),
    name: z.string(),
    because: z.string(),
    arriveWithin: Waiting,
    rungs: z.array(z.object({ name: z.string(), waits: Waiting, attempts: z.number().int() })),
  }),
  mayTry: z.boolean(),
  /** Alarms of this area that were raised in the time asked for. */
  raised: z.number().int(),
  open: z.number().int(),
  byOutcome: z.record(z.string(), z.number().int()),
  /** Those that were looked at: settled, without tests and doubles. */
  judged: z.number().int(),
  /** Share of false ones (surroundings, device) among the judged; null where none was judged: unknown is not 0. */
  falseShare: z.number().nullable(),
  /** Devices whose alarms were mostly false, for whoever maintains them. */
  noisy: z.array(z.object({ deviceId: Id, code: z.string(), place: z.string(), judged: z.number().int(), falses: z.number().int() })),
})
export type RuleView = z.infer<typeof RuleView>

export const listRules = endpoint({
  method: 'GET',
  path: '/alarm-rules',
  summary: '告警规则：条件、依据、联系梯，以及本辖区的告警数和误报率',
  permission: 'signals.read',
  query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  result: z.object({ items: z.array(RuleView), since: Instant, asOf: Instant }),
})

export const tryRule = endpoint({
  method: 'GET',
  path: '/alarm-rules/:key/trial',
  summary: '试算：用已有的信号回放一条规则，不产生告警',
  permission: 'signals.read',
  params: z.object({ key: RuleKey }),
  query: z.object({
    days: z.coerce.number().int().min(1).max(30).default(14),
    /** Another time than the rule's own, where it waits for something. */
    for: z
      .string()
      .regex(/^PT[1-9]\d{0,2}H(?:[0-5]?\dM)?$/)
      .optional(),
  }),
  result: z.object({
    since: Instant,
    until: Instant,
    for: Waiting.nullable(),
    /** Signals of this area that the rule listens to, and how many persons, buildings or devices they are about. */
    signals: z.number().int(),
    subjects: z.number().int(),
    /** Of these, homes of which fewer nights are known than the rule learns from: nothing is said of them. */
    learning: z.number().int(),
    /** There were more signals than one trial reads: the oldest were left out. */
    isCut: z.boolean(),
    alarms: z.number().int(),
    /** What really rang by this rule in that time. */
    raised: z.number().int(),
    /** The latest ones. */
    items: z.array(z.object({ at: Instant, since: Instant.nullable(), level: Level, place: z.string() })),
  }),
  errors: ['signals.rule_unknown', 'signals.data_invalid'],
})
