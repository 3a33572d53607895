import { newId } from '@linli/base/define'
import { type Ctx, newSecret, sql } from '@linli/base/server'
import type { PersonHome, SignalsDeps } from '../deps.ts'
import { type DeviceFacts, findFacts } from '../device-book.ts'
import { addDevice } from '../register-device.ts'

const codeOf = (personId: string): string => `APP-${personId}`

/**
 * The phone of a person as a device of the ledger: a press on it goes the way of every other signal, and where it rings is where the
 * person lives now. Nobody knows its secret, so nothing else can speak for it. As system.
 */
export async function appDevice(
  system: Ctx,
  deps: Pick<SignalsDeps, 'vault'>,
  personId: string,
  { place, area, keeperOrgId }: PersonHome,
): Promise<DeviceFacts> {
  const code = codeOf(personId)
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`signals.app ${personId}`}, 0))`)
  if (await findFacts(system, code)) {
    await system.run(sql`
      UPDATE signals.device SET place = ${place}, area_id = ${area.areaId}, area_path = ${area.areaPath}, county_id = ${area.countyId},
        township_id = ${area.townshipId}, community_id = ${area.communityId}, cell_id = ${area.cellId} WHERE code = ${code} AND area_path || place <> ${area.areaPath + place}`)
  } else {
    await addDevice(system, deps, {
      deviceId: newId(system.now.getTime()),
      secret: newSecret(),
      code,
      kind: 'app',
      name: '居民手机一键求助',
      protocol: 'http',
      place,
      area,
      subject: { kind: 'person', id: personId },
      ownerOrgId: keeperOrgId,
      maintainerOrgId: keeperOrgId,
      by: null,
    })
  }
  const facts = await findFacts(system, code)
  if (!facts) throw new Error('the device of the app is of a kind that nobody knows')
  return facts
}
