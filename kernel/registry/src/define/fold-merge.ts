import { dayOf, formatDay } from '@linli/base/define'
import { usualViewers } from './care-groups.ts'
import { end } from './fold-home.ts'
import type { CarriedProxy, EntryOf } from './person-change.ts'
import type { PersonField } from './person-fields.ts'
import type { FamilyProxy, PersonState, Tag } from './person-state.ts'

/** Two files of one person: the one given up is set aside, the one kept takes over what it lacks; taken apart, each is as it was. */
export function applyMerge(state: PersonState, entry: EntryOf<'mergedInto' | 'unmerged' | 'absorbed' | 'released'>): void {
  switch (entry.change) {
    case 'mergedInto':
      state.merged ??= { keptId: entry.data.keptId, at: entry.madeAt }
      return
    case 'unmerged':
      state.merged = null
      return
    case 'absorbed':
      return absorb(state, entry)
    case 'released':
      return release(state, entry)
  }
}

function absorb(state: PersonState, entry: EntryOf<'absorbed'>): void {
  const { personId, carried } = entry.data
  const { madeAt: at, source } = entry
  state.absorbed.set(personId, carried)
  for (const [field, sealed] of Object.entries(carried.values) as [PersonField, string][]) state.values[field] = { sealed, source, at }
  state.tags.push(...carried.tags.map(beginTag))
  state.contacts.push(...carried.contacts.map((contact) => ({ ...contact, to: null })))
  state.consents.push(
    ...carried.consents.map(({ ofId: _, givenAt, ...consent }) => ({ ...consent, givenAt: new Date(givenAt), withdrawnAt: null })),
  )
  state.proxies.push(...(carried.proxies ?? []).map(bound))
}

/** A bond goes on as both agreed to it, on the days when they did. */
function bound({ ofId: _, named, accepted, ...bond }: CarriedProxy): FamilyProxy {
  const dated = <One extends { at: string }>(one: One) => ({ ...one, at: new Date(one.at) })
  return { ...bond, named: dated(named), accepted: accepted && dated(accepted), ended: null }
}

/** A label as it begins; one of before labels had viewers is seen by whom its group says. */
export const beginTag = (tag: EntryOf<'tagged'>['data']): Tag => ({ ...tag, viewers: tag.viewers ?? usualViewers(tag.careGroup), to: null })

/** What had come from the other file ends; what was said about it since, stays. */
function release(state: PersonState, { data: { personId, on }, madeAt }: EntryOf<'released'>): void {
  const carried = state.absorbed.get(personId)
  if (!carried) return
  state.absorbed.delete(personId)
  for (const [field, sealed] of Object.entries(carried.values) as [PersonField, string][])
    if (state.values[field]?.sealed === sealed) delete state.values[field]
  const ids = new Set([
    ...carried.tags.map(({ tagId }) => tagId),
    ...carried.contacts.map(({ contactId }) => contactId),
    ...carried.consents.map(({ consentId }) => consentId),
    ...(carried.proxies ?? []).map(({ proxyId }) => proxyId),
  ])
  for (const tag of state.tags) if (ids.has(tag.tagId)) end(tag, on)
  for (const contact of state.contacts) if (ids.has(contact.contactId)) end(contact, on)
  for (const consent of state.consents) if (ids.has(consent.consentId)) consent.withdrawnAt ??= madeAt
  for (const proxy of state.proxies) if (ids.has(proxy.proxyId)) proxy.ended ??= { by: 'staff', at: madeAt }
}

/** A file that is given up as lists read it: nothing in it is in force any more, for it goes on in the other. */
export function setAside(state: PersonState): PersonState {
  if (!state.merged) return state
  const { at } = state.merged
  const on = formatDay(dayOf(at.getTime()))
  const ended = <Dated extends { from: string; to: string | null }>(all: readonly Dated[]): Dated[] =>
    all.map((one) => {
      const copy = { ...one }
      end(copy, on)
      return copy
    })
  return {
    ...state,
    values: {},
    tags: ended(state.tags),
    contacts: ended(state.contacts),
    stays: ended(state.stays),
    memberships: ended(state.memberships),
    relations: ended(state.relations),
    consents: state.consents.map((consent) => ({ ...consent, withdrawnAt: consent.withdrawnAt ?? at })),
    proxies: state.proxies.map((proxy) => ({ ...proxy, ended: proxy.ended ?? { by: 'staff' as const, at } })),
  }
}
