import type { PersonFile } from '../contract/person.ts'
import { findCareGroup } from '../define/care-groups.ts'
import { type PersonField, personFieldKeys, personFields } from '../define/person-fields.ts'
import type { PersonState } from '../define/person-state.ts'
import { stateOf } from './bind-family.ts'
import { seenTags } from './see-tags.ts'

export interface FileRow {
  status: PersonFile['status']
  masked: Partial<Record<PersonField, string>>
  address_id: string | null
  place: string | null
  community_id: string
  community: string
}

export interface ContactRow {
  id: string
  masked: { name?: string; phone?: string }
}

interface Parts {
  personId: string
  state: PersonState
  row: FileRow
  /** Masked names and phones of contacts and of the family, by their ids. */
  called: ReadonlyMap<string, ContactRow['masked']>
  around: Pick<PersonFile, 'stays' | 'households' | 'relations'>
  corrections: PersonFile['corrections']
  sections: PersonFile['sections']
  erasure: PersonFile['erasure']
  /** Of whoever reads. */
  reach: string
  now: Date
}

/** Of an erased file that it was there, and its days; what could not be ciphertext when it was written (labels, homes, relatives) is shown to nobody. */
const nothing = {
  values: [],
  home: null,
  careGroups: [],
  contacts: [],
  consents: [],
  proxies: [],
  stays: [],
  households: [],
  relations: [],
  sections: [],
} satisfies Partial<PersonFile>

/** What a page shows of a file: masked, every value with its source and day. */
export function fileOf(parts: Parts): PersonFile {
  const file = wholeOf(parts)
  return file.status === 'erased' ? { ...file, ...nothing } : file
}

function wholeOf({ personId, state, row, called, around, corrections, sections, erasure, reach, now }: Parts): PersonFile {
  return {
    personId,
    seq: state.seq,
    status: row.status,
    values: personFieldKeys.flatMap((field) => {
      const held = state.values[field]
      if (!held) return []
      return [{ field, name: personFields[field].name, masked: row.masked[field] ?? null, source: held.source, at: held.at.toISOString() }]
    }),
    home: row.address_id && row.place ? { addressId: row.address_id, place: row.place, residence: state.residence } : null,
    community: { areaId: row.community_id, name: row.community },
    careGroups: seenTags(state, reach).map(({ tagId, careGroup, basis, viewers, from, to }) => ({
      tagId,
      key: careGroup,
      name: findCareGroup(careGroup)?.name ?? careGroup,
      because: findCareGroup(careGroup)?.because ?? '',
      basis,
      viewers,
      from,
      to,
    })),
    contacts: state.contacts
      .map(({ contactId, kind, relation, rank, from, to }) => {
        const { name = '', phone = '' } = called.get(contactId) ?? {}
        return { contactId, kind, relation, rank, name, phone, from, to }
      })
      .sort((a, b) => a.rank - b.rank),
    consents: state.consents.map(({ givenAt, withdrawnAt, ...consent }) => ({
      ...consent,
      givenAt: givenAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
    proxies: state.proxies.map((proxy) => {
      const { proxyId, relation, scope, from, to, named, accepted, ended } = proxy
      const { name = '', phone = '' } = called.get(proxyId) ?? {}
      const at = <Dated extends { at: Date }>(dated: Dated) => ({ ...dated, at: dated.at.toISOString() })
      return {
        ...{ proxyId, relation, scope, name, phone, from, to, state: stateOf(proxy, now) },
        ...{ named: at(named), accepted: accepted && at(accepted), ended: ended && at(ended) },
      }
    }),
    ...around,
    corrections,
    sections,
    erasure,
    mergedInto: state.merged?.keptId ?? null,
    absorbed: [...state.absorbed.keys()],
    recordedAt: state.recordedAt.toISOString(),
    changedAt: state.changedAt.toISOString(),
  }
}
