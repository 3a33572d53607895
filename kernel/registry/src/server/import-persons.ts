import { newId } from '@linli/base/define'
import { type Ctx, sql, type Vault } from '@linli/base/server'
import { usualViewers } from '../define/care-groups.ts'
import type { ProxyScope } from '../define/family-proxy.ts'
import type { Agreement, HouseholdRole, PersonChange, Residence, Sealed, Source } from '../define/person-change.ts'
import type { PersonValues } from '../define/person-fields.ts'
import { appendAll, type PersonWork } from './person-store.ts'
import { sealText, sealValues } from './seal-person.ts'

/** A dwelling as a list names it: by its building's name. */
export interface NewDwelling {
  buildingId: string
  entrance: string
  dwelling: string
}

/** A person as a list brings them; `home` is the place in the list of dwellings. */
export interface NewPerson {
  values: PersonValues & { name: string }
  communityId: string
  home?: { at: number; residence: Residence; on: string; household?: { householdId: string; role: HouseholdRole } }
  careGroups?: readonly { careGroup: string; basis: string; from: string }[]
  contacts?: readonly { kind: 'emergency'; relation: string; name: string; phone: string; from: string }[]
  consents?: readonly ({ purpose: string } & Agreement)[]
  /** Members of the family whom both have agreed to. */
  proxies?: readonly ({ relation: string; scope: ProxyScope[]; name: string; phone: string; from: string } & Agreement)[]
}

/** Addresses of many dwellings, with the buildings and entrances above them; answers their ids in the order given. As system. */
export async function importDwellings(system: Ctx, dwellings: readonly NewDwelling[]): Promise<string[]> {
  const places = new Map<
    string,
    { addressId: string; parentId: string | null; buildingId: string; kind: string; name: string; written: string }
  >()
  const place = (buildingId: string, kind: string, names: readonly string[], parentId: string | null): string => {
    const path = [buildingId, ...names].join('\n')
    const known = places.get(path)
    if (known) return known.addressId
    const addressId = newId(system.now.getTime())
    places.set(path, { addressId, parentId, buildingId, kind, name: names.at(-1) ?? '', written: names.join('') })
    return addressId
  }
  const ids = dwellings.map(({ buildingId, entrance, dwelling }) => {
    const building = place(buildingId, 'building', [], null)
    return place(buildingId, 'dwelling', [entrance, dwelling], place(buildingId, 'entrance', [entrance], building))
  })
  await system.run(sql`
    INSERT INTO registry.address (address_id, parent_id, building_id, kind, name, full_name, area_path, county_id, township_id, community_id, cell_id, made_at)
    SELECT n."addressId", n."parentId", n."buildingId", n.kind, coalesce(nullif(n.name, ''), b.name), b.name || n.written,
      cell.area_path, cell.county_id, cell.township_id, cell.community_id, cell.cell_id, ${system.now}
    FROM jsonb_to_recordset(${JSON.stringify([...places.values()])}::jsonb)
        AS n("addressId" uuid, "parentId" uuid, "buildingId" uuid, kind text, name text, written text)
      JOIN access.building b ON b.building_id = n."buildingId" JOIN access.area cell ON cell.area_id = b.cell_id`)
  return ids
}

/** Files of many people, each with a key of its own; answers their ids in the order given. As system. */
export async function importPersons(
  system: Ctx,
  vault: Vault,
  people: readonly NewPerson[],
  { dwellings, source }: { dwellings: readonly string[]; source: Source },
): Promise<string[]> {
  const keys = people.map(() => ({ keyId: newId(system.now.getTime()), ...vault.newPersonKey() }))
  const rows = keys.map(({ keyId, wrapped }) => ({ keyId, wrapped: wrapped.toString('hex') }))
  await system.run(sql`
    INSERT INTO base.person_key (key_id, wrapped_key, made_at) SELECT k."keyId", decode(k.wrapped, 'hex'), ${system.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS k("keyId" uuid, wrapped text)`)
  const work = people.map((person, at): PersonWork => {
    const { keyId, key } = keys[at]!
    const home = person.home && dwellings[person.home.at]
    return {
      personId: newId(system.now.getTime()),
      keyId,
      key,
      entries: [],
      said: person.values,
      changes: changesOf(person, home, (value) => sealText(vault, key, value), sealValues(vault, key, person.values)),
    }
  })
  await appendAll(system, vault, work, { source, actor: system.actor })
  return work.map(({ personId }) => personId)
}

function changesOf(
  { communityId, home, careGroups = [], contacts = [], consents = [], proxies = [] }: NewPerson,
  addressId: string | undefined,
  seal: (value: string) => Sealed,
  values: Extract<PersonChange, { change: 'recorded' }>['data']['values'],
): PersonChange[] {
  return [
    { change: 'recorded', data: { values, communityId } },
    ...(home && addressId ? [{ change: 'movedIn' as const, data: { addressId, residence: home.residence, on: home.on } }] : []),
    ...(home?.household && addressId ? [{ change: 'joinedHousehold' as const, data: { ...home.household, addressId, on: home.on } }] : []),
    ...careGroups.map((tag) => ({ change: 'tagged' as const, data: { tagId: newId(), ...tag, viewers: usualViewers(tag.careGroup) } })),
    ...contacts.map(({ name, phone, ...contact }, at) => ({
      change: 'contactAdded' as const,
      data: { ...contact, contactId: newId(), rank: at + 1, name: seal(name), phone: seal(phone) },
    })),
    ...consents.map((consent) => ({ change: 'consented' as const, data: { consentId: newId(), ...consent } })),
    ...proxies.flatMap(({ name, phone, ...proxy }): PersonChange[] => {
      const { textVersion, channel } = proxy
      const proxyId = newId()
      return [
        { change: 'proxyNamed', data: { ...proxy, proxyId, to: null, name: seal(name), phone: seal(phone) } },
        { change: 'proxyAccepted', data: { proxyId, textVersion, channel } },
      ]
    }),
  ]
}
