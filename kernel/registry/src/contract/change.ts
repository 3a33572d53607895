import { Day, endpoint, Id, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { HealthNote, OwnSource, PersonField, Phone, PlainValues, Residence, ViewerLevel } from './person-values.ts'

/** How somebody agreed or withdrew. */
export const Channel = z.enum(['paper', 'counter', 'phone', 'visit', 'resident'])
export const ProxyScope = z.enum(['alarms', 'matters', 'file'])
export const ProxyParty = z.enum(['person', 'member', 'staff'])
export const HouseholdRole = z.enum(['head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'other'])
/** What the other is to this person. */
export const RelationKind = z.enum(['spouse', 'child', 'parent', 'sibling', 'guardian', 'other'])
const TextVersion = text(1, 40)

/** One change of a file. Days are of Asia/Shanghai. */
export const Change = z.discriminatedUnion('change', [
  z.object({
    change: z.literal('corrected'),
    values: PlainValues.partial(),
    /** Fields that are to be empty. */
    clear: z.array(PersonField).max(6).default([]),
    note: text(1, 200).optional(),
  }),
  /** A note for first aid, with how the person agreed to it. */
  z.object({ change: z.literal('healthNoted'), healthNote: HealthNote, textVersion: TextVersion, channel: Channel }),
  z.object({ change: z.literal('movedIn'), addressId: Id, residence: Residence, on: Day }),
  z.object({ change: z.literal('movedOut'), on: Day }),
  z.object({ change: z.literal('died'), on: Day }),
  z.object({ change: z.literal('tagged'), careGroup: z.string().max(60), basis: text(2, 200), from: Day }),
  z.object({ change: z.literal('untagged'), tagId: Id, on: Day, reason: text(2, 200) }),
  z.object({ change: z.literal('viewersSet'), tagId: Id, viewers: z.array(ViewerLevel).min(1).max(4), reason: text(2, 200) }),
  z.object({
    change: z.literal('contactAdded'),
    kind: z.literal('emergency'),
    relation: text(1, 20),
    rank: z.number().int().min(1).max(9),
    name: text(2, 40),
    phone: Phone,
    from: Day,
  }),
  z.object({ change: z.literal('contactEnded'), contactId: Id, on: Day }),
  z.object({
    change: z.literal('consented'),
    purpose: z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, '写成 场景.用途'),
    textVersion: TextVersion,
    channel: Channel,
  }),
  z.object({ change: z.literal('consentWithdrawn'), consentId: Id, channel: Channel }),
  z.object({
    change: z.literal('proxyNamed'),
    relation: text(1, 20),
    name: text(2, 40),
    phone: Phone,
    scope: z.array(ProxyScope).min(1).max(3),
    from: Day,
    /** The last day; without it until either side ends it. */
    to: Day.optional(),
    /** What the person agreed to; the member agrees on his own. */
    textVersion: TextVersion,
    channel: Channel,
  }),
  z.object({ change: z.literal('proxyAccepted'), proxyId: Id, textVersion: TextVersion, channel: Channel }),
  z.object({
    change: z.literal('joinedHousehold'),
    /** Without it a new household at the dwelling of the person. */
    householdId: Id.optional(),
    role: HouseholdRole,
    on: Day,
  }),
  z.object({ change: z.literal('leftHousehold'), householdId: Id, on: Day }),
  z.object({ change: z.literal('related'), otherId: Id, kind: RelationKind, from: Day }),
  z.object({ change: z.literal('unrelated'), relationId: Id, on: Day, reason: text(2, 200) }),
  z.object({ change: z.literal('proxyEnded'), proxyId: Id, by: ProxyParty, channel: Channel }),
])
export type Change = z.output<typeof Change>

export const changePerson = endpoint({
  method: 'POST',
  path: '/persons/:personId/changes',
  summary: '变更一份居民档案：更正、迁入迁出、关爱对象、联系人、知情同意；一次一项，先到先得',
  permission: 'registry.record',
  idempotent: true,
  params: z.object({ personId: Id }),
  body: z.object({ requestId: RequestId, expectedSeq: z.number().int().positive(), source: OwnSource, change: Change }),
  result: z.object({ personId: Id, seq: z.number().int() }),
  errors: [
    'registry.person_unknown',
    'registry.person_changed',
    'registry.data_invalid',
    'registry.person_exists',
    'registry.address_unknown',
    'registry.field_owned',
  ],
})
