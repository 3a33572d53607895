import { newId } from '@linli/base/define'
import { type Ctx, sql, type Vault } from '@linli/base/server'
import { addDevice, commitTelemetry, findFacts, keepTimers, type RuleBook } from '@linli/signals/server'
import type { Town } from './seed-town.ts'
import { type DevicePlan, demoSecret, mutedRule, storyPlace, townDevices } from './town-devices.ts'
import { placeCodes } from './town-places.ts'

const hourMs = 3_600_000

/** Registers the devices of the demo town and what they said in the last two days; a meter in three weeks, for a home’s nights are known after fourteen. As system. */
export async function seedDevices(system: Ctx, town: Town, { vault, rules }: { vault: Vault; rules: RuleBook }): Promise<number> {
  const homes = await findHomes(system)
  const plans = townDevices()
  for (const plan of plans) await seedDevice(system, town, vault, plan, homes)
  const arrivals = []
  for (const [index, plan] of plans.entries()) {
    const device = await findFacts(system, plan.code)
    if (!device) throw new Error(`${plan.code} was not registered`)
    // A few are silent for a while, so that the ledger shows what that looks like.
    const silentHours = index % 11 === 7 ? 14 : 0
    const heardHours = plan.kind === 'meter' ? 21 * 24 : 48
    for (let hours = silentHours; hours < heardHours; hours += plan.subject === 'dwelling' || plan.code.endsWith('-0001') ? 1 : 6) {
      const at = system.now.getTime() - hours * hourMs - (index % 50) * 60_000
      const message = {
        at,
        timeSource: 'device',
        deviceTs: String(at),
        key: `h:seed-${hours}`,
        isProbed: false,
        values: plan.kind === 'meter' ? { kwh: meterAt(at, system.now.getTime()) } : valuesOf(plan, index, hours),
      } as const
      arrivals.push({ device, message })
    }
  }
  await commitTelemetry(system, arrivals)
  await keepTimers(system, { rules }, arrivals)
  await muteOne(system)
  await system.run(sql`
    UPDATE signals.device_state s SET firmware = CASE WHEN d.code LIKE '%2' THEN '1.9.4' ELSE '2.1.0' END
    FROM signals.device d WHERE d.device_id = s.device_id AND d.kind IN ('wristband', 'smoke', 'gateway')`)
  // Heard when they said it, not when the town was made.
  await system.run(sql`UPDATE signals.device_state SET last_seen_at = newest_at WHERE newest_at > '-infinity'`)
  return plans.length
}

/** What the second elder wants of the rules. */
async function muteOne(system: Ctx): Promise<void> {
  await system.run(sql`
    INSERT INTO signals.watch_choice (person_id, rule_key, muted_at, changed_at)
    SELECT p.person_id, ${mutedRule}, ${system.now}, ${system.now} FROM signals.device d JOIN registry.person p ON p.address_id = d.subject_id
      JOIN registry.care_tag t ON t.person_id = p.person_id AND t.care_group = 'elder.lives-alone' WHERE d.code = 'DR-0002'`)
}

async function seedDevice(system: Ctx, town: Town, vault: Vault, plan: DevicePlan, homes: Home[]): Promise<void> {
  const deviceId = newId(system.now.getTime())
  const area = town.areas.get(plan.cell)
  if (!area) throw new Error(`no cell ${plan.cell}`)
  const bound = await bind(system, plan, homes)
  const device = {
    deviceId,
    secret: demoSecret(plan.code),
    code: plan.code,
    kind: plan.kind,
    name: plan.name,
    protocol: 'mqtt' as const,
    buildingId: bound.buildingId,
    place: bound.place,
    area,
    subject: bound.subject ?? { kind: 'device' as const, id: deviceId },
    gatewayId: plan.gateway ? await idOf(system, plan.gateway) : null,
    ...keepersOf(town, plan),
    by: null,
  }
  await addDevice(system, { vault }, device)
  if (plan.isBeingMended)
    await system.run(sql`
      UPDATE signals.device SET state = 'suspended', suspended_for = 'maintenance', suspended_from = ${system.now}, suspended_until = ${new Date(system.now.getTime() + 72 * hourMs)}
      WHERE device_id = ${deviceId}`)
}

async function idOf(system: Ctx, code: string): Promise<string> {
  return (await system.get(sql<{ device_id: string }>`SELECT device_id FROM signals.device WHERE code = ${code}`)).device_id
}

