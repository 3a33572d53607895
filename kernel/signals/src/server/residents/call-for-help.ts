import { type Actor, sql, systemActor, transact } from '@linli/base/server'
import type { ResidentAlarm } from '../../contract/resident-alarm.ts'
import type { SignalsDeps } from '../deps.ts'
import { SignalError } from '../errors.ts'
import type { Ingest } from '../ingest.ts'
import { appDevice } from './app-device.ts'
import { viewResidentAlarm } from './resident-alarms.ts'

const pressed = { sos: 1 }

/**
 * A press on the person's own phone is a signal like that of a wristband: it opens the alarm of its rule or joins the one that is open,
 * and rings the same ladder. The request id is the id of the message, so a second copy changes nothing.
 */
export async function callForHelp(
  deps: SignalsDeps,
  ingest: Ingest,
  actor: Actor,
  { requestId, position }: { requestId: string; position?: { lon: number; lat: number } | undefined },
): Promise<ResidentAlarm> {
  const { personId } = actor
  const device = await transact(deps, systemActor, async (system) => {
    const home = personId && (await deps.findHome(system, personId))
    return home ? appDevice(system, deps, personId, home) : undefined
  })
  if (!device || !personId) throw SignalError('resident_unplaced')
  const [rule] = deps.rules.raisedBy(device, pressed, deps.clock.now())
  if (!rule) throw SignalError('call_closed')
  await ingest.accept(device, Buffer.from(JSON.stringify({ id: requestId, ts: deps.clock.now().getTime(), values: pressed })), 'http')
  return transact(deps, systemActor, async (system) => {
    const { episode_id: episodeId, area_path: areaPath } = await system.get(sql<{ episode_id: string; area_path: string }>`
      SELECT e.episode_id, e.area_path FROM signals.episode e JOIN signals.episode_detector d USING (episode_id)
      WHERE e.rule_key = ${rule.key} AND d.device_id = ${device.deviceId}::uuid ORDER BY e.raised_at DESC LIMIT 1`)
    if (position) {
      const kept = await system.run(sql`
        UPDATE signals.episode SET caller_position = ${JSON.stringify(position)}::jsonb WHERE episode_id = ${episodeId}::uuid AND settled_at IS NULL`)
      if (kept > 0) system.emit('alarm.changed', { episodeId, areaPath })
    }
    return viewResidentAlarm(system, deps, actor, episodeId)
  })
}
