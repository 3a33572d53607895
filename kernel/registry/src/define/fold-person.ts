import { applyToHome, end } from './fold-home.ts'
import { applyMerge, beginTag } from './fold-merge.ts'
import type { EntryOf, PersonEntry, Sealed } from './person-change.ts'
import type { PersonField } from './person-fields.ts'
import type { PersonState } from './person-state.ts'

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
    stays: [],
    memberships: [],
    relations: [],
    merged: null,
    absorbed: new Map(),
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
    case 'born':
    case 'movedIn':
    case 'movedOut':
    case 'died':
    case 'joinedHousehold':
    case 'leftHousehold':
    case 'related':
    case 'unrelated':
      return applyToHome(state, entry)
    case 'mergedInto':
    case 'unmerged':
    case 'absorbed':
    case 'released':
      return applyMerge(state, entry)
    case 'tagged':
      state.tags.push(beginTag(entry.data))
      return
    case 'untagged':
      end(
        state.tags.find(({ tagId }) => tagId === entry.data.tagId),
        entry.data.on,
      )
      return
    case 'viewersSet': {
      const { tagId, viewers } = entry.data
      for (const tag of state.tags) if (tag.tagId === tagId) tag.viewers = viewers
      return
    }
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

function keepValues(state: PersonState, entry: EntryOf<'recorded' | 'corrected'>): void {
  for (const [field, sealed] of Object.entries(entry.data.values) as [PersonField, Sealed | null][]) {
    if (sealed === null) delete state.values[field]
    else state.values[field] = { sealed, source: entry.source, at: entry.madeAt }
  }
}
