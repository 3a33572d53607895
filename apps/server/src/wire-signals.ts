import { findResidentsByPhone, residentPhone } from '@linli/access/server'
import { maskName } from '@linli/base/define'
import { type Ctx, type Log, openPool, type ServeDeps, type Statement, sql, systemActor, type Vault } from '@linli/base/server'
import { aboutSection, type CasesDeps, openCase } from '@linli/cases/server'
import type { Templates } from '@linli/messages/define'
import { describePerson, findFamily, findProxies, listWards, openHealthNote, recordVisit, type VisitDeps } from '@linli/registry/server'
import type { LoadedScenes } from '@linli/scene/server'
import type { SubjectKind } from '@linli/signals/contract'
import {
  type AlarmRules,
  alarmRules,
  createIngest,
  type DeviceBook,
  type FamilyContact,
  type Ingest,
  openDeviceBook,
  type PersonHome,
  type Place,
  type SignalMeters,
  type SignalsDeps,
  type Subject,
} from '@linli/signals/server'
import type { Stops } from './stops.ts'

export interface Signals extends SignalsDeps {
  book: DeviceBook
  ingest: Ingest
  alarms: AlarmRules
}

export interface SignalsParts {
  deps: ServeDeps
  registry: VisitDeps
  cases: CasesDeps
  scenes: LoadedScenes
  templates: Templates
  meters: SignalMeters
  servingUrl: string
  stops: Stops
  log: Log
}

/** The engine of devices and alarms with its slots filled. Bulk and alarms have connections of their own beside those of requests. */
export function wireSignals({ deps, registry, cases, scenes, templates, meters, servingUrl, stops, log }: SignalsParts): Signals {
  const signals: SignalsDeps = {
    ...deps,
    log,
    meters,
    rules: scenes.rules,
    sections: [aboutSection('device', cases, scenes.labels)],
    templates,
    findPlace: cases.findPlace,
    findSubject,
    findFamily: (system, personId, purpose) => findFamilyAndProxies(system, deps.vault, personId, purpose),
    findHome,
    findWards: async (system, residentId) => {
      const wards = await listWards(system, deps.vault, await residentPhone(system, deps.vault, { ...systemActor, residentId }))
      return wards.filter(({ state, scope }) => state === 'inForce' && scope.includes('alarms'))
    },
    findBound: async (system, personId) => {
      const proxies = await findProxies(system, deps.vault, personId, 'alarms')
      return findResidentsByPhone(
        system,
        deps.vault,
        proxies.map(({ phone }) => phone),
      )
    },
    openHealthNote: (ctx, personId, reason) => openHealthNote(ctx, deps.vault, personId, reason),
    nameResident: async (system, { residentId, personId }) =>
      (personId && (await describePerson(system, personId))?.name) || (await maskedPhone(system, residentId)),
    recordVisit: (ctx, personId, said) => recordVisit(ctx, registry, personId, said),
    openCase: async (ctx, { place, category, detail, placeText, occurredAt }) => {
      const type = scenes.catalogue.typeFor('event', place.areaPath)
      if (!type) return undefined
      const isKnown = scenes.catalogue.categoriesOf(type.key).some(({ key }) => key === category)
      return openCase(ctx, cases, {
        type,
        place,
        channel: 'signal',
        detail,
        placeText,
        occurredAt,
        level: 'urgent',
        category: isKnown ? category : undefined,
      })
    },
  }
  const pool = openPool({ url: servingUrl, max: 3, name: 'telemetry' })
  const alarmPool = openPool({ url: servingUrl, max: 1, name: 'alarms' })
  stops.push(async () => {
    await Promise.all([pool.end(), alarmPool.end()])
  })
  const alarms = alarmRules(signals)
  const ingest = createIngest({ deps: signals, pool, alarmPool, rules: alarms })
  return { ...signals, book: openDeviceBook(deps), ingest, alarms }
}

type Found = Place & { name: string }

const level: Statement = sql`a.area_id AS "areaId", a.area_path AS "areaPath", a.county_id AS "countyId", a.township_id AS "townshipId",
  a.community_id AS "communityId", a.cell_id AS "cellId"`

/** Contacts in the person's order, then those of the family who are bound for alarms and stand in no contact. As system. */
async function findFamilyAndProxies(system: Ctx, vault: Vault, personId: string, purpose: string): Promise<FamilyContact[]> {
  const contacts = await findFamily(system, vault, personId, purpose)
  const bound = await findProxies(system, vault, personId, 'alarms')
  const further = bound.filter(({ phone }) => !contacts.some((contact) => contact.phone === phone))
  return [
    ...contacts,
    ...further.map(({ proxyId, relation, name, phone }) => ({ contactId: proxyId, relation, name: maskName(name), phone })),
  ]
}

/** Where somebody lives; the committee of the community keeps watch, or whichever office is there. As system. */
async function findHome(system: Ctx, personId: string): Promise<PersonHome | undefined> {
  const row = await system.find(sql<Place & { place: string; keeperOrgId: string }>`
    SELECT coalesce(d.full_name, a.name) AS place, ${level}, o.org_id AS "keeperOrgId"
    FROM registry.person p JOIN access.area a ON a.area_id = coalesce(p.cell_id, p.community_id) LEFT JOIN registry.address d ON d.address_id = p.address_id
    JOIN LATERAL (SELECT org_id FROM access.organization WHERE area_id = a.community_id ORDER BY kind = 'residentsCommittee' DESC, org_id LIMIT 1) o ON true
    WHERE p.person_id = ${personId}::uuid AND p.status = 'here'`)
  if (!row) return undefined
  const { place, keeperOrgId, ...area } = row
  return { place, area, keeperOrgId }
}

async function maskedPhone(system: Ctx, residentId: string | undefined): Promise<string> {
  const row = await system.find(
    sql<{ phone: string }>`SELECT masked_phone AS phone FROM access.resident WHERE resident_id = ${residentId ?? null}::uuid`,
  )
  return row?.phone ?? ''
}

/** What signals are about, from the engines that know it, under the scope of whoever asks; a person by the masked name. */
async function findSubject(ctx: Ctx, kind: SubjectKind, id: string): Promise<Subject | undefined> {
  const row = await ctx.find(findStatement(kind, id))
  if (!row) return undefined
  const { name, ...place } = row
  return { name, place }
}

function findStatement(kind: SubjectKind, id: string): Statement<Found> {
  if (kind === 'building')
    return sql<Found>`SELECT b.name, ${level} FROM access.building b JOIN access.area a ON a.area_id = b.cell_id WHERE b.building_id = ${id}::uuid`
  if (kind === 'dwelling')
    return sql<Found>`SELECT d.full_name AS name, ${level} FROM registry.address d JOIN access.area a ON a.area_id = d.cell_id WHERE d.address_id = ${id}::uuid`
  if (kind === 'person')
    return sql<Found>`SELECT coalesce(p.masked ->> 'name', '') AS name, ${level} FROM registry.person p
      JOIN access.area a ON a.area_id = coalesce(p.cell_id, p.community_id) WHERE p.person_id = ${id}::uuid`
  return sql<Found>`SELECT '' AS name, ${level} FROM access.area a WHERE false`
}
