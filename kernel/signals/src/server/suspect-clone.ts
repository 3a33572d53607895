import { type Ctx, sql, systemActor, transact } from '@linli/base/server'
import { waitMs } from '../define/ladder.ts'
import { revoke } from './change-device.ts'
import type { SignalsDeps } from './deps.ts'
import type { DeviceFacts } from './device-book.ts'
import { open } from './raise-episodes.ts'

/** Counts how often sessions of one device end each other, over all processes. */
export interface CloneWatch {
  /** A session of this device was ended by another that showed its secret; `true` when that became one time too many. */
  takenOver(device: DeviceFacts, address: string): Promise<boolean>
}

/** One that comes again because its line broke ends its own old session; only a young one that is ended was somebody else's. */
export const youngSessionMs = 120_000

/**
 * Two that say that they are one device push each other out again and again. It is told as an alarm, and the secret that both have is shut
 * until a person gives a new one; but what somebody calls for help with is never shut out on a suspicion.
 */
export function watchForClones(deps: SignalsDeps): CloneWatch {
  return {
    takenOver: async (device, address) => {
      for (const { rule, takenOver } of deps.rules.takenOver) {
        if (!takenOver.kinds.includes(device.model.key)) continue
        const isTooOften = await transact(deps, systemActor, async (system) => {
          const times = await countOne(system, device.deviceId, waitMs(takenOver.for))
          if (times < takenOver.times) return false
          await system.run(sql`UPDATE signals.device_state SET taken_over = '{}' WHERE device_id = ${device.deviceId}`)
          const alarm = await open(system, deps, rule, { device, message: { at: system.now.getTime() } })
          if (alarm) deps.meters.alarmed(rule.key)
          if (!device.model.isLifeline) await revoke(system, device.deviceId, 'cloned')
          system.audit({
            action: 'signals.device_cloned',
            subjectKind: 'device',
            subjectId: device.deviceId,
            areaPath: device.areaPath,
            detail: { code: device.code, address, times, isShut: !device.model.isLifeline },
          })
          return true
        })
        if (!isTooOften) return false
        return !device.model.isLifeline
      }
      return false
    },
  }
}

/** Notes one more, and answers how many lie within; the row's lock makes processes add up. As system. */
async function countOne(system: Ctx, deviceId: string, withinMs: number): Promise<number> {
  const { times } = await system.get(sql<{ times: number }>`
    UPDATE signals.device_state SET taken_over =
      ARRAY(SELECT at FROM unnest(taken_over) AS at WHERE at > ${new Date(system.now.getTime() - withinMs)}) || ${system.now}::timestamptz
    WHERE device_id = ${deviceId} RETURNING cardinality(taken_over) AS times`)
  return times
}
