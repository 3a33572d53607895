import type { EntryOf } from './person-change.ts'
import type { PersonState } from './person-state.ts'

type HomeEntry = EntryOf<'born' | 'movedIn' | 'movedOut' | 'died' | 'joinedHousehold' | 'leftHousehold' | 'related' | 'unrelated'>

/** Where a person lives, with whom, and what others are to him. */
export function applyToHome(state: PersonState, entry: HomeEntry): void {
  const { seq, source } = entry
  switch (entry.change) {
    case 'born':
      return
    case 'movedIn': {
      const { addressId, residence, on } = entry.data
      leave(state, on, addressId)
      state.status = 'here'
      state.addressId = addressId
      state.residence = residence
      state.stays.push({ seq, addressId, residence, source, from: on, to: null })
      return
    }
    case 'movedOut':
      leave(state, entry.data.on)
      state.status = 'away'
      state.addressId = null
      state.residence = null
      state.communityId = entry.data.communityId
      return
    case 'died':
      leave(state, entry.data.on)
      state.status = 'died'
      return
    case 'joinedHousehold': {
      const { on, ...data } = entry.data
      state.memberships.push({ seq, ...data, source, from: on, to: null })
      return
    }
    case 'leftHousehold':
      for (const one of state.memberships) if (one.householdId === entry.data.householdId) end(one, entry.data.on)
      return
    case 'related':
      state.relations.push({ ...entry.data, source, to: null })
      return
    case 'unrelated':
      end(
        state.relations.find(({ relationId }) => relationId === entry.data.relationId),
        entry.data.on,
      )
  }
}

/** The stay ends, and with it every household that is not at the dwelling moved to. */
function leave(state: PersonState, on: string, addressId?: string): void {
  for (const stay of state.stays) end(stay, on)
  for (const one of state.memberships) if (one.addressId !== addressId) end(one, on)
}

/** Ends what has not ended; a day before it began is the day it began. */
export function end(dated: { from: string; to: string | null } | undefined, on: string): void {
  if (dated) dated.to ??= on < dated.from ? dated.from : on
}
