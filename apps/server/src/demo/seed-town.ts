import { baseRoles } from '@linli/access/define'
import { type AreaRow, addArea, addBuilding, addOrganization, addPost, hashPassword, insertAccount } from '@linli/access/server'
import { newId } from '@linli/base/define'
import type { Ctx, Vault } from '@linli/base/server'
import { addDuties } from '@linli/cases/server'
import { writePreference } from '@linli/messages/server'
import slice from './county-slice.json' with { type: 'json' }
import { duties, dutyDocument } from './town-duties.ts'
import { type OfficeName, type OfficePlan, offices } from './town-offices.ts'
import { drawCounty } from './town-outlines.ts'
import { demoPassword, type PersonPlan, people } from './town-people.ts'
import { communityPlans, drawCells, drawCommunity, middleOf, placeCodes } from './town-places.ts'

/** A person at a post, as history needs it. */
export interface Member {
  account: string
  name: string
  role: string
  accountId: string
  postId: string
  office: OfficeName
  orgId: string
  area: AreaRow
}

export interface Town {
  /** Every area by its code. */
  areas: ReadonlyMap<string, AreaRow>
  /** Names of the buildings of a cell, by its code, with their points. */
  buildings: ReadonlyMap<string, { name: string; lon: number; lat: number }[]>
  orgs: Readonly<Record<OfficeName, string>>
  members: readonly Member[]
}

/** Areas, cells, buildings, offices, duties and people of the demo town. As system, in the caller's transaction. */
export async function seedTown(system: Ctx, vault: Vault): Promise<Town> {
  const areas = new Map<string, AreaRow>()
  const buildings: Town['buildings'] = await seedPlaces(system, areas)
  const orgs = await seedOffices(system, areas)
  await seedDuties(system, areas, orgs)
  return { areas, buildings, orgs, members: await seedPeople(system, vault, areas, orgs) }
}

async function seedPlaces(system: Ctx, areas: Map<string, AreaRow>): Promise<Town['buildings']> {
  const add = async (area: Parameters<typeof addArea>[1]): Promise<void> => {
    areas.set(area.code, await addArea(system, area))
  }
  const outlines = drawCounty()
  const [province, prefecture, county] = [slice.province, slice.prefecture, slice.county] as [string, string][]
  await add({ level: 'province', kind: 'province', code: province![0], name: province![1] })
  await add({ parent: province![0], level: 'prefecture', kind: 'city', code: prefecture![0], name: prefecture![1] })
  await add({
    parent: prefecture![0],
    level: 'county',
    kind: 'county',
    code: county![0],
    name: county![1],
    ...outlines.county,
  })
  const plans = new Map(Object.values(communityPlans).map((plan) => [plan.code, plan]))
  for (const township of slice.townships) {
    await add({
      parent: county![0],
      level: 'township',
      kind: township.name.endsWith('街道') ? 'subdistrict' : 'town',
      code: township.code,
      name: township.name,
      ...outlines.areas.get(township.code),
    })
    for (const [code, name] of township.communities as [string, string][]) {
      const plan = plans.get(code)
      const drawn = plan ? { boundary: drawCommunity(plan), center: middleOf(plan) } : outlines.areas.get(code!)
      await add({
        parent: township.code,
        level: 'community',
        kind: name.endsWith('村') ? 'village' : 'urban_community',
        code,
        name,
        ...drawn,
      })
    }
  }
  const buildings = new Map<string, { name: string; lon: number; lat: number }[]>()
  for (const plan of plans.values()) {
    for (const cell of drawCells(plan)) {
      await add({
        parent: plan.code,
        level: 'cell',
        kind: 'grid',
        code: cell.code,
        name: cell.name,
        boundary: cell.boundary,
        center: cell.center,
      })
      for (const building of cell.buildings) await addBuilding(system, { cell: cell.code, ...building })
      buildings.set(cell.code, cell.buildings)
    }
  }
  return buildings
}

async function seedOffices(system: Ctx, areas: Map<string, AreaRow>): Promise<Record<OfficeName, string>> {
  const orgs = {} as Record<OfficeName, string>
  for (const [key, { kind, name, area, phone }] of Object.entries(offices) as [OfficeName, OfficePlan][]) {
    orgs[key] = await addOrganization(system, { kind, name, area: areas.get(placeCodes[area])!.areaId, template: 'urbanOperations', phone })
  }
  return orgs
}

async function seedDuties(system: Ctx, areas: Map<string, AreaRow>, orgs: Record<OfficeName, string>): Promise<void> {
  await addDuties(
    system,
    duties.map(({ area, office, ...duty }) => ({
      ...duty,
      orgId: orgs[office],
      areaPath: areas.get(placeCodes[area])!.areaPath,
      document: dutyDocument,
      validFrom: '2024-01-01',
    })),
  )
}

/** Whose phones ring when a page is not answered. */
const isOnDuty = (role: string): boolean =>
  baseRoles.some(({ key, permissions }) => key === role && permissions.includes('signals.respond'))
const demoReach = { channels: [], afterMinutes: 30, quietFrom: 22 * 60, quietTo: 7 * 60, lang: 'zh' as const }
/** Of the block that nobody else of the town has. */
const demoPhone = (index: number): string => `1999999${String(100 + index).padStart(4, '0')}`

async function seedPeople(system: Ctx, vault: Vault, areas: Map<string, AreaRow>, orgs: Record<OfficeName, string>): Promise<Member[]> {
  // One hash for all: the password is published and the same for everybody, so a salt each would only cost a second of the first start.
  const passwordHash = await hashPassword(demoPassword)
  const county = areas.get(placeCodes.county)!
  const members: Member[] = []
  for (const { account, name, role, office, area: place } of people) {
    const area = areas.get(codeOf(place))!
    const accountId = newId(system.now.getTime())
    await insertAccount(system, { accountId, login: account, name, passwordHash, areaPath: county.areaPath, madeBy: null })
    const postId = await addPost(system, { accountId, orgId: orgs[office], area: area.areaId, role, from: '2024-01-01' })
    if (isOnDuty(role)) await writePreference(system, vault, accountId, { ...demoReach, phone: demoPhone(members.length) })
    members.push({ account, name, role, accountId, postId, office, orgId: orgs[office], area })
  }
  return members
}

export function codeOf(place: PersonPlan['area']): string {
  return place in placeCodes ? placeCodes[place as keyof typeof placeCodes] : place.slice('cell:'.length)
}
