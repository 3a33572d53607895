import type { Member, Town } from '../seed-town.ts'
import { type OfficeName, offices } from '../town-offices.ts'
import { communityPlans, placeCodes } from '../town-places.ts'
import type { Hands } from './live.ts'
import type { Handler, Matter, Setting } from './matter.ts'
import type { Random } from './random.ts'

/** Offices that differ from township to township. */
const townships: Record<string, { police: OfficeName; team: OfficeName }> = {
  [placeCodes.subdistrict]: { police: 'policeStation', team: 'subdistrictTeam' },
  [placeCodes.otherSubdistrict]: { police: 'otherPoliceStation', team: 'otherSubdistrictTeam' },
  [placeCodes.town]: { police: 'townPoliceStation', team: 'townTeam' },
}

const committees: Record<string, OfficeName> = {
  [communityPlans.oldEstate.code]: 'oldEstateCommittee',
  [communityPlans.commercialEstate.code]: 'commercialCommittee',
  [communityPlans.village.code]: 'villageCommittee',
}

const settings: Record<string, Setting> = {
  [communityPlans.oldEstate.code]: 'old',
  [communityPlans.commercialEstate.code]: 'commercial',
  [communityPlans.village.code]: 'village',
}

export const settingOf = (home: string): Setting => settings[home.slice(0, 12)] ?? 'elsewhere'

/** The unit that answers for a matter at this place. */
export function officeFor(handler: Handler, home: string): OfficeName {
  const local = townships[home.slice(0, 9)]!
  if (handler === 'police') return local.police
  if (handler === 'township') return local.team
  if (handler === 'committee') return committees[home.slice(0, 12)] ?? local.team
  if (handler === 'estate') return settingOf(home) === 'commercial' ? 'propertyCompany' : local.team
  return handler
}

/** Through whose hands a case of this matter at this place goes. Nobody checks his own work. */
export function chooseHands(town: Town, random: Random, matter: Pick<Matter, 'handler' | 'mistaken'>, home: string): Hands {
  const { members } = town
  const inside = (member: Member, code: string): boolean => member.area.code === code
  const dispatchers = members.filter((member) => member.role === 'dispatcher' && inside(member, home.slice(0, 9)))
  const workers = members.filter((member) => member.role === 'communityWorker' && inside(member, home.slice(0, 12)))
  const office = officeFor(matter.handler, home)
  const staff = members.filter((member) => member.office === office)
  const handlers = staff.filter((member) => handles(member, home))
  const handler = random.pick(handlers)
  const dispatcher = random.pick(dispatchers)
  const callers = [...workers, ...dispatchers].filter((member) => member.orgId !== handler.orgId)
  const mistaken = members.find((member) => member.office === matter.mistaken && member.role === 'departmentClerk') ?? handler
  const hasCounty = [mistaken, handler].some((member) => offices[member.office].area === 'county')
  const ruler = town.areas.get(hasCounty ? home.slice(0, 6) : home.slice(0, 9))!
  return {
    acceptor: workers.length > 0 && random.chance(0.8) ? random.pick(workers) : dispatcher,
    dispatcher,
    approver: members.find((member) => member.role === 'townshipLead' && inside(member, home.slice(0, 9)))!,
    handler,
    lead: leadOf(staff, handler),
    mistaken,
    judge: members.find((member) => member.area.areaId === ruler.areaId && /ispatcher$/.test(member.role))!,
    superior: { areaId: ruler.areaId, name: ruler.name, level: ruler.level },
    caller: random.pick(callers),
  }
}

/** Clerks do the work; in a committee also its people at the place itself. */
function handles(member: Member, home: string): boolean {
  if (member.role === 'gridWorker') return member.area.code === home
  return ['departmentClerk', 'propertyClerk', 'communityWorker'].includes(member.role)
}

/** Who hands the work out: the head of a department, or the committee's own worker to a grid worker. */
function leadOf(staff: readonly Member[], handler: Member): Member | undefined {
  if (handler.role === 'gridWorker') return staff.find((member) => member.role === 'communityWorker')
  return staff.find((member) => member.role === 'departmentLead')
}