/** Somebody who lives alone, and where. */
interface Home {
  personId: string
  addressId: string
  buildingId: string
  building: string
  place: string
  cell: string
  isWatched: boolean
}

/** Elders who live alone, as the registry knows them. */
function findHomes(system: Ctx): Promise<Home[]> {
  return system.rows(sql<Home>`
    SELECT p.person_id AS "personId", p.address_id AS "addressId", b.building_id AS "buildingId", b.name AS building, d.full_name AS place, a.code AS cell,
      EXISTS (SELECT 1 FROM registry.consent c WHERE c.person_id = p.person_id AND c.purpose = 'elderly-care.activity' AND c.withdrawn_at IS NULL) AS "isWatched"
    FROM registry.care_tag t JOIN registry.person p USING (person_id) JOIN registry.address d ON d.address_id = p.address_id
    JOIN access.building b ON b.building_id = d.building_id JOIN access.area a ON a.area_id = b.cell_id
    WHERE t.care_group = 'elder.lives-alone' AND t.valid_to IS NULL ORDER BY a.code, d.full_name COLLATE "C"`)
}

interface Bound {
  buildingId: string
  place: string
  subject: { kind: DevicePlan['subject']; id: string } | undefined
}

async function bind(system: Ctx, plan: DevicePlan, homes: Home[]): Promise<Bound> {
  const isHere = ({ cell, building, place, isWatched }: Home): boolean =>
    cell === plan.cell &&
    (isWatched || !plan.isWatched) &&
    (plan.place === '' ? !place.endsWith(storyPlace) : building === plan.building && place.endsWith(plan.place))
  const home = plan.subject === 'building' ? undefined : homes.find(isHere)
  if (home) {
    const { buildingId, place, personId, addressId } = home
    return { buildingId, place, subject: { kind: plan.subject, id: plan.subject === 'person' ? personId : addressId } }
  }
  const { building_id: buildingId } = await system.get(sql<{ building_id: string }>`
    SELECT b.building_id FROM access.building b JOIN access.area a ON a.area_id = b.cell_id WHERE a.code = ${plan.cell} AND a.valid_to IS NULL AND b.name = ${plan.building}`)
  const subject = plan.subject === 'building' ? { kind: plan.subject, id: buildingId } : undefined
  return { buildingId, place: `${plan.building} ${plan.place || '1单元'}`, subject }
}

/** The property company looks after what hangs in its estate; elsewhere the committee does. */
function keepersOf(town: Town, { cell, kind }: DevicePlan): { ownerOrgId: string; maintainerOrgId: string } {
  const { orgs, areas } = town
  const community = areas.get(cell)!.communityId
  const isEstate = community === areas.get(placeCodes.commercialEstate)?.areaId
  const committee = isEstate
    ? orgs.commercialCommittee
    : community === areas.get(placeCodes.village)?.areaId
      ? orgs.villageCommittee
      : orgs.oldEstateCommittee
  return { ownerOrgId: committee, maintainerOrgId: isEstate && kind === 'smoke' ? orgs.propertyCompany : committee }
}

/** What a home has used since the beginning of 2026, kWh: a refrigerator all day, and whoever is up from six in the morning. */
function usedBy(at: number): number {
  const hours = (at - Date.parse('2026-01-01T00:00:00+08:00')) / hourMs
  const [days, hour] = [Math.floor(hours / 24), hours % 24]
  return 0.2 * hours + 0.6 * (18 * days + Math.max(0, hour - 6))
}

/** What the meter shows then that shows 4200 now. */
const meterAt = (at: number, now: number): number => Math.round((4200 - usedBy(now) + usedBy(at)) * 100) / 100

function valuesOf({ kind }: DevicePlan, index: number, hours: number): Record<string, number> {
  const battery = Math.max(12, 96 - ((index * 7) % 80))
  const hourOfDay = (24 + 9 - (hours % 24)) % 24
  if (kind === 'smoke') return { smoke: 0, battery }
  if (kind === 'gateway') return { devices: 2 }
  if (kind === 'door') return { passage: hourOfDay === 8 || hourOfDay === 17 ? 1 : 0, battery }
  if (kind === 'motion') return { active: hourOfDay > 6 && hourOfDay < 22 ? 1 : 0, battery }
  return { steps: Math.max(0, (hourOfDay - 6) * 230), battery }
}
