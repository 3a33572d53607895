import type { ViewerLevel } from './care-groups.ts'
import type { ProxyScope } from './family-proxy.ts'
import type { PersonField } from './person-fields.ts'

/** Ciphertext under the person's own key, base64. */
export type Sealed = string

/** What can happen to a person file, each with what it brings. Values are ciphertext; ids, days and groups are not. */
export type PersonChange =
  | { change: 'recorded'; data: { values: Partial<Record<PersonField, Sealed>>; communityId: string } }
  /** `null` clears a field. */
  | { change: 'corrected'; data: { values: Partial<Record<PersonField, Sealed | null>>; note?: string } }
  | { change: 'movedIn'; data: { addressId: string; residence: Residence; on: string } }
  | { change: 'movedOut'; data: { on: string; communityId: string } }
  | { change: 'died'; data: { on: string } }
  | { change: 'tagged'; data: { tagId: string; careGroup: string; basis: string; from: string; viewers?: ViewerLevel[] } }
  | { change: 'untagged'; data: { tagId: string; on: string; reason: string } }
  /** Who sees the label from now on. */
  | { change: 'viewersSet'; data: { tagId: string; viewers: ViewerLevel[]; reason: string } }
  | {
      change: 'contactAdded'
      data: { contactId: string; kind: ContactKind; relation: string; rank: number; name: Sealed; phone: Sealed; from: string }
    }
  | { change: 'contactEnded'; data: { contactId: string; on: string } }
  | { change: 'consented'; data: { consentId: string; purpose: string; textVersion: string; channel: string } }
  | { change: 'consentWithdrawn'; data: { consentId: string; channel: string } }
  /** The person agrees that a family member acts for him; bound once the member has agreed too. */
  | {
      change: 'proxyNamed'
      data: Agreement & {
        proxyId: string
        relation: string
        scope: ProxyScope[]
        from: string
        to: string | null
        name: Sealed
        phone: Sealed
      }
    }
  | { change: 'proxyAccepted'; data: Agreement & { proxyId: string } }
  | { change: 'proxyEnded'; data: { proxyId: string; by: ProxyParty; channel: string } }
  /** A file that begins with a birth says of whom. */
  | { change: 'born'; data: { on: string; parentId: string } }
  | { change: 'joinedHousehold'; data: { householdId: string; addressId: string; role: HouseholdRole; on: string } }
  | { change: 'leftHousehold'; data: { householdId: string; on: string } }
  | { change: 'related'; data: { relationId: string; otherId: string; kind: RelationKind; from: string } }
  | { change: 'unrelated'; data: { relationId: string; on: string; reason: string } }
  /** Two files of one person (并档): this one is given up for the other, and stands again when the two are taken apart. */
  | { change: 'mergedInto'; data: { keptId: string; on: string; reason: string } }
  | { change: 'unmerged'; data: { keptId: string; reason: string } }
  /** The file that is kept takes over what it lacks, and ends that again on the day the other is released. */
  | { change: 'absorbed'; data: { personId: string; carried: Carried; reason: string } }
  | { change: 'released'; data: { personId: string; on: string; reason: string } }

/** Which words were agreed to, and how (知情同意). */
export interface Agreement {
  textVersion: string
  channel: string
}

/** Who ends a bond: either side at once, or staff when asked to. */
export type ProxyParty = 'person' | 'member' | 'staff'

export type EntryOf<Kind extends PersonChange['change']> = Extract<PersonEntry, { change: Kind }>
type DataOf<Kind extends PersonChange['change']> = Extract<PersonChange, { change: Kind }>['data']

/** What a merged file brings along, sealed anew under the key of the file that is kept, under ids of its own. */
export interface Carried {
  values: Partial<Record<PersonField, Sealed>>
  tags: DataOf<'tagged'>[]
  contacts: DataOf<'contactAdded'>[]
  /** `ofId`: the one of the other file that it came from, which follows what becomes of it here once the two are taken apart. */
  consents: (DataOf<'consented'> & { givenAt: string; ofId?: string })[]
  /** Family who act for the person, with what both agreed to. */
  proxies?: CarriedProxy[]
}

type Dated = Agreement & { at: string }

/** A bond of the family as it goes along with a file. */
export interface CarriedProxy extends Omit<DataOf<'proxyNamed'>, keyof Agreement> {
  ofId: string
  named: Dated
  accepted: Dated | null
}

/** What a member is to the head of the household. */
export type HouseholdRole = 'head' | 'spouse' | 'child' | 'parent' | 'grandchild' | 'grandparent' | 'sibling' | 'other'
/** What the other is to this person. */
export type RelationKind = 'spouse' | 'child' | 'parent' | 'sibling' | 'guardian' | 'other'

export type Residence = 'owner' | 'tenant' | 'family' | 'other'
export type ContactKind = 'emergency' | 'proxy'

/** Where a statement comes from (来源): the dated basis of every value. */
export type Source = 'visit' | 'counter' | 'resident' | 'policeFile' | 'import' | 'demo'

export type PersonEntry = PersonChange & { seq: number; madeAt: Date; source: Source }
