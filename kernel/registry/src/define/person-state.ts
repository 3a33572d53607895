import type { ViewerLevel } from './care-groups.ts'
import type { ProxyScope } from './family-proxy.ts'
import type {
  Agreement,
  Carried,
  ContactKind,
  HouseholdRole,
  ProxyParty,
  RelationKind,
  Residence,
  Sealed,
  Source,
} from './person-change.ts'
import type { PersonField } from './person-fields.ts'

export interface HeldValue {
  sealed: Sealed
  source: Source
  at: Date
}

export interface Tag {
  tagId: string
  careGroup: string
  basis: string
  /** Who sees that the person is in it. */
  viewers: ViewerLevel[]
  from: string
  to: string | null
}

export interface ContactPerson {
  contactId: string
  kind: ContactKind
  relation: string
  rank: number
  name: Sealed
  phone: Sealed
  from: string
  to: string | null
}

export interface Consent {
  consentId: string
  purpose: string
  textVersion: string
  channel: string
  givenAt: Date
  withdrawnAt: Date | null
}

export interface FamilyProxy {
  proxyId: string
  relation: string
  scope: ProxyScope[]
  from: string
  to: string | null
  name: Sealed
  phone: Sealed
  named: Agreement & { at: Date }
  accepted: (Agreement & { at: Date }) | null
  ended: { by: ProxyParty; at: Date } | null
}

/** A stay in a dwelling (人房关联); `seq` is the entry that began it. */
export interface Stay {
  seq: number
  addressId: string
  residence: Residence
  source: Source
  from: string
  to: string | null
}

export interface Membership {
  seq: number
  householdId: string
  addressId: string
  role: HouseholdRole
  source: Source
  from: string
  to: string | null
}

export interface Relation {
  relationId: string
  otherId: string
  kind: RelationKind
  source: Source
  from: string
  to: string | null
}

export interface PersonState {
  seq: number
  status: 'here' | 'away' | 'died'
  values: Partial<Record<PersonField, HeldValue>>
  /** Null while the address is not settled (待落址). */
  addressId: string | null
  residence: Residence | null
  /** Whose file it is while no address says so. */
  communityId: string
  tags: Tag[]
  contacts: ContactPerson[]
  consents: Consent[]
  proxies: FamilyProxy[]
  stays: Stay[]
  memberships: Membership[]
  relations: Relation[]
  /** The file that this one was put into, and when; while it is, nothing of it is in force. */
  merged: { keptId: string; at: Date } | null
  /** Files that were put into this one, with what they brought. */
  absorbed: Map<string, Carried>
  recordedAt: Date
  changedAt: Date
}
