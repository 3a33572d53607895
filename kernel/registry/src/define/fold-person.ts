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
  | { change: 'tagged'; data: { tagId: string; careGroup: string; basis: string; from: string } }
  | { change: 'untagged'; data: { tagId: string; on: string; reason: string } }
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

/** Which words were agreed to, and how (知情同意). */
export interface Agreement {
  textVersion: string
  channel: string
}

/** Who ends a bond: either side at once, or staff when asked to. */
export type ProxyParty = 'person' | 'member' | 'staff'

export type Residence = 'owner' | 'tenant' | 'family' | 'other'
export type ContactKind = 'emergency' | 'proxy'

/** Where a statement comes from (来源): the dated basis of every value. */
export type Source = 'visit' | 'counter' | 'resident' | 'policeFile' | 'import' | 'demo'

export type PersonEntry = PersonChange & { seq: number; madeAt: Date; source: Source }

export interface HeldValue {
  sealed: Sealed
  source: Source
  at: Date
}

export interface Tag {
  tagId: string
  careGroup: string
  basis: string
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
  recordedAt: Date
  changedAt: Date
}

/** A person file is the fold of its entries: pure, so that any projection can be made again and compared. */
export function foldPerson(entries: readonly PersonEntry[]): PersonState {
  const [first] = entries
  if (first?.change !== 'recorded') throw new Error('a person file begins with its recording')
  const state: PersonState = {
    seq: 0,
    status: 'here',
    values: {},
    addressId: null,
    residence: null,
    communityId: first.data.communityId,
    tags: [],
    contacts: [],
    consents: [],
    proxies: [],
    recordedAt: first.madeAt,
    changedAt: first.madeAt,
  }
  for (const entry of entries) apply(state, entry)
  return state
}

function apply(state: PersonState, entry: PersonEntry): void {
  if (entry.seq !== state.seq + 1) throw new Error(`entry ${entry.seq} follows ${state.seq}`)
  state.seq = entry.seq
  state.changedAt = entry.madeAt
  switch (entry.change) {
    case 'recorded':
    case 'corrected':
      return keepValues(state, entry)
    case 'movedIn':
      state.status = 'here'
      state.addressId = entry.data.addressId
      state.residence = entry.data.residence
      return
    case 'movedOut':
      state.status = 'away'
      state.addressId = null
      state.residence = null
      state.communityId = entry.data.communityId
      return
    case 'died':
      state.status = 'died'
      return
    case 'tagged':
      state.tags.push({ ...entry.data, to: null })
      return
    case 'untagged':
      end(
        state.tags.find(({ tagId }) => tagId === entry.data.tagId),
        entry.data.on,
      )
      return
    case 'contactAdded':
      state.contacts.push({ ...entry.data, to: null })
      return
    case 'contactEnded':
      end(
        state.contacts.find(({ contactId }) => contactId === entry.data.contactId),
        entry.data.on,
      )
      return
    case 'consented':
      state.consents.push({ ...entry.data, givenAt: entry.madeAt, withdrawnAt: null })
      return
    case 'consentWithdrawn': {
      const consent = state.consents.find(({ consentId }) => consentId === entry.data.consentId)
      if (consent) consent.withdrawnAt ??= entry.madeAt
      return
    }
    case 'proxyNamed': {
      const { textVersion, channel, ...proxy } = entry.data
      state.proxies.push({ ...proxy, named: { textVersion, channel, at: entry.madeAt }, accepted: null, ended: null })
      return
    }
    case 'proxyAccepted': {
      const { proxyId, textVersion, channel } = entry.data
      const proxy = state.proxies.find((one) => one.proxyId === proxyId)
      if (proxy) proxy.accepted ??= { textVersion, channel, at: entry.madeAt }
      return
    }
    case 'proxyEnded': {
      const proxy = state.proxies.find(({ proxyId }) => proxyId === entry.data.proxyId)
      if (proxy) proxy.ended ??= { by: entry.data.by, at: entry.madeAt }
    }
  }
}

function keepValues(state: PersonState, entry: Extract<PersonEntry, { change: 'recorded' | 'corrected' }>): void {
  for (const [field, sealed] of Object.entries(entry.data.values) as [PersonField, Sealed | null][]) {
    if (sealed === null) delete state.values[field]
    else state.values[field] = { sealed, source: entry.source, at: entry.madeAt }
  }
}

function end(dated: { to: string | null } | undefined, on: string): void {
  if (dated) dated.to ??= on
}
