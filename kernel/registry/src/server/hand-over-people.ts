import type { HandedOver, HandoverParticipant, MovedCells } from '@linli/access/server'
import { type Ctx, sql } from '@linli/base/server'

interface Building {
  building_id: string
  name: string
  lon: number
  lat: number
  cell_id: string
}

interface Going {
  building: Building
  toCellId: string
}

/**
 * Addresses, and the people who live there, go along when the cell around a building is redrawn. No entry of a person file is needed: where a
 * file is seen follows from its address. A post that ends hands over nobody, for people belong to a place and not to a worker.
 */
export const peopleHandover: HandoverParticipant = {
  kind: 'person',
  survey: async (system, moving) => (moving.cause === 'cells' ? itemsOf(system, await goingBuildings(system, moving)) : []),
  async handOver(system, moving) {
    if (moving.cause !== 'cells') return []
    const going = await goingBuildings(system, moving)
    const items = await itemsOf(system, going)
    for (const { building, toCellId } of going) await moveBuilding(system, building.building_id, moving, toCellId)
    return items
  },
}

/** Buildings with addresses on record whose point lies in another cell now. */
async function goingBuildings(system: Ctx, moving: MovedCells): Promise<Going[]> {
  const buildings = await system.rows(sql<Building>`
    SELECT b.building_id, b.name, b.lon, b.lat, a.cell_id FROM registry.address a JOIN access.building b USING (building_id)
    WHERE a.kind = 'building' AND a.cell_id = ANY (${moving.cellIds}::uuid[]) ORDER BY b.building_id`)
  return buildings.flatMap((building) => {
    const { cell_id: cellId, name: words, lon, lat } = building
    const toCellId = moving.locate({ cellId, words, position: { lon, lat } })
    return toCellId === cellId ? [] : [{ building, toCellId }]
  })
}

/** Who lives there now, masked. */
async function itemsOf(system: Ctx, going: readonly Going[]): Promise<HandedOver[]> {
  const cells = new Map(going.map(({ building, toCellId }) => [building.building_id, { from: building.cell_id, to: toCellId }]))
  const people = await system.rows(
    sql<{ person_id: string; name: string | null; place: string; building_id: string }>`
      SELECT p.person_id, p.masked ->> 'name' AS name, a.full_name AS place, a.building_id
      FROM registry.address a JOIN registry.person p USING (address_id)
      WHERE a.building_id = ANY (${[...cells.keys()]}::uuid[]) AND p.status = 'here' ORDER BY a.full_name, p.person_id`,
  )
  return people.map(({ person_id, name, place, building_id }) => {
    const { from, to } = cells.get(building_id)!
    return { itemId: person_id, label: name ?? '', note: place, stage: null, dueAt: null, fromAreaId: from, toAreaId: to }
  })
}

async function moveBuilding(system: Ctx, buildingId: string, moving: MovedCells, toCellId: string): Promise<void> {
  const { areaPath, countyId, townshipId, communityId, cellId } = moving.placeOf(toCellId)
  await system.run(sql`
    UPDATE registry.address SET area_path = ${areaPath}, county_id = ${countyId}::uuid, township_id = ${townshipId}::uuid,
      community_id = ${communityId}::uuid, cell_id = ${cellId}::uuid WHERE building_id = ${buildingId}`)
  await system.run(sql`
    UPDATE registry.person p SET area_path = ${areaPath}, county_id = ${countyId}::uuid, township_id = ${townshipId}::uuid,
      community_id = ${communityId}::uuid, cell_id = ${cellId}::uuid FROM registry.address a WHERE a.address_id = p.address_id AND a.building_id = ${buildingId}`)
}
