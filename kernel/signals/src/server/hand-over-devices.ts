import type { HandedOver, HandoverParticipant, MovedCells } from '@linli/access/server'
import { type Ctx, type Statement, sql } from '@linli/base/server'

/** A device or an alarm, as far as a handover asks. */
interface Standing {
  id: string
  label: string
  place: string
  cell_id: string
  building: string | null
  lon: number | null
  lat: number | null
}

interface Going {
  standing: Standing
  toCellId: string
}

/** The ledger goes along when cells are redrawn. A retired device stays where it was counted; a post that ends has no devices of its own. */
export const deviceHandover: HandoverParticipant = {
  kind: 'device',
  survey: async (system, moving) => (moving.cause === 'cells' ? (await goingDevices(system, moving)).map(itemOf) : []),
  async handOver(system, moving) {
    if (moving.cause !== 'cells') return []
    const going = await goingDevices(system, moving)
    // What such a device says waits here as it does for what the device said before: an alarm opens before the move and goes along, or behind it.
    await system.run(sql`
      SELECT 1 FROM signals.device_state WHERE device_id = ANY (${going.map(({ standing }) => standing.id)}::uuid[]) ORDER BY device_id FOR NO KEY UPDATE`)
    for (const { standing, toCellId } of going) {
      await system.run(
        sql`UPDATE signals.device SET ${placeOf(moving, toCellId)}, changed_at = clock_timestamp() WHERE device_id = ${standing.id}::uuid`,
      )
    }
    return going.map(itemOf)
  },
}

/** Open alarms go with the place where they ring, so that the next rung tells whoever works there now; wired behind the devices. A settled one stays. */
export const alarmHandover: HandoverParticipant = {
  kind: 'episode',
  survey: async (system, moving) => (moving.cause === 'cells' ? (await goingAlarms(system, moving, sql``)).map(itemOf) : []),
  async handOver(system, moving) {
    if (moving.cause !== 'cells') return []
    const going = await goingAlarms(system, moving, sql`FOR NO KEY UPDATE OF e`)
    for (const { standing, toCellId } of going) {
      await system.run(sql`UPDATE signals.episode SET ${placeOf(moving, toCellId)} WHERE episode_id = ${standing.id}::uuid`)
      system.emit('alarm.changed', { episodeId: standing.id, areaPath: moving.placeOf(toCellId).areaPath })
    }
    return going.map(itemOf)
  },
}

/** The building that a device hangs in or watches: what it says of its place is only asked where there is none. Name: `d` device. */
const ofBuilding: Statement = sql`LEFT JOIN access.building b
  ON b.building_id = coalesce(d.building_id, CASE WHEN d.subject_kind = 'building' THEN d.subject_id END)`

async function goingDevices(system: Ctx, moving: MovedCells): Promise<Going[]> {
  const devices = await system.rows(sql<Standing>`
    SELECT d.device_id AS id, d.name AS label, d.place, d.cell_id, b.name AS building, b.lon, b.lat
    FROM signals.device d ${ofBuilding} WHERE d.cell_id = ANY (${moving.cellIds}::uuid[]) AND d.state <> 'retired' ORDER BY d.device_id`)
  return goingOf(devices, moving)
}

async function goingAlarms(system: Ctx, moving: MovedCells, lock: Statement): Promise<Going[]> {
  const alarms = await system.rows(sql<Standing>`
    SELECT e.episode_id AS id, e.number AS label, e.place, e.cell_id, b.name AS building, b.lon, b.lat
    FROM signals.episode e JOIN signals.device d USING (device_id) ${ofBuilding}
    WHERE e.cell_id = ANY (${moving.cellIds}::uuid[]) AND e.settled_at IS NULL ORDER BY e.episode_id ${lock}`)
  return goingOf(alarms, moving)
}

function goingOf(all: readonly Standing[], moving: MovedCells): Going[] {
  return all.flatMap((standing) => {
    const { cell_id: cellId, place, building, lon, lat } = standing
    const position = lon !== null && lat !== null ? { lon, lat } : null
    const toCellId = moving.locate({ cellId, words: building ?? place, position })
    return toCellId === cellId ? [] : [{ standing, toCellId }]
  })
}

const itemOf = ({ standing: { id, label, place, cell_id }, toCellId }: Going): HandedOver => ({
  itemId: id,
  label,
  note: place,
  stage: null,
  dueAt: null,
  fromAreaId: cell_id,
  toAreaId: toCellId,
})

function placeOf(moving: MovedCells, toCellId: string): Statement {
  const { areaId, areaPath, countyId, townshipId, communityId, cellId } = moving.placeOf(toCellId)
  return sql`area_id = ${areaId}::uuid, area_path = ${areaPath}, county_id = ${countyId}::uuid, township_id = ${townshipId}::uuid,
    community_id = ${communityId}::uuid, cell_id = ${cellId}::uuid`
}
