import { newId } from '@linli/base/define'
import { type Ctx, openPool, openVault, sql, systemActor, systemClock, transact, type Vault } from '@linli/base/server'
import { importDwellings, importPersons } from '@linli/registry/server'
import { addDevice, type Place } from '@linli/signals/server'

/** Somebody who lives alone and agreed, with a door and a motion sensor. */
export interface ProofHome {
  personId: string
  sensors: { kind: string; code: string; secret: string }[]
}

/** So many homes of a community, in a building that nobody has moved into. */
export async function settleHomes(url: string, dataDir: string, areaCode: string, count: number): Promise<ProofHome[]> {
  const vault = await openVault(dataDir)
  return asSystem(url, async (system) => {
    const house = await system.get(sql<Place & { building_id: string }>`
      SELECT b.building_id, a.area_id AS "areaId", a.area_path AS "areaPath", a.county_id AS "countyId", a.township_id AS "townshipId", a.community_id AS "communityId",
        a.cell_id AS "cellId"
      FROM access.building b JOIN access.area a ON a.area_id = b.cell_id
      WHERE a.community_id = (SELECT area_id FROM access.area WHERE code = ${areaCode} AND valid_to IS NULL)
        AND NOT EXISTS (SELECT FROM registry.address d WHERE d.building_id = b.building_id) ORDER BY b.building_id LIMIT 1`)
    const dwellings = await importDwellings(
      system,
      Array.from({ length: count }, (_, at) => ({ buildingId: house.building_id, entrance: '1单元', dwelling: `${at + 1}室` })),
    )
    const people = dwellings.map((_, at) => ({
      values: { name: '独居老人' },
      communityId: house.communityId ?? '',
      home: { at, residence: 'owner' as const, on: '2020-01-01' },
      careGroups: [{ careGroup: 'elder.lives-alone', basis: '走访', from: '2020-01-01' }],
      consents: [{ purpose: 'elderly-care.activity', textVersion: '1', channel: 'paper' }],
    }))
    const personIds = await importPersons(system, vault, people, { dwellings, source: 'demo' })
    const { org_id: orgId } = await system.get(sql<{ org_id: string }>`SELECT org_id FROM access.organization LIMIT 1`)
    const homes: ProofHome[] = []
    for (const [at, personId] of personIds.entries()) {
      const sensors = []
      for (const kind of ['door', 'motion']) {
        const sensor = { kind, code: `HOME-${at}-${kind}`, secret: `proof-secret-${at}-${kind}` }
        await addSensor(system, vault, sensor, { house, addressId: dwellings[at]!, orgId })
        sensors.push(sensor)
      }
      homes.push({ personId, sensors })
    }
    return homes
  })
}

interface Where {
  house: Place
  addressId: string
  orgId: string
}

async function addSensor(
  system: Ctx,
  vault: Vault,
  sensor: ProofHome['sensors'][number],
  { house, addressId, orgId }: Where,
): Promise<void> {
  const { areaId, areaPath, countyId, townshipId, communityId, cellId } = house
  await addDevice(
    system,
    { vault },
    {
      ...sensor,
      deviceId: newId(),
      name: sensor.kind,
      protocol: 'mqtt',
      place: '试验',
      area: { areaId, areaPath, countyId, townshipId, communityId, cellId },
      subject: { kind: 'dwelling', id: addressId },
      ownerOrgId: orgId,
      maintainerOrgId: orgId,
      by: null,
    },
  )
}

/** Every notice there is, as the database has it. */
export const noticesIn = (url: string): Promise<{ rule: string; personId: string; raisedAt: Date }[]> =>
  asSystem(url, (system) =>
    system.rows(sql<{ rule: string; personId: string; raisedAt: Date }>`
      SELECT rule_key AS rule, subject_id AS "personId", raised_at AS "raisedAt" FROM signals.episode WHERE rule_key LIKE 'elderly-care.%' ORDER BY raised_at`),
  )

/** How many sensors hold a session. */
export const onlineIn = async (url: string): Promise<number> =>
  asSystem(url, async (system) => {
    const { here } = await system.get(
      sql<{ here: number }>`SELECT count(*)::int AS here FROM signals.device_state WHERE node_id IS NOT NULL`,
    )
    return here
  })

async function asSystem<T>(url: string, work: (system: Ctx) => Promise<T>): Promise<T> {
  const pool = openPool({ url, max: 1, name: 'proof' })
  try {
    return await transact({ pool, clock: systemClock }, systemActor, work)
  } finally {
    await pool.end()
  }
}
