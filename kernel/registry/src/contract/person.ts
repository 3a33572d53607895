import { AreaCode, Cursor, Day, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { HouseholdRole, ProxyParty, ProxyScope, RelationKind } from './change.ts'
import { OpenCorrection } from './correction.ts'
import { Erasure } from './erasure.ts'
import { Masked, OwnSource, PersonField, PlainValues, Residence, RevealedField, Source, Status, ViewerLevel } from './person-values.ts'
import { ProfileSection } from './profile.ts'

/** A person in a list: masked (standards 7.4), the address up to the building. */
export const PersonRow = z.object({
  personId: Id,
  status: Status,
  masked: Masked,
  place: z.string(),
  careGroups: z.array(z.object({ key: z.string(), name: z.string() })),
  changedAt: Instant,
})
export type PersonRow = z.infer<typeof PersonRow>

/** What the list is narrowed to; the screen, a saved view and an export say it in the same words. */
export const PersonFilter = z.object({ q: text(2, 60).optional(), careGroup: z.string().max(60).optional(), status: Status.optional() })
export type PersonFilter = z.infer<typeof PersonFilter>

export const listPersons = endpoint({
  method: 'GET',
  path: '/persons',
  summary: '居民：按姓名（两个字起）、拼音首字母、证件号后四位、电话或地址查找（本岗位范围，脱敏）',
  permission: 'registry.read',
  /** `address`: who lives or lived at this one address. */
  query: PersonFilter.extend({
    address: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
    cursor: Cursor.optional(),
  }),
  result: page(PersonRow),
})

export const recordPerson = endpoint({
  method: 'POST',
  path: '/persons',
  summary: '登记一位居民；地址还没落实的先登记到社区（待落址）',
  permission: 'registry.record',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    values: PlainValues.extend({ name: text(2, 40) }),
    communityCode: AreaCode,
    home: z.object({ addressId: Id, residence: Residence, on: Day }).optional(),
    /** A birth: whose child it is, and of which household from its first day. */
    birth: z.object({ parentId: Id, on: Day }).optional(),
    source: OwnSource,
  }),
  result: z.object({ personId: Id, seq: z.number().int() }),
  status: 201,
  replayStatus: 200,
  errors: [
    'registry.data_invalid',
    'registry.person_exists',
    'registry.person_unknown',
    'registry.address_unknown',
    'access.area_unknown',
    'access.area_forbidden',
  ],
})

const Held = z.object({ field: PersonField, name: z.string(), masked: z.string().nullable(), source: Source, at: Instant })

const Agreed = z.object({ textVersion: z.string(), channel: z.string(), at: Instant })

/** A family member who acts for a person (亲属代理), masked. */
export const FamilyProxy = z.object({
  proxyId: Id,
  relation: z.string(),
  scope: z.array(ProxyScope),
  name: z.string(),
  phone: z.string(),
  from: Day,
  to: Day.nullable(),
  state: z.enum(['asked', 'inForce', 'later', 'lapsed', 'ended']),
  /** What the person agreed to. */
  named: Agreed,
  /** What the member agreed to; without it nothing is shown to him. */
  accepted: Agreed.nullable(),
  ended: z.object({ by: ProxyParty, at: Instant }).nullable(),
})
export type FamilyProxy = z.infer<typeof FamilyProxy>

/** A person file (居民服务档案), masked. Opening it is recorded where the person can read it. */
export const PersonFile = z.object({
  personId: Id,
  seq: z.number().int(),
  status: Status,
  values: z.array(Held),
  home: z.object({ addressId: Id, place: z.string(), residence: Residence.nullable() }).nullable(),
  community: z.object({ areaId: Id, name: z.string() }),
  careGroups: z.array(
    z.object({
      tagId: Id,
      key: z.string(),
      name: z.string(),
      /** Why the platform may know it. */
      because: z.string(),
      basis: z.string(),
      /** Who sees this label; whoever does not is answered as if it were not there. */
      viewers: z.array(ViewerLevel),
      from: Day,
      to: Day.nullable(),
    }),
  ),
  contacts: z.array(
    z.object({
      contactId: Id,
      kind: z.enum(['emergency', 'proxy']),
      relation: z.string(),
      rank: z.number().int(),
      name: z.string(),
      phone: z.string(),
      from: Day,
      to: Day.nullable(),
    }),
  ),
  consents: z.array(
    z.object({
      consentId: Id,
      purpose: z.string(),
      textVersion: z.string(),
      channel: z.string(),
      givenAt: Instant,
      withdrawnAt: Instant.nullable(),
    }),
  ),
  proxies: z.array(FamilyProxy),
  /** Where the person lived, latest first. */
  stays: z.array(z.object({ addressId: Id, place: z.string(), residence: Residence, source: Source, from: Day, to: Day.nullable() })),
  households: z.array(
    z.object({
      householdId: Id,
      place: z.string(),
      role: HouseholdRole,
      from: Day,
      to: Day.nullable(),
      /** Who else belongs to it now, as far as the post sees. */
      members: z.array(z.object({ personId: Id, name: z.string(), role: HouseholdRole })),
    }),
  ),
  relations: z.array(
    z.object({
      relationId: Id,
      kind: RelationKind,
      /** The other file said so: its person is what `kind` says, seen from there. */
      isOthers: z.boolean(),
      /** Null where the post does not see the other. */
      other: z.object({ personId: Id, name: z.string() }).nullable(),
      source: Source,
      from: Day,
      to: Day.nullable(),
    }),
  ),
  /** What is asked to be corrected, open ones first. */
  corrections: z.array(OpenCorrection),
  /** What other engines know of the person, as far as the reader may see: alarms, devices at home, matters. */
  sections: z.array(ProfileSection),
  /** The latest request to erase it; of an erased file what is left to say. */
  erasure: Erasure.nullable(),
  /** The file that this one was put into. */
  mergedInto: Id.nullable(),
  /** Files of the same person that were put into this one. */
  absorbed: z.array(Id),
  recordedAt: Instant,
  changedAt: Instant,
})
export type PersonFile = z.infer<typeof PersonFile>

export const getPerson = endpoint({
  method: 'GET',
  path: '/persons/:personId',
  summary: '一份居民服务档案（脱敏；查看会留下记录）',
  permission: 'registry.read',
  params: z.object({ personId: Id }),
  result: PersonFile,
  errors: ['registry.person_unknown'],
})

export const revealPerson = endpoint({
  method: 'POST',
  path: '/persons/:personId/reveal',
  summary: '写明理由查看原文；每小时次数有限，本人看得到',
  permission: 'registry.reveal',
  params: z.object({ personId: Id }),
  body: z.object({
    reason: text(4, 200),
    fields: z.array(RevealedField).max(5).default([]),
    /** Whose telephone is to be shown as well. */
    contacts: z.array(Id).max(9).default([]),
  }),
  result: z.object({
    values: z.partialRecord(RevealedField, z.string().nullable()),
    contacts: z.array(z.object({ contactId: Id, name: z.string(), phone: z.string() })),
  }),
  errors: ['registry.person_unknown', 'registry.reveal_exhausted', 'registry.data_invalid'],
})

export const listPersonEntries = endpoint({
  method: 'GET',
  path: '/persons/:personId/entries',
  summary: '一份档案的变更记录（哪些栏目、谁、何时、凭什么；不含内容）',
  permission: 'registry.read',
  params: z.object({ personId: Id }),
  result: z.object({
    items: z.array(
      z.object({
        seq: z.number().int(),
        change: z.string(),
        /** Names of what changed, never the values. */
        fields: z.array(z.string()),
        source: Source,
        madeAt: Instant,
        by: z.string().nullable(),
      }),
    ),
  }),
  errors: ['registry.person_unknown'],
})

export const listPersonViews = endpoint({
  method: 'GET',
  path: '/persons/:personId/views',
  summary: '谁看过这份档案',
  permission: 'registry.read',
  params: z.object({ personId: Id }),
  result: z.object({
    items: z.array(
      z.object({
        by: z.string(),
        kind: z.enum(['profile', 'reveal']),
        reason: z.string().nullable(),
        fields: z.array(z.string()),
        at: Instant,
      }),
    ),
  }),
  errors: ['registry.person_unknown'],
})
